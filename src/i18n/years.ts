import type { FactChangeKind } from '#db/queries/fact-changes.ts';
import type { RuleOnDay } from '#db/queries/years.ts';
import { longDate, longTime, wholeNumber } from './common.ts';
import { percent, shortPercent } from './figures.ts';

const CHANGE: Record<FactChangeKind, [one: string, many: string]> = {
  'completion-added': ['genomförande har lagts till', 'genomföranden har lagts till'],
  'completion-voided': ['genomförande har strukits', 'genomföranden har strukits'],
  'employment-added': ['anställning har lagts till', 'anställningar har lagts till'],
  'employment-changed': ['anställning har rättats', 'anställningar har rättats'],
  'unit-changed': ['uppgift om en enhet har ändrats', 'uppgifter om enheter har ändrats'],
  'requirement-changed': ['krav har ändrats', 'krav har ändrats'],
  'version-required': ['ny version har blivit ett krav', 'nya versioner har blivit krav'],
  'version-withdrawn': ['nytt krav har tagits tillbaka', 'nya krav har tagits tillbaka'],
  'target-changed': ['mål har ändrats', 'mål har ändrats'],
};

/** `3 genomföranden har strukits` */
export function changeText(kind: FactChangeKind, changes: number): string {
  const [one, many] = CHANGE[kind];
  return `${wholeNumber(changes)} ${changes === 1 ? one : many}`;
}

/** `Grundkursen, för alla i hela kommunen` */
export function ruleText({ course, unit, audience, titles, validityMonths }: RuleOnDay): string {
  const who =
    audience === 'all' ? 'alla' : audience === 'managers' ? 'chefer' : `${(titles ?? []).join(', ')}`;
  const where = unit === null ? 'i hela kommunen' : `i ${unit}`;
  const howLong =
    validityMonths === null ? '' : `. Ett genomförande gäller i ${wholeNumber(validityMonths)} månader`;
  return `${course}: för ${who} ${where}${howLong}.`;
}

/** Words of the coordinator's page of fixed years. */
export const years = {
  title: 'Fastställda år',
  kicker: 'För dig som är samordnare',
  description: 'Fastställ årets siffror, och se vad som har rättats sedan dess.',
  lead: 'När du fastställer ett år sparas siffrorna för den 31 december, hur de räknades och ett fingeravtryck av uppgifterna bakom. Siffrorna ändras aldrig. Rättas något senare visas det bredvid, med skäl.',
  nothing: 'Det finns inget avslutat år att fastställa än.',
  caption: 'Hela kommunens utfall den 31 december',
  year: 'År',
  fixed: 'Fastställt',
  now: 'Räknat i dag',
  status: 'Status',
  notFixed: 'Inte fastställt',
  fixedOn: (date: Date) => `Fastställt ${longDate(date)}`,
  revision: (revision: number) => `omgång ${revision}`,
  open: (year: number) => `Se ${year}`,
  report: 'Årsrapport',
  reportFor: (year: number) => `Årsrapport ${year}`,
  fixTitle: (year: number) => `Fastställ ${year}`,
  fixLead: (year: number, outcome: string, completed: number, employed: number) =>
    `Hela kommunens utfall den 31 december ${year} är ${outcome}: ${wholeNumber(completed)} av ${wholeNumber(employed)} anställda.`,
  fixLeadHidden: (year: number) => `Siffrorna för den 31 december ${year} sparas, även de som är dolda.`,
  fix: (year: number) => `Fastställ ${year}`,
  fixAgainTitle: 'Fastställ på nytt',
  fixAgainLead:
    'Uppgifterna bakom siffrorna har ändrats. Du kan fastställa året en gång till. Den tidigare omgången sparas och visas.',
  reason: 'Skäl',
  reasonHelp:
    'Till exempel: en förvaltning lämnade sina uppgifter för sent. Skälet visas öppet, så skriv inga namn.',
  reasonMissing: 'Skriv varför året fastställs på nytt.',
  outcomes: {
    fixed: (year: number) => `${year} är fastställt.`,
    'not-ended': (year: number) =>
      `${year} är inte slut än. Ett år kan fastställas från den 1 januari året efter.`,
    'no-figures': (year: number) => `Organisationen är inte känd för ${year}.`,
    unchanged: (year: number) => `${year} är redan fastställt, och inget har ändrats sedan dess.`,
    'needs-reason': () => 'Skriv varför året fastställs på nytt.',
  },
  badYear: 'Välj ett år i listan.',
  detailTitle: (year: number) => `Fastställda siffror för ${year}`,
  unchanged: 'Uppgifterna bakom siffrorna är desamma som när året fastställdes. Fingeravtrycket stämmer.',
  changed: 'Uppgifter bakom siffrorna har ändrats sedan året fastställdes.',
  compareTitle: 'Fastställt och räknat i dag',
  compareCaption: (date: string) =>
    `Utfall den ${longDate(date)}. Enheter längre ner visas när något skiljer.`,
  figure: (outcome: string, completed: number, employed: number) =>
    `${outcome} (${wholeNumber(completed)}\u00a0av\u00a0${wholeNumber(employed)})`,
  unit: 'Enhet',
  target: 'Mål',
  same: 'Lika',
  differs: 'Skiljer',
  absent: 'finns inte',
  changesTitle: 'Rättat sedan dess',
  noChanges: 'Inga uppgifter som gäller året har ändrats.',
  change: 'Ändring',
  changeReason: 'Skäl eller källa',
  noReason: 'Inget skäl angivet',
  changeLatest: 'Senast',
  revisionsTitle: 'Omgångar',
  by: 'Av',
  byNobody: 'Via kommandoraden eller av person med skyddade uppgifter',
  fingerprint: 'Fingeravtryck',
  definitionTitle: 'Så räknades siffrorna',
  rulesTitle: 'Kurser som krävdes',
  noRules: 'Ingen kurs krävdes.',
} as const;

