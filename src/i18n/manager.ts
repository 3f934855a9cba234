import { wholeNumber } from './common.ts';

/** What is said where the choices leave nobody. */
const EMPTY = {
  alla: 'Det finns ingen att visa med namn i enheten.',
  saknas: 'Ingen i din enhet saknar något som krävs.',
  paborjad: 'Ingen i din enhet har påbörjat en kurs utan att ha genomfört den.',
  genomford: 'Ingen i din enhet har genomfört det som krävs än.',
  'gar-ut': 'Inget genomförande i din enhet går ut inom 90 dagar.',
  nya: 'Ingen i din enhet är inne på sina första 90 dagar.',
} as const;

/** Words of the manager's list. */
export const manager = {
  title: 'Kurser i din enhet',
  kicker: 'För dig som är chef',
  description: 'Vilka i din enhet som har genomfört de kurser som alla ska ha.',
  lead: (completed: number, people: number, date: string, isGrundkurs: boolean) =>
    `Den ${date} har ${wholeNumber(completed)} av ${wholeNumber(people)} genomfört ${isGrundkurs ? 'grundkursen' : 'de kurser som krävs av dem'}.`,
  target: (percent: string, year: string) => `Målet för ${year} är ${percent}.`,
  withBelow: 'Siffran och listan gäller enheten och alla enheter under den.',
  toIndicator: 'Enheten i indikatorn',
  below: 'Enheterna under',
  share: 'Andel',
  goal: 'Mål',
  completedOf: 'Genomfört',
  ofAll: (completed: number, people: number) => `${wholeNumber(completed)} av ${wholeNumber(people)}`,
  list: 'Medarbetare',
  nobodyEmployed: 'Ingen är anställd i enheten i dag.',
  protectedLeftOut: 'Personer med skyddade uppgifter är inte med i siffran.',
  noticeTitle: 'Det här ser du, och det här syns',
  notice:
    'Du ser hur det står till med de kurser som krävs: inte påbörjad, påbörjad eller genomförd, och vilken dag. Svar, poäng, antal försök, tider och frivilliga fördjupningar visas aldrig. Varje gång listan visas eller hämtas som fil antecknas det, och den som står i listan kan se på Min sida att du har tittat.',
  unit: 'Enhet',
  filterLabel: 'Välj vad listan visar',
  filter: 'Visa',
  filters: {
    alla: 'Alla',
    saknas: 'De som saknar något',
    paborjad: 'De som har påbörjat',
    genomford: 'De som har genomfört allt',
    'gar-ut': 'Går ut inom 90 dagar',
    nya: 'Nya, de första 90 dagarna',
  },
  search: 'Del av namn',
  apply: 'Visa listan',
  clear: 'Rensa valen',
  caption: (shown: number, matching: number) =>
    shown === matching
      ? `${wholeNumber(matching)} ${matching === 1 ? 'person' : 'personer'}`
      : `${wholeNumber(shown)} av ${wholeNumber(matching)} personer`,
  tableLabel: 'Medarbetare och kurser',
  job: 'Befattning',
  unitColumn: 'Enhet',
  status: {
    'not-started': 'Inte påbörjad',
    started: 'Påbörjad',
    completed: 'Genomförd',
    expired: 'Har gått ut',
    'not-required': 'Krävs inte',
  },
  validUntil: 'Gäller till och med',
  waivedUntil: 'Undantag till och med',
  date: 'Genomförd den',
  sortBy: 'Sortera efter',
  sorts: { namn: 'Namn', status: 'Status', datum: 'Genomförd den' },
  protectedPeople: (people: number) =>
    people === 1
      ? '1 person med skyddade uppgifter'
      : `${wholeNumber(people)} personer med skyddade uppgifter`,
  protectedNote: 'Räknas alltid här, vad du än väljer eller söker. Namn och status visas inte.',
  nothingRequired: 'I dag krävs ingen kurs av någon i enheten. Då finns inget att följa upp.',
  emptyList: (filter: keyof typeof EMPTY, search: string): string =>
    search === ''
      ? EMPTY[filter]
      : `Ingen i listan har ”${search}” i namnet. Pröva en kortare del av namnet, eller visa alla.`,
  pageSize: 'Antal på varje sida',
  pages: 'Sidor',
  pageOf: (page: number, pages: number) => `Sida ${page} av ${pages}`,
  previous: 'Föregående sida',
  next: 'Nästa sida',
  remind: 'Påminn dem som saknar något',
  downloads: 'Hämta listan',
  csv: 'CSV',
  excel: 'Excel',
  downloadsLead:
    'Filen har samma urval och ordning som listan, men alla sidor. Den innehåller namn: spara den bara där andra inte kommer åt den, och ta bort den när du är klar. Det går också att skriva ut sidan.',
  fileColumnsTitle: 'Kolumner i filen',
  fileColumns: [
    ['Namn', 'Personens namn.'],
    [
      'Befattning, Enhet',
      'Från anställningen i enheten. Har personen flera står de efter varandra med / emellan.',
    ],
    [
      'Kursens namn',
      'Inte påbörjad, Påbörjad, Genomförd, Har gått ut eller Krävs inte. En kolumn för varje kurs som krävs av någon i enheten.',
    ],
    ['Kursens namn: genomförd', 'Dagen då kursen genomfördes, ÅÅÅÅ-MM-DD.'],
    ['Kursens namn: gäller till och med', 'Sista dagen genomförandet räknas. Tomt när det inte går ut.'],
    ['Kursens namn: undantag till och med', 'Sista dagen för ett undantag.'],
  ],
  file: {
    sheet: 'Medarbetare',
    name: 'Namn',
    completedOn: (course: string) => `${course}: genomförd`,
    validUntil: (course: string) => `${course}: gäller till och med`,
    waivedUntil: (course: string) => `${course}: undantag till och med`,
  },
  newTitle: 'Nya medarbetare',
  newNobody: 'Ingen i enheten är inne på sina första 90 dagar.',
  newPresent: (people: number, completed: number) =>
    people === 1
      ? `En person är inne på sina första 90 dagar i kommunen. Hen har ${completed === 1 ? '' : 'inte '}genomfört det som krävs.`
      : `${wholeNumber(people)} är inne på sina första 90 dagar i kommunen. ${completed === 0 ? 'Ingen' : wholeNumber(completed)} av dem har genomfört det som krävs.`,
  newToList: 'Visa dem i listan',
  newPastYear: (people: number, completed: number, share: string) =>
    `Av de ${wholeNumber(people)} som har börjat under de senaste tolv månaderna och vars första 90 dagar har gått hade ${wholeNumber(completed)} genomfört det som krävs inom 90 dagar: ${share}.`,
  newPastYearOne: (hasCompleted: boolean) =>
    `En person har börjat under de senaste tolv månaderna och haft sina första 90 dagar. Hen hade ${hasCompleted ? '' : 'inte '}genomfört det som krävs inom 90 dagar.`,
  newPastYearNobody: 'Ingen har börjat under de senaste tolv månaderna och haft sina första 90 dagar.',
  newHow:
    'Räknat på dem som är anställda i enheten i dag och på de kurser som krävs av dem i dag. Den som byter enhet i kommunen är inte ny.',
  trendTitle: 'År för år',
  deputy: (date: string) => `Du ser enheten som ersättare till och med ${date}.`,
} as const;
