import { longDate, wholeNumber } from './common.ts';

/** Words of the page where a manager reminds people. */
export const reminders = {
  title: 'Påminn',
  kicker: 'För dig som är chef',
  lead: 'Här står de som saknar en kurs som krävs, och vilka av dem som får ett mejl om du påminner.',
  mailLead:
    'Mejlet säger bara att det finns en utbildning att göra klar, inte vilken, och nämner ingen annan. Det skickas vardagar klockan 7–18. Ingen får mer än en påminnelse på 14 dagar, vem som än påminner.',
  unit: 'Enhet',
  choose: 'Visa enheten',
  chooseLabel: 'Välj enhet',
  noServer:
    'Härifrån skickas inga mejl, så det finns inget att trycka på. Säg till personerna själv, eller fråga den som sköter webbplatsen.',
  off: 'Administratören har stängt av påminnelser. Därför finns inget att trycka på.',
  tooMany: (most: number) =>
    `Fler än ${wholeNumber(most)} personer saknar något. Välj en mindre enhet, och ta en enhet i taget.`,
  nobody: 'Ingen med namn i enheten saknar något som krävs.',
  protectedNote:
    'Personer med skyddade uppgifter visas aldrig här och får ingen påminnelse av dig. Säg till i enheten så att alla hör det.',
  readyTitle: (people: number) =>
    people === 1 ? 'En person får en påminnelse' : `${wholeNumber(people)} får en påminnelse`,
  readyHelp: 'Ta bort krysset för den som du inte vill påminna.',
  nobodyReady: 'Ingen kan få en påminnelse just nu.',
  othersTitle: 'De här får ingen påminnelse',
  name: 'Namn',
  job: 'Befattning och enhet',
  lacks: 'Saknar',
  why: 'Varför inte',
  reasons: {
    reminded: (on: string) => `Påmindes ${longDate(on)}`,
    waived: (until: string) => `Undantag till och med ${longDate(until)}`,
    unreachable: 'Går inte att nå: det finns ingen e-postadress',
  },
  jobLine: (title: string, unit: string) => `${title}, ${unit}`,
  send: 'Skicka påminnelser',
  sent: (count: number) =>
    count === 1 ? '1 påminnelse skickas.' : `${wholeNumber(count)} påminnelser skickas.`,
  sentNone:
    'Ingen påminnelse skickas. De du valde har nyss fått en, har fått undantag eller har hunnit bli klara.',
  errorTitle: 'Inget har skickats',
  nobodyChosen: 'Kryssa för minst en person.',
  noMail: 'Det går inte att skicka påminnelser just nu.',
  toList: 'Till listan över medarbetare',
} as const;
