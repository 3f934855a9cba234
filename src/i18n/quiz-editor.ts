import type { Unfinished } from '#src/features/editor/quiz-edit.ts';

const LIST = new Intl.ListFormat('sv-SE', { type: 'conjunction' });

const TO_DO: Record<keyof Unfinished, string> = {
  prompt: 'skriv frågan',
  section: 'välj avsnitt',
  options: 'skriv minst två svar, alla med text',
  right: 'markera vad som är rätt',
  feedback: 'skriv återkoppling till varje svar',
};

/** Words of the form where a knowledge check is written. They go to the browser with it. */
export const quizEditor = {
  needsScript:
    'Formuläret för frågor behöver JavaScript, så att det du skriver kan sparas medan du skriver. Slå på JavaScript och ladda om sidan.',
  passTitle: 'För godkänt',
  passMark: 'Andel rätt som krävs, i procent',
  passHelp: 'Kursens delar har 80.',
  passError: 'Skriv ett helt tal från 1 till 100.',
  passMeans: (right: number, of: number) =>
    of === 0 ? 'Räknas ut när det finns frågor.' : `Det blir minst ${right} rätt av ${of}.`,
  checkTitle: 'Att se över i hela kunskapskontrollen',
  questionsTitle: 'Frågor',
  questionsHelp:
    'Åtta till tio frågor, minst tre om en situation och minst en om varje avsnitt. Svaren visas i blandad ordning för den som har JavaScript.',
  empty: 'Här finns inga frågor än.',
  add: 'Lägg till en fråga',
  full: (most: number) => `Det finns ${most} frågor. Ta bort en för att få plats med en till.`,
  openAll: 'Öppna alla',
  closeAll: 'Stäng alla',
  question: (number: number) => `Fråga ${number}`,
  unwritten: 'Ingen text än',
  toDo: (unfinished: Unfinished) => {
    const left = (Object.keys(TO_DO) as (keyof Unfinished)[]).filter((key) => unfinished[key]);
    return left.length === 0 ? '' : `Kvar att göra: ${LIST.format(left.map((key) => TO_DO[key]))}.`;
  },
  unfinished: 'Inte klar',
  finished: 'Klar',
  adviceCount: (count: number) => (count === 1 ? '1 råd' : `${count} råd`),
  prompt: 'Frågan',
  promptHelp: 'Pröva ett beslut, inte ett ord ur texten. Gärna: vad som händer, och sedan ”Vad gör du?”',
  type: 'Typ av fråga',
  types: { single: 'Ett rätt svar', multiple: 'Flera rätta svar' },
  typeHelp: 'Vid flera rätta svar: säg i frågan hur många, till exempel ”Välj två.”',
  situation: 'Frågan börjar i en situation',
  section: 'Avsnitt att läsa',
  sectionHelp: 'Den som svarar fel får en länk dit.',
  chooseSection: 'Välj avsnitt',
  goneSection: 'Avsnittet finns inte längre',
  options: 'Svar',
  optionsHelp: 'Tre eller fyra svar, ungefär lika långa, som alla går att tro på.',
  option: (number: number) => `Svar ${number}`,
  optionText: 'Svaret',
  isRight: 'Rätt svar',
  isRightOf: (number: number) => `Svar ${number} är rätt`,
  feedback: 'Återkoppling',
  addOption: 'Lägg till ett svar',
  fullOptions: (most: number) => `En fråga har högst ${most} svar.`,
  fewOptions: (least: number) => `En fråga har minst ${least} svar.`,
  up: 'Flytta upp',
  down: 'Flytta ned',
  copy: 'Kopiera',
  remove: 'Ta bort',
  undo: 'Ångra',
  /** After a verb, for those who do not see what a button stands beside: "Ta bort fråga 3". */
  of: (what: string) => ` ${what.toLowerCase()}`,
  to: (what: string) => ` till ${what.toLowerCase()}`,
  preview: 'Så ser frågan ut',
  previewHelp: 'Prova att svara. Återkopplingen visas under svaren; i kursen kommer den efter rättningen.',
  previewEmpty: 'Skriv frågan och minst två svar, så visas den här.',
  countingTitle: 'När är det en ny fråga?',
  counting:
    'Statistiken över vad som missförstås hör till frågan. Rättar du ett ord eller gör texten tydligare är det samma fråga. Ändrar du vad den prövar, eller vad ett svar betyder, är det en ny fråga: annars blandas gamla svar med nya.',
  countAnew: 'Räkna som en ny fråga',
  countedAnew:
    'Räknas som en ny fråga. De gamla svaren finns kvar i statistiken för den version de hör till.',
  // What has happened, read out.
  added: (number: number) => `Fråga ${number} är tillagd.`,
  copied: (from: number, number: number) => `Fråga ${number} är en kopia av fråga ${from}.`,
  moved: (number: number, of: number) => `Nu är det fråga ${number} av ${of}.`,
  removed: (number: number) => `Fråga ${number} är borttagen.`,
  restored: (number: number) => `Fråga ${number} är tillbaka.`,
  addedOption: (number: number) => `Svar ${number} är tillagt.`,
  movedOption: (number: number, of: number) => `Nu är det svar ${number} av ${of}.`,
  removedOption: (number: number) => `Svar ${number} är borttaget.`,
  restoredOption: (number: number) => `Svar ${number} är tillbaka.`,
  firstAlready: 'Det står redan först.',
  lastAlready: 'Det står redan sist.',
  narrowed: 'Frågan har nu ett rätt svar. Det första av dem är markerat.',
} as const;

/** Words of the form for what a workplace talks about. */
export const discussionEditor = {
  none: 'Modulen har inga samtalsfrågor. De visas när en arbetsgrupp går modulen tillsammans, och står i handledningen som går att skriva ut.',
  start: 'Skriv samtalsfrågor',
  removeAll: 'Ta bort alla samtalsfrågor',
  removedAll: 'Samtalsfrågorna är borttagna.',
  undo: 'Ångra',
  restored: 'Det är tillbaka.',
  adviceTitle: 'Råd till den som leder',
  adviceHelp:
    'Två till sex råd: att det är frivilligt att dela, att ingen berättar om sig själv, att stöd finns nära till hands.',
  advice: (number: number) => `Råd ${number}`,
  sectionTitle: (title: string) => `Frågor till ”${title}”`,
  sectionHelp: 'Två eller tre öppna frågor om arbetet. Fråga aldrig efter någons egna erfarenheter.',
  goneTitle: 'Frågor till ett avsnitt som inte finns längre',
  goneHelp: 'Flytta det du vill ha kvar till ett annat avsnitt, och ta sedan bort frågorna här.',
  question: (number: number) => `Fråga ${number}`,
  closingTitle: 'Frågor till sist',
  closingHelp: 'En till tre frågor om vad gruppen tar med sig.',
  add: 'Lägg till',
  addTo: (title: string) => `i: ${title}`,
  full: (most: number) => `Högst ${most} får plats.`,
  few: (least: number) => (least === 1 ? 'Minst en behövs.' : `Minst ${least} behövs.`),
  noMark: 'Avsluta frågan med ett frågetecken.',
  added: (what: string) => `${what} är tillagt.`,
  movedTo: (what: string) => `Nu är det ${what.toLowerCase()}.`,
  removed: (what: string) => `${what} är borttaget.`,
} as const;
