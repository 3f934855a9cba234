import type { Random } from './random.ts';

const GIVEN =
  `Ada Adam Agnes Ahmed Aida Aino Albin Alex Ali Alma Alva Amanda Amina Amir Anders Anja Anton Arvid Asta
Astrid Aya Axel Barbro Bea Belal Benita Berit Björn Bo Britta Caj Carina Carl Cecilia Charlie Cim Dagny Dan Dario
David Dina Doris Dragana Ebba Edith Edvin Eira Elif Elin Elis Ella Elsa Elvira Emil Emma Enis Erik Ester Eva Fadi
Farah Fatma Felix Filip Folke Freja Frida Gabriel Gerd Gina Greta Gunnar Gustav Hala Hanna Harald Hassan Hedda
Helge Helin Henrik Hilda Hugo Ibrahim Ida Idris Inez Ingela Ingrid Irina Isak Iris Ivan Jamal Jana Jasmin Joar
Johanna Jonas Josef Julia Kaj Karim Karin Kerstin Kim Klara Knut Lars Layla Lea Leia Lena Leon Lilly Linnea Lo
Love Lova Ludvig Lukas Maja Majken Malin Malva Marek Maria Marta Mats Maya Melker Milan Mila Milo Minh Moa Mona
Måns Nadia Nanna Nils Noah Noor Nora Ola Olivia Omar Oskar Otto Pia Pelle Petra Rakel Ramona Rasmus Rolf Ronja
Rut Said Saga Samira Sanna Sara Selma Signe Sigrid Siv Sixten Sofia Stina Sune Sven Svea Tage Tanja Tara Thea
Tilda Tim Tindra Tore Tova Tuva Tyra Ulf Ulla Valter Vera Vide Viggo Vilja Viktor Wilma Ylva Yasmin Yousef Zara
Zlatan Åke Åsa Örjan`.split(/\s+/);

const FIRST_HALF = `Dagg Dis Eld Fjäder Frost Glim Gryning Gull Hallon Havre Höst Is Kastanj Klöver Kornblom
Krusbär Lavendel Ler Lingon Lupin Lärk Midsommar Mjöd Mån Norrsken Nypon Odon Porl Regn Rim Rågax Rönn
Sagoskog Sippe Skymning Smultron Snö Sol Sommar Stjärn Stensöt Sädes Tranbär Tussilago Vallmo Vide Vinter Vår`.split(
  /\s+/,
);
const SECOND_HALF =
  `bris droppe flinga fågel gnista glöd kvist klang kula lykta löv morgon märla måne pärla ros saga
sejl skimmer snäcka spegel spår stig stråle strimma susning tofs tråd ton vinge vissla visp våg`.split(/\s+/);

/** What invented names are put together from. */
export const NAME_PARTS = { given: GIVEN, first: FIRST_HALF, second: SECOND_HALF } as const;

/** A name that nobody has: the surname is put together from two words that are not a surname. */
export function inventName(random: Random): { given: string; surname: string } {
  const given = random.pick(GIVEN);
  const surname = random.pick(FIRST_HALF) + random.pick(SECOND_HALF);
  return { given, surname };
}

/** `Åsa Märla` → `asa.marla`: the part of a mail address before the number. */
export function mailName(given: string, surname: string): string {
  return `${given}.${surname}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z.]/g, '');
}

const GROVE_FIRST =
  `Ek Al Björk Ask Lind Hassel Rönn Lärk Svan Tran Sol Mån Regnbågs Sten Sjö Sand Klöver Ljung Vide Tall
Gran Slån Nypon Hallon Blåbärs Smultron Lingon Kaprifol Syren Vallmo Blåklocks Havtorns Plommon Päron Körsbärs
Mullbärs Backsippe Timjans Lavendel Humle Kråk Lök Igelkotts Ugglans Storks Vip Mås Tärn Duv Sädesärle`.split(
    /\s+/,
  );
const GROVE_SECOND =
  `backen gläntan höjden dalen lunden gården ängen kullen hagen vången stigen torpet`.split(/\s+/);

/** Every invented place name once, in a mixed order that is the same each time. */
export function inventPlaces(random: Random): string[] {
  const places = GROVE_FIRST.flatMap((first) => GROVE_SECOND.map((second) => first + second));
  for (let at = places.length - 1; at > 0; at -= 1) {
    const other = random.int(0, at);
    [places[at], places[other]] = [places[other] as string, places[at] as string];
  }
  return places;
}
