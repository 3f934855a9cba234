import type { UnitKind } from '#src/features/organisation/organisation.ts';
import { longDate, wholeNumber } from './common.ts';
import { oneDecimal, percent, shortPercent } from './figures.ts';

const KIND: Record<UnitKind, string> = {
  municipality: 'Kommun',
  department: 'Förvaltning',
  division: 'Avdelning',
  team: 'Enhet',
};

/** What the units right below are called as a group. */
const BELOW: Record<UnitKind, string> = {
  municipality: 'Förvaltningarna',
  department: 'Avdelningarna',
  division: 'Enheterna',
  team: 'Enheterna',
};

const UNITS: Record<UnitKind, { one: string; many: string }> = {
  municipality: { one: 'kommun', many: 'kommuner' },
  department: { one: 'förvaltning', many: 'förvaltningar' },
  division: { one: 'avdelning', many: 'avdelningar' },
  team: { one: 'enhet', many: 'enheter' },
};

/** Words of the indicator's pages. */
export const indicator = {
  title: 'Så stor andel har grundkunskaper',
  kicker: 'Indikator',
  description:
    'Andel medarbetare som har genomfört grundkursen om hedersrelaterat våld och förtryck, per förvaltning och år, med mål.',
  kind: (kind: UnitKind) => KIND[kind],
  below: (kind: UnitKind) => BELOW[kind],
  belowOf: (kind: UnitKind, name: string) => `${BELOW[kind]} i ${name}`,

  /** Where there are several municipalities. */
  all: 'Alla kommuner',
  municipalities: 'Kommunerna',
  saysAll: (municipalities: number, date: string) =>
    `av medarbetarna i ${wholeNumber(municipalities)} ${municipalities === 1 ? 'kommun' : 'kommuner'} hade genomfört grundkursen om hedersrelaterat våld och förtryck den ${longDate(date)}.`,
  countedTwice: 'Den som arbetar i två kommuner räknas i båda.',
  hiddenLeftOut: (municipalities: number) =>
    municipalities === 1
      ? 'En kommun är dold och räknas inte med.'
      : `${wholeNumber(municipalities)} kommuner är dolda och räknas inte med.`,
  nothingShown: (date: string) => `Det finns ingen siffra att visa för den ${longDate(date)}.`,

  /** The sentence after the large figure. */
  says: (name: string, date: string) =>
    `av medarbetarna i ${name} hade genomfört grundkursen om hedersrelaterat våld och förtryck den ${longDate(date)}.`,
  saysCount: (completed: number, employed: number) =>
    `Det är ${wholeNumber(completed)} av ${wholeNumber(employed)} personer.`,
  saysTarget: (target: number, year: string, difference: number) => {
    const goal = `Målet för ${year} är ${shortPercent(target)}`;
    if (difference === 0) return `${goal}, och det är nått.`;
    const points = difference === 1 || difference === -1 ? 'procentenhet' : 'procentenheter';
    return difference > 0
      ? `${goal}. Utfallet är ${oneDecimal(difference)} ${points} över.`
      : `${goal}. Det fattas ${oneDecimal(-difference)} ${points}.`;
  },
  noTarget: (year: string) => `Inget mål är satt för ${year}.`,
  hiddenHere: (name: string) => `Siffran för ${name} är dold, för att ingen enskild ska gå att urskilja.`,
  hiddenTarget: (target: number, year: string) => `Målet för ${year} är ${shortPercent(target)}.`,
  nobodyHere: (name: string, date: string) => `Ingen var anställd i ${name} den ${longDate(date)}.`,

  date: 'Välj dag',
  dateHelp: 'Siffran gäller när dagen är slut.',
  dateApply: 'Visa',
  dateToday: 'I dag',
  dateErrorTitle: 'Dagen går inte att visa',
  dateError: {
    malformed: 'Skriv dagen som år, månad och dag, till exempel 2025-12-31.',
    future: (today: string) => `Välj en dag som har varit, senast ${longDate(today)}.`,
  },

  hidden: 'dold',
  howThis: 'Så räknades siffran',
  /** Name of the link that a figure is. */
  explain: (figure: string) => `${figure}, så räknades siffran`,
  hiddenNote:
    'Dold: gruppen är så liten att siffran skulle kunna säga något om en enskild person, eller så skulle en sådan grupp gå att räkna ut.',
  nobody: 'ingen anställd',

  sortBy: 'Sortera efter',
  columns: {
    namn: 'Namn',
    utfall: 'Utfall',
    mal: 'Mål',
    skillnad: 'Skillnad',
    genomfort: 'Genomfört',
    anstallda: 'Anställda',
  },
  /** What the difference is counted in. */
  points: 'procent\u00adenheter',
  targetMark: (target: number) => `mål ${shortPercent(target)}`,
  yearEnds: '31 december',
  /** Says nothing of those that are hidden. */
  reached: (kind: UnitKind, reached: number, shown: number, hasHidden: boolean) => {
    const units = UNITS[kind];
    const visible = hasHidden ? ' som visas' : '';
    if (reached === 0) return `Ingen ${units.one}${visible} har nått sitt mål.`;
    if (reached === shown) return `Alla ${units.many}${visible} har nått sitt mål.`;
    return `${wholeNumber(reached)} av ${wholeNumber(shown)} ${units.many}${visible} har nått sitt mål.`;
  },
  caption: (date: string) => `Den ${longDate(date)}. Stapeln är utfallet, strecket är målet.`,
  barTitle: ({
    outcome,
    target,
    isHidden,
  }: {
    outcome: number | null;
    target: number | null;
    isHidden: boolean;
  }) => {
    const goal = target === null ? 'inget mål' : `mål ${shortPercent(target)}`;
    if (isHidden) return `Utfallet är dolt, ${goal}`;
    return outcome === null ? `Ingen anställd, ${goal}` : `Utfall ${percent(outcome)}, ${goal}`;
  },

  trend: 'År för år',
  trendOf: (name: string) => `Utfall och mål i ${name}, år för år`,
  trendLead: 'Utfallet är räknat den 31 december varje år. Linjen är utfallet, strecken är målen.',
  trendLatest: (date: string) => `Sista punkten är ${longDate(date)}.`,
  soFar: 'hittills',
  year: 'År',
  trendPoint: ({ label, outcome, target, isHidden }: TrendWords) => {
    const goal = target === null ? '' : `, mål ${shortPercent(target)}`;
    if (isHidden) return `${label}: dold${goal}`;
    return outcome === null ? `${label}: ingen anställd${goal}` : `${label}: ${percent(outcome)}${goal}`;
  },

  howTitle: 'Så räknas det',
  download: 'Hämta siffrorna',
  csv: 'Som CSV för kalkylprogram',
  xlsx: 'Som Excel',
  json: 'Som JSON för andra system',
  downloadNote:
    'Filerna innehåller enheten och allt under den, för den valda dagen. Det som är dolt här är dolt där.',

  reports: 'Årsrapporter',
  reportsLead:
    'Mål och utfall för ett år: en sida för kommunen och en per förvaltning, med tabell, diagram och metod. Också som PDF.',
  reportOf: (year: number) => `Årsrapport ${year}`,

  before: (date: string) => `Det finns inga uppgifter för den ${longDate(date)}.`,
  beforeLead: 'Organisationen är inte inlagd så långt tillbaka. Välj en senare dag.',
  beforeUnit: (name: string, date: string) => `${name} fanns inte den ${longDate(date)}.`,

  apiMalformed: 'datum ska vara en dag som har varit, skriven ÅÅÅÅ-MM-DD.',
  apiUnknownUnit: (code: string) => `Det finns ingen enhet med koden ${code} den dagen.`,
} as const;

