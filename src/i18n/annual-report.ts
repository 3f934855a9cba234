import type { UnitKind } from '#src/features/organisation/organisation.ts';
import { longDate, wholeNumber } from './common.ts';
import { oneDecimal, percent, shortPercent } from './figures.ts';

/** Words of the annual report, on the page and in its files. */
export const annualReport = {
  title: (year: number) => `Årsrapport ${year}`,
  fullTitle: (year: number, name: string) => `Årsrapport ${year} – ${name}`,
  subject: 'Andel medarbetare som har grundkunskaper om hedersrelaterat våld och förtryck',
  lead: (name: string) =>
    `Så stor andel av medarbetarna i ${name} har grundkunskaper om hedersrelaterat våld och förtryck.`,
  description: (year: number) =>
    `Mål och utfall ${year}: andel medarbetare som har grundkunskaper om hedersrelaterat våld och förtryck.`,

  running: (year: number, day: string) =>
    `Året är inte slut. Siffrorna gäller den ${longDate(day)} och kan ändras fram till den 31 december ${year}.`,
  runningTitle: 'Hittills',
  fixedTitle: 'Fastställt',
  fixed: (year: number, at: Date, revision: number) =>
    `Siffrorna för ${year} fastställdes den ${longDate(at)}${revision === 1 ? '' : ` (version ${revision})`}. De ändras inte av senare rättelser.`,
  fixedReason: (reason: string) => `Skäl till att de fastställdes på nytt: ${reason.replace(/[.\s]+$/, '')}.`,
  fixedDiffers:
    'Några uppgifter har rättats sedan dess. Där siffran blir en annan står det omräknade värdet bredvid det fastställda.',
  fixedSame: 'Räknas de om med dagens uppgifter blir de desamma.',
  unfixedTitle: 'Inte fastställt',
  unfixed: (year: number) =>
    `Siffrorna för den 31 december ${year} är räknade på uppgifterna som de är i dag. De kan ändras om någon uppgift rättas.`,

  contents: 'I rapporten',
  otherYears: 'Andra år',
  pdf: 'Hämta som PDF',
  csv: 'Hämta som CSV',
  downloads: 'Hämta rapporten',
  whole: 'Hela kommunens rapport',
  allBelow: (name: string) => `Rapporten för ${name} med alla enheter`,

  outcome: (isRunning: boolean) => (isRunning ? 'Utfall hittills' : 'Utfall'),
  outcomeOn: (day: string) => `den ${longDate(day)}`,
  target: 'Mål',
  targetOf: (year: number) => `för ${year}`,
  noTarget: 'inget satt',
  difference: 'Skillnad',
  differenceUnit: 'i procentenheter',
  counts: (completed: number, employed: number) =>
    `${wholeNumber(completed)} av ${wholeNumber(employed)} medarbetare hade genomfört det som krävs av dem.`,
  hiddenHere: 'Utfallet är dolt, för att ingen enskild ska gå att urskilja.',
  nobodyHere: 'Ingen var anställd här den dagen.',
  recomputed: 'Omräknat',
  recomputedHere: (outcome: number, completed: number, employed: number) =>
    `Omräknat med dagens uppgifter: ${percent(outcome)} (${wholeNumber(completed)} av ${wholeNumber(employed)}).`,
  recomputedTarget: (target: number | null) =>
    target === null ? 'Målet är sedan dess borttaget.' : `Målet är sedan dess ${shortPercent(target)}.`,
  verdict: (target: number, difference: number) => {
    const points = difference === 1 || difference === -1 ? 'procentenhet' : 'procentenheter';
    if (difference === 0) return `Målet, ${shortPercent(target)}, är nått.`;
    return difference > 0
      ? `Målet, ${shortPercent(target)}, är nått med ${oneDecimal(difference)} ${points} till godo.`
      : `Det fattas ${oneDecimal(-difference)} ${points} till målet, ${shortPercent(target)}.`;
  },

  columns: {
    enhet: 'Enhet',
    utfall: 'Utfall',
    mal: 'Mål',
    skillnad: 'Skillnad',
    genomfort: 'Genomfört',
    anstallda: 'Anställda',
  },
  caption: (day: string, isFixed: boolean) =>
    `${isFixed ? 'Fastställda siffror' : 'Siffror'} för den ${longDate(day)}. Skillnaden är i procentenheter.`,
  tableOf: (kind: UnitKind, hasLevels: boolean) =>
    hasLevels ? 'Avdelningar och enheter' : BELOW_TITLES[kind],
  trend: 'År för år',
  trendOf: (name: string) => `Utfall och mål i ${name}, år för år`,
  trendLead: 'Utfallet den 31 december varje år. Linjen är utfallet, strecken är målen.',
  trendFixed: 'För fastställda år visas de fastställda siffrorna.',
  soFar: 'hittills',

  method: 'Metod',
  sourcesTitle: 'Varifrån kommer uppgifterna?',
  sources:
    'Anställningar och organisation kommer från kommunens personalsystem. Genomförda delar kommer från Trygg grund, där var och en har klarat kunskapskontrollen, och från utbildningar som är tillgodoräknade med underlag. Målen är de som kommunen har satt för året.',
  hiddenTitle: 'Vad betyder ”dold”?',
  hidden:
    'Siffran visas inte, för att gruppen är så liten att den skulle kunna säga något om en enskild person, eller för att en sådan grupp annars gick att räkna ut. Samma siffror är dolda på alla sidor och i alla filer.',
  fixedTerm: 'Vad betyder ”fastställt”?',
  fixedMeaning:
    'När ett år är fastställt sparas dess siffror. Rättas en uppgift senare står de fastställda siffrorna kvar, och den omräknade siffran visas bredvid.',
  page: (page: number, pages: number) => `Sida ${page} av ${pages}`,

  chooseTitle: 'Välj kommun',
  chooseLead: 'Här finns flera kommuner. Varje kommun har sin egen rapport.',
  refusal: {
    'bad-year': {
      title: 'Skriv året med fyra siffror',
      lead: 'Till exempel /indikator/arsrapport/2025. Eller välj ett av åren här nedanför.',
    },
    'future-year': {
      title: 'Det året har inte varit än',
      lead: 'En rapport finns för år som har varit, och för året som pågår. Välj ett av åren här nedanför.',
    },
    'no-figures': {
      title: 'Det finns inga uppgifter för det året',
      lead: 'Organisationen är inte inlagd så långt tillbaka. Välj ett senare år.',
    },
    'unknown-unit': {
      title: 'Enheten fanns inte det året',
      lead: 'Koden kan vara felskriven, eller så hade enheten en annan kod då. Välj hela kommunens rapport.',
    },
  },
  refusalYears: 'År som har en rapport',

  reports: 'Årsrapporter',
  stratsys: {
    outcome: 'Andel medarbetare som har grundkunskaper om hedersrelaterat våld och förtryck, utfall',
    target: 'Andel medarbetare som har grundkunskaper om hedersrelaterat våld och förtryck, mål',
    badMeasure: 'matt ska vara utfall eller mal.',
    noFigures: (year: number) => `Det finns inga uppgifter för ${year}.`,
  },
} as const;

/** What stands over the table of a unit's own, by the kind of the units in it. */
const BELOW_TITLES: Record<UnitKind, string> = {
  municipality: 'Kommuner',
  department: 'Förvaltningarna',
  division: 'Avdelningarna',
  team: 'Enheterna',
};
