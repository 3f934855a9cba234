import { longDate, longTime } from './common.ts';
import { shortPercent } from './figures.ts';

/** Words of the coordinator's page about targets. */
export const targetWords = {
  title: 'Mål',
  titleWithError: 'Fel i formuläret: Mål',
  kicker: 'För dig som är samordnare',
  description: 'Mål för indikatorn per enhet och år, med motiv och ansvarig.',
  lead: 'Sätt hur stor andel som ska ha genomfört kursen vid årets slut. Ett mål gäller enheten och alla under den, tills någon av dem får ett eget.',
  tableTitle: 'Alla mål',
  tableCaption: 'Mål per år',
  tableLead:
    'Egna mål står i fet stil. Följ en siffra för att se varför målet är satt, ändra det eller ge enheten ett eget.',
  none: 'Inga mål är satta än. Börja med ett för hela kommunen.',
  unit: 'Enhet',
  year: 'År',
  inherited: 'ärvt',
  cell: (unit: string, year: number, percent: number | null, isInherited: boolean) =>
    percent === null
      ? `${unit} ${year}: inget mål. Sätt ett.`
      : `${unit} ${year}: mål ${shortPercent(percent)}${isInherited ? ', ärvt' : ''}. Visa och ändra.`,
  chooseTitle: 'Sätt eller ändra ett mål',
  unitHelp: 'Skriv en del av namnet och välj i listan, eller skriv enhetens hela namn eller kod.',
  choose: 'Visa målet',
  heading: (unit: string, year: number) => `${unit} ${year}`,
  own: (percent: number, date: string, by: string | null) =>
    `Enheten har ett eget mål för året: ${shortPercent(percent)}. Det sattes den ${date}${by ? ` av ${by}` : ''}.`,
  inheritedFrom: (percent: number, unit: string) =>
    `Enheten har inget eget mål för året. Målet ${shortPercent(percent)} ärvs från ${unit}.`,
  noTarget: 'Varken enheten eller någon ovanför har ett mål för året.',
  fixed: (year: number, date: string, percent: number | null) =>
    `År ${year} fastställdes den ${longDate(date)}. De fastställda siffrorna behåller ${
      percent === null ? 'det som gällde då: inget mål' : `målet ${shortPercent(percent)}`
    }, även om du ändrar här.`,
  percent: 'Mål i procent',
  percentHelp: 'Mellan 0 och 100, med högst en decimal.',
  note: 'Varför (frivilligt)',
  noteHelp: 'Till exempel nämndens beslut och dess nummer. Högst 300 tecken.',
  responsible: 'Ansvarig funktion (frivilligt)',
  responsibleHelp: 'Den funktion som svarar för målet, till exempel HR-chef. Skriv inget namn på en person.',
  save: 'Spara målet',
  remove: 'Ta bort det egna målet',
  removeHelp: (inherited: number | null, unit: string | null) =>
    inherited === null
      ? 'Då har enheten inget mål för året.'
      : `Då gäller ${shortPercent(inherited)}, som ärvs från ${unit ?? 'enheten ovanför'}.`,
  saved: 'Målet är sparat.',
  removed: 'Det egna målet är borttaget.',
  history: 'Tidigare ändringar',
  historyEmpty: 'Målet har inte ändrats sedan det sattes.',
  when: 'När',
  who: 'Vem',
  was: 'Före',
  became: 'Efter',
  takenAway: 'Borttaget',
  someone: 'Uppgift saknas',
  time: (moment: Date) => longTime(moment),
  ownTitle: (year: number) => `Egna mål ${year}`,
  ownCaption: (year: number) => `Enheter med ett eget mål för ${year}, med motiv och ansvarig`,
  target: 'Mål',
  noteShort: 'Varför',
  responsibleShort: 'Ansvarig',
  errorTitle: 'Något behöver rättas',
  errors: {
    unit: 'Välj en enhet i listan, eller skriv dess kod.',
    unitInYear:
      'Enheten finns inte det året, eller så heter flera så. Välj i listan, skriv koden eller välj ett annat år.',
    year: 'Skriv ett årtal mellan 2000 och 2100.',
    percent: 'Skriv målet som ett tal mellan 0 och 100, till exempel 80 eller 62,5.',
    note: 'Skriv högst 300 tecken.',
    responsible: 'Skriv högst 100 tecken.',
  },
} as const;
