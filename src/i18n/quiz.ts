/** Words of the knowledge check. The first part goes to the browser with the island; keep it short. */
export const quizForm = {
  number: (number: number) => `Fråga ${number}`,
  progress: (number: number, of: number) => `Fråga ${number} av ${of}`,
  chooseOne: 'Välj ett svar.',
  chooseAll: 'Välj alla svar som stämmer. Det kan vara fler än ett.',
  unanswered: 'Inget svar än',
  previous: 'Föregående',
  next: 'Nästa',
  review: 'Se över svaren',
  reviewTitle: 'Se över dina svar',
  reviewHint: 'Du kan ändra innan du lämnar in.',
  change: 'Ändra',
  changeOf: (number: number) => `svaret på fråga ${number}`,
  submit: 'Rätta mina svar',
  submitting: 'Rättar …',
  startOver: 'Töm svaren och börja om',
  missing: (numbers: readonly number[]) => `Du har inte svarat på fråga ${listed(numbers)}.`,
  missingHere: 'Den här frågan saknar svar.',
} as const;

/** `3`, `3 och 7`, `3, 5 och 7` */
function listed(numbers: readonly number[]): string {
  const last = numbers.at(-1) ?? '';
  return numbers.length < 2 ? `${last}` : `${numbers.slice(0, -1).join(', ')} och ${last}`;
}

/** Words of the pages around it; these stay on the server. */
export const quizPage = {
  title: 'Kunskapskontroll',
  titleOf: (name: string) => `Kunskapskontroll: ${name}`,
  intro: (questions: number, required: number) =>
    `${questions} frågor. Du klarar kontrollen med minst ${required} rätt, och du får försöka så många gånger du vill.`,
  howSeen: 'Bara du ser dina svar. Din chef ser att kursen är genomförd, aldrig svar eller poäng.',
  signedOut:
    'Du kan läsa och svara nu. För att kontrollen ska räknas loggar du in när du är klar; svaren följer med.',
  waitingTitle: 'Du har svar som väntar',
  waiting: 'Logga in, så kan du låta rätta dem.',
  signIn: 'Logga in',
  keptTitle: 'Dina svar finns kvar',
  kept: 'Nu är du inloggad. Se över svaren om du vill och låt sedan rätta dem.',
  errorTitle: 'Något saknas',
  errorHint: 'Inget är inlämnat än. Dina andra svar finns kvar.',
  toQuestion: (number: number) => `Till fråga ${number}`,
} as const;

/** Words where answers were not taken in. */
export const quizRefusals = {
  invalid: {
    title: 'Svaren gick inte att läsa',
    lead: 'Det som kom fram stämmer inte med frågorna. Inget har sparats. Öppna kunskapskontrollen igen och svara på nytt.',
    onward: 'Öppna kunskapskontrollen',
  },
  'already-graded': {
    title: 'Svaren till den här inlämningen är redan rättade',
    lead: 'Rättade svar ändras inte. Vill du svara på ett annat sätt gör du ett nytt försök.',
    onward: 'Gör ett nytt försök',
    toResult: 'Se resultatet',
  },
  'sign-in-first': {
    title: 'Logga in innan du lämnar in',
    lead: 'Just nu väntar många svar på att någon ska logga in, så dina kunde inte sparas. Gå tillbaka i webbläsaren så finns de kvar, eller logga in och svara igen.',
    onward: 'Logga in',
  },
} as const;

/** Words of the result page. */
export const quizResult = {
  title: 'Resultat',
  passed: 'Godkänt',
  notPassed: 'Inte godkänt än',
  score: (correct: number, questions: number) => `Du hade rätt på ${correct} av ${questions} frågor.`,
  needed: (required: number) =>
    `För godkänt behövs ${required} rätt. Läs det som står vid frågorna nedan och försök igen när du vill.`,
  saved: 'Resultatet är sparat.',
  courseDone: (hasCertificate: boolean) =>
    `Du har genomfört grundkursen.${hasCertificate ? ' Ditt intyg är klart.' : ''}`,
  toCertificate: 'Visa ditt intyg',
  nextPart: (number: number, title: string) => `Gå vidare till del ${number}: ${title}`,
  toMyPage: 'Till Min sida',
  retry: 'Försök igen',
  reread: 'Läs delen igen',
  rereadModule: 'Läs fördjupningen igen',
  toFordjupningar: 'Till fördjupningarna',
  answersTitle: 'Dina svar',
  right: 'Rätt',
  wrong: 'Inte rätt',
  youChose: 'Du valde',
  alsoRight: 'Det här var också rätt',
  wasRight: 'Rätt svar',
  notExact: 'Alla svar som stämmer ska vara valda, och inga andra.',
  readMore: 'Läs mer:',
} as const;