export interface TrendWords {
  label: string;
  outcome: number | null;
  target: number | null;
  isHidden: boolean;
}

/** How the figure is counted, in plain words: `[term, explanation]`. */
export const howCounted: readonly [string, string][] = [
  [
    'Vem räknas som anställd?',
    'Alla som har en anställning i enheten, eller i en enhet under den, den dagen. Den som har två anställningar i samma förvaltning räknas en gång. Den som arbetar i två förvaltningar räknas en gång i var och en, och en gång i kommunen.',
  ],
  [
    'Vad räknas som genomfört?',
    'Alla fem delarna i grundkursen är godkända senast den dagen, eller så är en tidigare utbildning tillgodoräknad. Finns det en tid som kursen gäller, ska den inte ha gått ut.',
  ],
  [
    'Vad är utfall?',
    'De som har genomfört kursen, delat med alla anställda, i procent med en decimal. Skillnaden mot målet anges i procentenheter.',
  ],
  [
    'Vilken dag gäller det?',
    'Siffran gäller när dagen är slut i Sverige. Frågar du igen om samma dag får du samma svar, om ingen uppgift har rättats. Enheterna visas som de hörde ihop då.',
  ],
  [
    'Varifrån kommer målet?',
    'Målet är enhetens eget för året. Har den inget eget gäller målet för närmaste enhet ovanför.',
  ],
  [
    'Varför är en del dolt?',
    'Enheter med färre än 10 anställda visas inte. I enheter med färre än 50 visas inte heller siffran när 1–4 personer har genomfört kursen eller saknar den. Ibland döljs ytterligare en enhet, så att den lilla gruppen inte går att räkna ut. Dolda enheter står sist, hur tabellen än sorteras.',
  ],
];

/** What the file says of itself. */
export const indicatorDefinition =
  'utfall = antal_genomfort / antal_anstallda i procent med en decimal. antal_anstallda: personer med en anställning i enheten eller under den den dagen, var och en en gång. antal_genomfort: de av dem som har genomfört alla obligatoriska kurser senast den dagen (Europe/Stockholm). mal: enhetens mål för året, annars närmaste enhets ovanför. dold: siffrorna visas inte, eftersom gruppen är liten eller skulle göra att en liten grupp gick att räkna ut.';
