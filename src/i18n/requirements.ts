import type { Rule } from '#db/queries/required.ts';
import { addDays } from '#src/lib/clock.ts';
import { longDate, wholeNumber } from './common.ts';
import { percent } from './figures.ts';

const people = (count: number | null) =>
  count === null ? 'färre än 10 personer' : count === 1 ? '1 person' : `${wholeNumber(count)} personer`;

/** Words of the coordinator's pages about required courses. */
export const requirementWords = {
  title: 'Krav',
  kicker: 'För dig som är samordnare',
  description: 'Vilka kurser som krävs, av vilka och från när.',
  lead: 'Ett krav säger vilken kurs som ska vara genomförd, av vilka och från vilken dag. Den som saknar någon kurs som krävs räknas inte som klar. Innan ett krav sparas får du se vad det betyder.',
  listTitle: 'Krav som gäller, ska börja eller har slutat',
  none: 'Inget krav finns. Då räknas ingen som klar och indikatorn är 0 %. Lägg till ett krav nedan.',
  course: 'Kurs',
  whom: 'För vilka',
  time: 'Gäller',
  validity: 'Giltig',
  recorded: 'Inlagt',
  change: 'Ändra',
  changeOf: (title: string, whom: string) => `Ändra kravet på ${title} för ${whom}`,
  states: { now: 'Gäller nu', later: 'Ska börja', over: 'Har slutat' },
  audience: ({ audience, titles }: Pick<Rule, 'audience' | 'titles'>, unit: string | null) => {
    const place = unit === null ? 'i hela kommunen' : `i ${unit} och under`;
    if (audience === 'all') return `alla ${place}`;
    if (audience === 'managers') return `chefer ${place}`;
    return `${(titles ?? []).join(', ')} ${place}`;
  },
  period: (from: string | null, until: string | null) => {
    const last = until === null ? null : longDate(addDays(until, -1));
    if (from === null) return last === null ? 'alla dagar' : `till och med ${last}`;
    return last === null ? `från ${longDate(from)}` : `${longDate(from)} – ${last}`;
  },
  months: (count: number | null) =>
    count === null ? 'för alltid' : count === 1 ? '1 månad' : `${count} månader`,
  by: (date: string, by: string | null) => (by === null ? longDate(date) : `${longDate(date)}, ${by}`),

  addTitle: 'Nytt krav',
  courseLabel: 'Vilken kurs krävs?',
  unitLabel: 'I vilken enhet?',
  unitHelp: 'Kravet gäller enheten och alla under den. Lämna tomt för hela kommunen.',
  audienceLabel: 'Av vilka?',
  audiences: { alla: 'Alla', chefer: 'Chefer', befattningar: 'Vissa befattningar' },
  titlesLabel: 'Befattningar',
  titlesHelp:
    'Välj bara här om kravet gäller vissa befattningar. De kommer från personalsystemet. Siffran är antalet anställda i dag.',
  titleCount: (count: number) => (count < 10 ? 'färre än 10' : wholeNumber(count)),
  fromLabel: 'Från och med',
  toLabel: 'Till och med (frivilligt)',
  toHelp: 'Lämna tomt om kravet gäller tills vidare.',
  monthsLabel: 'Hur många månader gäller ett genomförande? (frivilligt)',
  monthsHelp: 'Till exempel 36. Lämna tomt om det gäller för alltid.',
  noteLabel: 'Anteckning (frivilligt)',
  noteHelp: 'Till exempel vilket beslut kravet bygger på. Högst 300 tecken.',
  preview: 'Se vad det betyder',

  chosenTitle: (title: string) => `Ändra kravet på ${title}`,
  endTitle: 'Avsluta kravet',
  lastLabel: 'Sista dag som kravet gäller',
  removeTitle: 'Ta bort kravet',
  removeLead: 'Kravet har inte börjat gälla och kan tas bort.',
  validityTitle: 'Ändra hur länge ett genomförande gäller',
  validityFromLabel: 'Från vilken dag?',
  validityLead: 'Kravet slutar dagen innan, och ett likadant med den nya tiden tar vid.',

  previewTitle: {
    nytt: 'Så blir det med kravet',
    avsluta: 'Så blir det när kravet slutar',
    'ta-bort': 'Så blir det utan kravet',
    giltighet: 'Så blir det med den nya tiden',
  },
  previewLead: 'Inget är sparat än.',
  back: 'Tillbaka till kraven',
  alter: 'Ändra förslaget',
  stale: 'Kraven har ändrats sedan du såg det här. Inget är sparat. Här är förhandsvisningen räknad på nytt.',
  counts: (added: number | null, removed: number | null) =>
    `Kravet omfattar ${people(added)} till. ${removed === 0 ? '0' : firstUpper(people(removed))} slutar omfattas.`,
  changed: (count: number | null) => `För ${people(count)} ändras hur länge ett genomförande gäller.`,
  share: (before: number, after: number, day: string, isToday: boolean) =>
    before === after
      ? `Andelen i kommunen ändras inte: den är ${percent(after)} ${countedOn(day, isToday)}.`
      : `Andelen i kommunen går från ${percent(before)} till ${percent(after)} ${countedOn(day, isToday)}.`,
  moreToDo: (count: number) =>
    count === 0 ? 'Ingen får mer att göra den dagen.' : `${firstUpper(people(count))} får mer att göra.`,
  hidden:
    'Hur siffrorna ändras visas inte. Förändringen gäller en så liten grupp att det skulle gå att se hur det står till för enskilda personer. Du kan spara ändå.',
  tableCaption: (day: string) => `Kommunen och de förvaltningar som berörs, den ${longDate(day)}`,
  unit: 'Enhet',
  before: 'Före',
  after: 'Efter',
  lacking: 'Får mer att göra',
  masked: 'dold',
  maskedNote:
    'Där det står dold gäller ändringen så få personer att siffran skulle säga något om enskilda, eller göra att en sådan siffra gick att räkna ut.',
  noRequirement: (day: string, isToday: boolean) =>
    isToday
      ? 'Efter ändringen finns inget krav som gäller i dag. Då räknas ingen som klar, och indikatorn blir 0 %.'
      : `Efter ändringen finns inget krav den ${longDate(day)}. Då räknas ingen som klar, och indikatorn blir 0 % den dagen.`,
  backdated: (day: string | null) =>
    `Ändringen gäller bakåt i tiden, ${day === null ? 'för alla dagar' : `från den ${longDate(day)}`}. Siffror för de dagarna räknas om.`,
  fixedYears: (years: readonly number[]) =>
    `Fastställt år som berörs: ${years.join(', ')}. De fastställda siffrorna ändras inte.`,
  save: {
    nytt: 'Spara kravet',
    avsluta: 'Avsluta kravet',
    'ta-bort': 'Ta bort kravet',
    giltighet: 'Spara den nya tiden',
  },
  saved: 'Ändringen är sparad.',
  errorTitle: 'Något behöver rättas',
  titleWithError: 'Fel i formuläret: Krav',
  errors: {
    course: 'Välj en kurs i listan.',
    unit: 'Välj en enhet i listan, skriv dess kod, eller lämna fältet tomt för hela kommunen.',
    audience: 'Välj vilka kravet gäller.',
    titlesUnused: 'Du har kryssat för befattningar. Välj Vissa befattningar, eller ta bort kryssen.',
    titles: 'Välj minst en och högst 40 befattningar i listan.',
    from: 'Skriv en dag mellan år 2000 och 2099.',
    to: 'Skriv en dag mellan år 2000 och 2099, eller lämna fältet tomt.',
    last: 'Skriv en dag mellan år 2000 och 2099.',
    months: 'Skriv ett antal månader mellan 1 och 120, eller lämna fältet tomt.',
    note: 'Skriv högst 300 tecken.',
    unknown: 'Kravet finns inte längre. Gå tillbaka till kraven och välj ett som finns.',
    tooMany: 'Det finns redan 300 krav. Fler än så går inte att lägga till.',
    'ends-before-it-begins': 'Sista dagen kan inte komma före den första.',
    'ends-already': 'Kravet slutar redan den dagen eller tidigare.',
    'has-begun': 'Kravet har börjat gälla. Avsluta det i stället.',
    'same-validity': 'Så länge gäller ett genomförande redan. Skriv en annan tid.',
    'not-in-force': 'Välj en dag när kravet gäller, senare än dess första dag.',
    twice: 'Ett likadant krav finns redan för den tiden.',
  },
} as const;

function countedOn(day: string, isToday: boolean): string {
  return isToday
    ? 'i dag'
    : `den ${longDate(day)}, räknat på de anställningar och genomföranden som är kända i dag`;
}

function firstUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
