import { longDate, wholeNumber } from './common.ts';

const WEEKDAY = new Intl.DateTimeFormat('sv-SE', { weekday: 'long', timeZone: 'Europe/Stockholm' });
const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Stockholm',
});

/** `tisdag 14 mars 2028 kl. 13:00–15:00`, the times kept together on a line. */
export function eventTime(startsAt: Date, endsAt: Date): string {
  return `${WEEKDAY.format(startsAt)} ${longDate(startsAt)} kl.\u00a0${CLOCK.format(startsAt)}\u2060–\u2060${CLOCK.format(endsAt)}`;
}

const people = (count: number) => `${wholeNumber(count)} ${count === 1 ? 'person' : 'personer'}`;

/** Words of the training occasions. */
export const events = {
  title: 'Utbildningstillfällen',
  kicker: 'Tillsammans på plats eller över länk',
  description: 'Lärarledda utbildningar som du kan anmäla dig till.',
  lead: 'Här anmäler du dig till lärarledda utbildningar. Är det fullt ställs du i kö, och får mejl om du får en plats.',
  coming: 'Kommande tillfällen',
  noneComing:
    'Inget tillfälle är inlagt just nu. Du kan när som helst gå kursen på egen hand här på webbplatsen.',
  past: 'Tidigare tillfällen',
  pastLead: (days: number) =>
    `Närvaron kan ändras i ${days} dagar efter tillfället. Bara den som ordnar tillfällen ser den här listan.`,
  nonePast: 'Inget tillfälle har varit än.',
  toCourse: 'Till kursen',
  create: 'Lägg in ett tillfälle',
  when: 'När',
  what: 'Vad',
  where: 'Var',
  audience: 'För vem',
  teacher: 'Lärare',
  note: 'Bra att veta',
  places: 'Platser',
  byLink: 'Över länk',
  link: 'Länk till mötet',
  linkLater: 'Länken visas här när du har en plats.',
  placesLeft: (left: number | null) => {
    if (left === null) return 'Det finns plats för alla';
    if (left === 0) return 'Fullt, men du kan ställa dig i kö';
    return left === 1 ? '1 plats kvar' : `${wholeNumber(left)} platser kvar`;
  },
  cancelled: 'Inställt',
  cancelledBecause: (reason: string) => `Inställt: ${reason}`,
  started: 'Anmälan är stängd, tillfället har börjat.',
  signUp: 'Anmäl mig',
  joinQueue: 'Ställ mig i kö',
  withdraw: 'Ta tillbaka min anmälan',
  youHavePlace: 'Du har en plats',
  youWait: (queue: number) => `Du står på plats ${wholeNumber(queue)} i kön`,
  youWithdrew: 'Din anmälan är borttagen.',
  signedUpNow: 'Du är anmäld.',
  limited: 'Du har anmält dig och ångrat dig många gånger på kort tid. Vänta några minuter och försök igen.',
  tooLate: 'Det går inte att anmäla sig eller ta tillbaka sin anmälan längre.',
  calendar: 'Lägg i kalendern',
  calendarHint: 'I kalendern står bara ”Utbildning” och tiden, så att andra som ser den inte får veta mer.',
  seenBy:
    'Den som leder tillfället ser ditt namn i listan över anmälda, för att kunna skriva upp vilka som kom. Andra deltagare ser det inte.',
  seenByProtected:
    'Du har skyddade uppgifter. Den som leder tillfället ser bara att någon med skyddade uppgifter är anmäld, inte vem. På plats sägs en kod högt. Skriv in den här, så blir din närvaro registrerad.',
  courseFirst: 'Fördjupningen bygger på grundkursen. Gå gärna den först.',
  codeLabel: 'Koden från tillfället',
  codeHelp: 'Sex bokstäver. Du kan skriva in den till och med 30 dagar efter tillfället.',
  codeSubmit: 'Registrera min närvaro',
  codeWrong: 'Koden stämmer inte. Kontrollera bokstäverna och försök igen.',
  codeLimited: 'Det blev många försök. Vänta några minuter och försök igen.',
  codeDone: 'Din närvaro är registrerad. Den syns på Min sida.',
  errorTitle: 'Det gick inte',
  ownTitle: 'Dina utbildningstillfällen',
  ownNone: 'Du är inte anmäld till något tillfälle.',
  toAll: 'Se alla utbildningstillfällen',
  toMeetings: 'Gå en del tillsammans på arbetsplatsträffen',
  forCreators: 'För dig som ordnar',
  attendance: 'Närvaro',
  attendanceOf: (title: string) => `Närvaro vid ${title}`,
  change: 'Ändra eller ställ in',
  signedUp: (count: number, waiting: number) =>
    `${people(count)} ${count === 1 ? 'är anmäld' : 'är anmälda'}${waiting > 0 ? `, ${waiting} av dem i kön` : ''}.`,
  errors: {
    module: 'Välj vad tillfället handlar om.',
    unknownModule: 'Välj något av det som finns i listan.',
    title: 'Skriv ett namn på tillfället.',
    date: 'Välj en dag, skriven ÅÅÅÅ-MM-DD.',
    past: 'Tillfället måste börja senare än nu.',
    tooFar: 'Dagen ligger mer än två år fram. Kontrollera året.',
    from: 'Skriv när det börjar, till exempel 13:00.',
    to: 'Skriv när det slutar, till exempel 15:30.',
    endsBefore: 'Sluttiden måste vara senare än starttiden.',
    somewhere: 'Skriv en plats eller en länk, eller båda.',
    link: 'Länken måste börja med https:// och vara en hel adress.',
    places: 'Skriv ett helt tal från 1 till 500, eller lämna tomt.',
    tooFewPlaces: (taken: number) =>
      `${wholeNumber(taken)} har redan fått en plats. Skriv minst det talet, eller lämna tomt.`,
    tooLong: (longest: number) => `Texten är för lång. Den får vara högst ${longest} tecken.`,
    reason: 'Skriv varför tillfället ställs in, med minst 3 och högst 300 tecken.',
    tooMany: 'Det finns redan så många kommande tillfällen som får plats. Ställ in något först.',
    movedTooOften:
      'Tillfället har flyttats många gånger på kort tid, och varje gång går det mejl till alla anmälda. Vänta en stund och försök igen.',
    begun: 'Tillfället har börjat eller är inställt, så det går inte att ändra.',
  },
} as const;

