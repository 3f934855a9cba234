import { wholeNumber } from './common.ts';

/** Words of the manager's list. */
export const manager = {
  title: 'Kurser i din enhet',
  kicker: 'För dig som är chef',
  description: 'Vilka i din enhet som har genomfört de kurser som alla ska ha.',
  lead: (completed: number, people: number, date: string, isOneCourse: boolean) =>
    `Den ${date} har ${wholeNumber(completed)} av ${wholeNumber(people)} genomfört ${isOneCourse ? 'grundkursen' : 'alla obligatoriska kurser'}.`,
  target: (percent: string, year: string) => `Målet för ${year} är ${percent}.`,
  withBelow: 'Siffran och listan gäller enheten och alla enheter under den.',
  toIndicator: 'Enheten i indikatorn',
  list: 'Medarbetare',
  nobodyEmployed: 'Ingen är anställd i enheten i dag.',
  protectedLeftOut:
    'Personer med skyddade uppgifter är inte med i siffran, så att den inte säger något om dem.',
  noticeTitle: 'Det här ser du, och det här syns',
  notice:
    'Du ser om en person har genomfört kursen och vilken dag. Svar, poäng, försök, tider och frivilliga fördjupningar visas aldrig. Varje gång listan visas antecknas det, och den som står i listan kan se på Min sida att du har tittat.',
  unit: 'Enhet',
  filterLabel: 'Välj vad listan visar',
  filter: 'Visa',
  filters: {
    alla: 'Alla',
    saknas: 'De som saknar kursen',
    genomford: 'De som har genomfört den',
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
  courseDone: 'Genomförd',
  courseMissing: 'Saknas',
  date: 'Datum',
  sortBy: 'Sortera efter',
  sorts: { namn: 'Namn', status: 'Status', datum: 'Datum' },
  protectedPeople: (people: number) =>
    people === 1
      ? '1 person med skyddade uppgifter'
      : `${wholeNumber(people)} personer med skyddade uppgifter`,
  protectedNote: 'Räknas alltid här, vad du än väljer eller söker. Namn och status visas inte.',
  emptyList: (filter: 'alla' | 'saknas' | 'genomford', search: string): string => {
    if (search !== '')
      return `Ingen i listan har ”${search}” i namnet. Pröva en kortare del av namnet, eller visa alla.`;
    if (filter === 'saknas') return 'Ingen i din enhet saknar kursen.';
    if (filter === 'genomford') return 'Ingen i din enhet har genomfört kursen än.';
    return 'Det finns ingen att visa med namn i enheten.';
  },
  pages: 'Sidor',
  pageOf: (page: number, pages: number) => `Sida ${page} av ${pages}`,
  previous: 'Föregående sida',
  next: 'Nästa sida',
} as const;
