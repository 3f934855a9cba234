/** What is said of the indicator as open data: on its page and in its schema. */
export const openData = {
  title: 'Indikatorn som öppna data',
  lead: 'Du får hämta siffrorna, räkna vidare på dem och publicera dem. Filerna har samma siffror som sidorna, och det som är dolt där är dolt här.',
  license: 'Creative Commons CC0 1.0: fri användning. Ange gärna källan.',
  licenseUrl: 'https://creativecommons.org/publicdomain/zero/1.0/',
  licenseTitle: 'Licens',
  schema: 'Schemat för JSON-filen (JSON Schema 2020-12)',
  schemaDescription:
    'Andel medarbetare som har grundkunskaper om hedersrelaterat våld och förtryck, en rad per enhet. Nycklar tas inte bort och byter inte betydelse inom samma huvudversion, men nya kan tillkomma.',
  stable:
    'Formatet är stabilt. Kolumner tas inte bort och byter inte betydelse utan en ny huvudversion. Nya kan komma till sist.',
  addresses: 'Adresser',
  files: [
    ['/indikator.csv', 'CSV: UTF-8 med BOM, semikolon och decimalkomma.'],
    ['/indikator.json', 'JSON: tal som tal, null där siffran saknas eller är dold.'],
    ['/indikator.xlsx', 'Excel: samma kolumner som CSV, tal som tal.'],
    [
      '/indikator/stratsys.tsv?ar=2025',
      'Text med tabbar, i den form som Stratsys läser: enhetens namn, en dag i perioden, måttets namn och värdet. Två enheter med samma namn skiljs åt med koden inom parentes. Dolda och saknade värden har ingen rad. Lägg till matt=utfall eller matt=mal för att bara få det ena, och enhet=KOD för en enhet och allt under den. För ett fastställt år är det de fastställda siffrorna.',
    ],
    ['/indikator/arsrapport/2025.csv', 'Årsrapportens siffror, också år för år.'],
  ],
  filesNote:
    'De tre första tar datum=ÅÅÅÅ-MM-DD (en dag som har varit, annars i dag) och enhet=KOD (enheten och allt under den, annars hela kommunen).',
  columnsTitle: 'Kolumner',
  column: 'Kolumn',
  meaning: 'Betydelse',
  columns: {
    datum: 'Dagen som siffran gäller, när den är slut i Sverige (ÅÅÅÅ-MM-DD).',
    enhetskod: 'Enhetens kod. Den är densamma år från år.',
    enhet: 'Enhetens namn den dagen.',
    typ: 'kommun, forvaltning, avdelning eller enhet.',
    mal: 'Målet för året i procent: enhetens eget, annars närmaste enhets ovanför. Tomt om inget är satt.',
    utfall:
      'antal_genomfort delat med antal_anstallda, i procent med en decimal. Tomt om siffran är dold eller ingen är anställd.',
    antal_genomfort: 'Så många av de anställda har genomfört alla kurser som krävs av dem. Tomt om dold.',
    antal_anstallda:
      'Så många har en anställning i enheten eller under den, var och en räknad en gång. Tomt om dold.',
    dold: 'true när siffrorna inte visas, för att gruppen är liten eller en liten grupp annars gick att räkna ut.',
  },
  file: {
    datum: 'Dagen som alla rader gäller.',
    definition: 'Så räknas siffrorna, i ord.',
    rows: 'En rad per enhet, i organisationens ordning: varje enhet före dem som hör till den.',
  },
  changelogTitle: 'Ändringar',
  /** The latest first. */
  changelog: [
    {
      version: '1.1',
      date: '2026-11-22',
      change: 'Schemat finns. Excel, Stratsys och årsrapport har tillkommit. Inget i filerna är ändrat.',
    },
    { version: '1.0', date: '2026-11-22', change: 'Första versionen: CSV och JSON.' },
  ],
} as const;