/** Words of the form where an occasion is made, changed and cancelled. */
export const eventForm = {
  newTitle: 'Nytt utbildningstillfälle',
  changeTitle: 'Ändra tillfället',
  choose: 'Välj',
  required: 'Fält utan ”frivilligt” måste fyllas i.',
  module: 'Vad det handlar om',
  moduleHelp: 'Den som är med får det här registrerat som genomfört.',
  title: 'Namn på tillfället',
  date: 'Dag',
  from: 'Från klockan',
  to: 'Till klockan',
  place: 'Plats',
  placeHelp: 'Rum eller adress. Skriv aldrig adressen till ett skyddat boende.',
  link: 'Länk till mötet (frivilligt)',
  linkHelp: 'Börjar med https://. Visas bara för den som har en plats.',
  places: 'Antal platser (frivilligt)',
  placesHelp: 'Från 1 till 500. Tomt: ingen gräns.',
  audience: 'För vem (frivilligt)',
  teacher: 'Lärare (frivilligt)',
  teacherHelp: 'Till exempel Resursteam heder.',
  note: 'Bra att veta (frivilligt)',
  create: 'Lägg in tillfället',
  save: 'Spara ändringen',
  back: 'Tillbaka utan att spara',
  mails: (count: number) =>
    count === 0
      ? 'Ingen är anmäld än, så inget mejl skickas.'
      : `Ändrar du dag, tid, plats eller länk får ${people(count)} mejl: alla som är anmälda eller står i kö.`,
  noMailServer:
    'Ingen mejlserver är inställd, så mejlen går inte i väg. Berätta för dem som är anmälda på annat sätt.',
  cancelTitle: 'Ställ in tillfället',
  cancelLead: (count: number) =>
    count === 0
      ? 'Ingen är anmäld. Tillfället försvinner ur listan.'
      : `${people(count)} får mejl om att tillfället är inställt. Skälet visas när de har loggat in.`,
  reason: 'Varför ställs det in?',
  cancel: (count: number) => (count === 0 ? 'Ställ in tillfället' : `Ställ in och mejla ${people(count)}`),
  created: 'Tillfället är inlagt.',
  saved: 'Ändringen är sparad.',
  cancelDone: 'Tillfället är inställt.',
  errorTitle: 'Något behöver rättas',
} as const;

/** Words of the attendance list. */
export const attendanceWords = {
  title: 'Närvaro',
  lead: 'Tryck på en person när hen har kommit. Den som är med får utbildningen registrerad som genomförd.',
  notYet: (time: string) => `Närvaron öppnar när tillfället börjar, ${time}.`,
  closed: 'Närvaron är stängd. Behöver något rättas, vänd dig till samordnaren.',
  cancelled: 'Tillfället är inställt, så ingen närvaro kan registreras.',
  closesOn: (date: string) => `Du kan ändra till och med ${date}.`,
  count: (present: number, of: number) => `${wholeNumber(present)} av ${wholeNumber(of)} är registrerade`,
  present: 'Här',
  absent: 'Inte registrerad',
  waiting: 'I kön',
  walkIn: 'Utan anmälan',
  nobody: 'Ingen är anmäld. Kom någon ändå? Lägg till personen nedan.',
  protectedTitle: 'Personer med skyddade uppgifter',
  protectedRow: (count: number) =>
    count === 1
      ? '1 person med skyddade uppgifter är anmäld.'
      : `${wholeNumber(count)} personer med skyddade uppgifter är anmälda.`,
  protectedHow:
    'Säg koden högt, eller visa den, för alla i rummet. Den som har skyddade uppgifter skriver in den på sin egen sida. Du ska inte fråga vem det är.',
  code: 'Dagens kod',
  addTitle: 'Kom utan anmälan',
  addLabel: 'Anställningsnummer eller e-post i arbetet',
  add: 'Registrera närvaro',
  added:
    'Finns personen i registret är närvaron nu registrerad. Syns personen ändå inte i listan kan uppgiften vara felskriven, eller så har personen skyddade uppgifter.',
  addInvalid: 'Skriv ett anställningsnummer eller en e-postadress.',
  addLimited: 'Det blev många försök. Vänta någon minut och försök igen.',
  logged: 'Varje gång du öppnar listan antecknas det. De som står i den kan se det på Min sida.',
  voidReason: 'Närvaron togs tillbaka',
  courseVoidReason: 'En del som grundkursen bygger på räknas inte längre',
  source: (date: string) => `Utbildningstillfälle ${date}`,
} as const;

/** The name an occasion has in a calendar, which others may see over one's shoulder. */
export const calendarWords = { summary: 'Utbildning', file: 'utbildning.ics' } as const;
