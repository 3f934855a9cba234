import { longDate } from './common.ts';

const NUMBERS = [
  'noll',
  'ett',
  'två',
  'tre',
  'fyra',
  'fem',
  'sex',
  'sju',
  'åtta',
  'nio',
  'tio',
  'elva',
  'tolv',
];
const inWords = (count: number) => NUMBERS[count] ?? String(count);
const sectionCount = (count: number) => `${inWords(count)} avsnitt`;
const questionCount = (count: number) => (count === 1 ? 'en fråga' : `${inWords(count)} frågor`);
const minuteCount = (minutes: number) => (minutes === 1 ? '1 minut' : `${minutes} minuter`);
const named = (titles: readonly string[]) => titles.map((title) => `”${title}”`).join(', ');

/** What an editor is told of a version that is to be a new requirement. */
export const refresherProblems = {
  nothing:
    'Inget avsnitt och ingen fråga skiljer sig från den version som läsarna har i dag. Det finns alltså inget nytt att gå igenom.',
  notAsked: (titles: readonly string[]) =>
    `Ingen fråga i kunskapskontrollen handlar om ${named(titles)}, som är nytt eller ändrat. Skriv minst en fråga om det, så kan de som redan har genomfört modulen visa att de kan det nya.`,
} as const;

/** Words of a refresher: what has changed in a module since a person completed it. */
export const refresher = {
  title: (name: string) => `Det nya i ${name}`,
  kicker: 'Repetition',
  description: 'Bara det som har ändrats sedan du genomförde modulen, och frågor om det.',
  offerTitle: (name: string) => `${name} har fått nytt innehåll`,
  /** What there is to do; `until` null: by no set day. */
  todo: (sections: number, minutes: number, until: string | null) =>
    `Du behöver ${
      sections === 0 ? 'svara på frågor om det nya' : `gå igenom ${sectionCount(sections)}`
    }, ungefär ${minuteCount(minutes)}${until === null ? '' : `, senast ${longDate(until)}`}.`,
  overdue: (sections: number, minutes: number, until: string) =>
    `Det du har genomfört räknades till och med ${longDate(until)}. Du behöver ${
      sections === 0 ? 'svara på frågor om det nya' : `gå igenom ${sectionCount(sections)}`
    }, ungefär ${minuteCount(minutes)}, så räknas det igen.`,
  wholeTodo: (until: string | null) =>
    `Du behöver gå igenom innehållet och göra kunskapskontrollen igen${
      until === null ? '' : `, senast ${longDate(until)}`
    }.`,
  wholeOverdue: (until: string) =>
    `Det du har genomfört räknades till och med ${longDate(until)}. Gå igenom innehållet och gör kunskapskontrollen igen, så räknas det på nytt.`,
  courseRanOut: (date: string) =>
    `Grundkursen gick ut ${date}. Gå igenom det som är nytt, så gäller den på nytt.`,
  optional: (sections: number, minutes: number) =>
    `Det du har genomfört räknas som förut. Vill du ta del av det nya är det ${
      sections === 0 ? 'några frågor' : sectionCount(sections)
    }, ungefär ${minuteCount(minutes)}.`,
  optionalWhole: 'Det du har genomfört räknas som förut. Vill du kan du ta del av det nya.',
  begin: 'Gå igenom det nya',
  ofModule: (name: string) => `i ${name}`,
  toModule: 'Ta hela i stället',
  why: 'Sedan du gick igenom innehållet har något väsentligt ändrats. Det du har genomfört står kvar, och du behöver inte göra om resten.',
  changedTitle: 'Det här är ändrat',
  changedNote: 'Här visas hela avsnitten som är nya eller ändrade. Resten av innehållet är som förut.',
  noSection: 'Ingen text att läsa har ändrats, men frågor i kunskapskontrollen är nya.',
  isNew: 'Nytt avsnitt',
  isChanged: 'Ändrat avsnitt',
  quizTitle: 'Frågor om det nya',
  quizLead: (count: number, required: number) =>
    `${questionCount(count)[0]!.toUpperCase()}${questionCount(count).slice(1)}. Du klarar repetitionen med ${
      required === count ? (count === 1 ? 'rätt svar' : 'alla rätt') : `minst ${required} rätt`
    }, och kan försöka hur många gånger du vill. Bara du ser dina svar.`,
  wholeQuizTitle: 'Kunskapskontrollen',
  wholeQuizLead: (count: number, required: number) =>
    `Det finns inga frågor om bara det nya, så här är hela kunskapskontrollen: ${questionCount(count)}. Du klarar den med minst ${required} rätt. Bara du ser dina svar.`,
  resultTitle: 'Resultat',
  retry: 'Försök igen',
  saved: (name: string) => `Resultatet är sparat, och du har genomfört ${name} som den är nu.`,
  courseAnew: 'Därmed gäller också grundkursen på nytt.',
  following: (name: string) => `Gå vidare till det nya i ${name}`,
  toQuestions: 'Till frågorna',
  noneTitle: 'Här finns inget att repetera',
  noneLead: 'Du har redan det som är nytt, eller så har inget ändrats som du behöver gå igenom.',
  unknownLead:
    'Vi vet inte vad som är nytt för dig, eftersom texten du läste inte är sparad. Gå igenom hela innehållet och gör kunskapskontrollen igen.',
  toMyPage: 'Till Min sida',
  whole: 'Gå igenom innehållet',
} as const;

/** Words of the pages with earlier versions. */
export const earlier = {
  title: (name: string, version: number) => `${name}, version ${version}`,
  kicker: (version: number) => `Version ${version}`,
  noticeTitle: 'Det här är en tidigare version',
  notice: (published: string, until: string | null) =>
    until === null
      ? `Så såg innehållet ut ${longDate(published)}. Det har ändrats sedan dess.`
      : `Så såg innehållet ut från ${longDate(published)} till ${longDate(until)}.`,
  currentTitle: 'Det här är den version som gäller nu',
  current: (published: string) => `Den har gällt sedan ${longDate(published)}.`,
  toCurrent: 'Till det som gäller nu',
  completed: (day: string) => `Du genomförde den ${longDate(day)}.`,
  voided: 'Ditt genomförande av den räknas inte längre.',
  factsAt: (day: string) => `Lagar, kontakter och siffror visas som de var ${longDate(day)}.`,
  factsUnknown:
    'Lagar, kontakter och siffror visas som de är i dag, eftersom äldre uppgifter inte finns kvar.',
  onlyTitle: 'Av den här versionen finns bara rubriken och frågorna kvar. Texten sparades inte på den tiden.',
  onlyCourse: 'Vilka versioner av delarna som hörde till den här versionen finns inte sparat.',
  partsTitle: 'Delarna i den här versionen',
  partVersion: (version: number) => `version ${version}`,
  questionsTitle: 'Frågorna i kunskapskontrollen',
  questionsOwn: 'Vilka svar som var rätt står på sidan med dina svar.',
  toAnswers: 'Dina svar på Min sida',
  questionsKey: 'Med facit och återkoppling. Visas bara för dig som arbetar med kursen.',
  right: 'Rätt svar',
  chooseOne: 'Ett svar',
  chooseAll: 'Flera svar',
  link: 'Så såg den ut då',
} as const;