/** Words of the page that explains one figure. */
export const explanation = {
  title: 'Så räknades siffran',
  kicker: 'Förklaring',
  link: (name: string) => `Så räknades siffran för ${name}`,
  short: 'Förklara',
  back: (name: string) => `Till ${name}`,
  counts: (name: string, date: string, completed: number, employed: number) =>
    `Den ${longDate(date)} var ${wholeNumber(employed)} personer anställda i ${name}. ${wholeNumber(completed)} av dem hade de kurser som krävdes av dem.`,
  division: (completed: number, employed: number, outcome: number) =>
    `${wholeNumber(completed)} delat med ${wholeNumber(employed)} är ${percent(outcome)}.`,
  hidden: (name: string) =>
    `Siffran för ${name} är dold. Gruppen är så liten att siffran skulle kunna säga något om en enskild person, eller så skulle en sådan grupp gå att räkna ut.`,
  nobody: (name: string, date: string) => `Ingen var anställd i ${name} den ${longDate(date)}.`,
  targetTitle: 'Målet',
  ownTarget: (percentage: number, year: string) =>
    `${shortPercent(percentage)} är satt för enheten själv för ${year}.`,
  inheritedTarget: (percentage: number, year: string, from: string) =>
    `${shortPercent(percentage)} gäller för ${year}. Enheten har inget eget mål, så målet för ${from} gäller.`,
  noTarget: (year: string) => `Inget mål är satt för ${year}.`,
  rulesTitle: 'Kurser som krävdes den dagen',
  noRules: 'Ingen kurs krävdes den dagen, så ingen räknas som klar.',
  fixedTitle: (year: number) => `Fastställt för ${year}`,
  fixed: (date: Date, revision: number) =>
    `Året fastställdes ${longTime(date)}${revision > 1 ? `, omgång ${revision}` : ''}.`,
  fixedFigure: (outcome: string, completed: number, employed: number) =>
    `Fastställt utfall är ${outcome}: ${wholeNumber(completed)} av ${wholeNumber(employed)}.`,
  fixedHidden: 'Den fastställda siffran är dold.',
  fixedAbsent: 'Enheten fanns inte med när året fastställdes.',
  same: 'Räknat i dag blir siffran densamma.',
  differs: (outcome: string) => `Räknat i dag blir den ${outcome}.`,
  reason: (reason: string) => `Skäl till den nya omgången: ${reason}`,
  changesLead: 'Det här har ändrats i hela kommunen sedan året fastställdes:',
  noChanges: 'Ingen uppgift som siffran räknas från har ändrats sedan dess.',
} as const;
