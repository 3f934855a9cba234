function progressAgain(done: number, of: number): string {
  return done === 0
    ? `Gör kunskapskontrollerna i de ${of} delarna igen, så gäller den på nytt.`
    : `Du har klarat ${done} av ${of} delar igen.`;
}

/** Words of /min-sida. */
export const myPage = {
  title: 'Min sida',
  signOut: 'Logga ut',
  courseTitle: 'Grundkursen',
  progress: (done: number, of: number) =>
    done === 0
      ? 'Du har inte börjat än. Ta den första delen när det passar dig.'
      : `Du har klarat ${done} av ${of} delar.`,
  courseDone: 'Du har genomfört grundkursen.',
  courseCredited:
    'Du har genomfört grundkursen. Vill du friska upp minnet kan du läsa och göra delarna igen.',
  countsUntil: (date: string) => `Gäller till och med ${date}`,
  renewNow: (date: string) => `Dags att förnya: gäller till och med ${date}`,
  ranOut: (date: string) => `Gick ut ${date}`,
  courseRenew: (date: string, done: number, of: number) =>
    `Dags att förnya: grundkursen gäller till och med ${date}. ${progressAgain(done, of)}`,
  courseRanOut: (date: string, done: number, of: number) =>
    `Grundkursen gick ut ${date}. ${progressAgain(done, of)}`,
  start: (number: number, title: string) => `Börja med del ${number}: ${title}`,
  goOn: (number: number, title: string) => `Fortsätt med del ${number}: ${title}`,
  certificate: 'Visa ditt intyg',
  toFordjupning: 'Gå vidare till fördjupningarna',
  completedTitle: 'Det du har genomfört',
  completedEmpty: 'Här samlas det du har klarat, med datum. Det finns kvar även om du byter enhet.',
  what: 'Vad',
  version: 'Version',
  date: 'Datum',
  how: 'Hur',
  method: { online: 'Här på webben', session: 'Utbildningstillfälle', import: 'Tillgodoräknad' },
  source: (method: string, source: string) => `${method}: ${source}`,
  creditReason: (reason: string) => `Skäl: ${reason}`,
  voided: (reason: string) => `Gäller inte längre: ${reason}`,
  part: (number: number, title: string) => `Del ${number}: ${title}`,
  attemptsTitle: 'Dina försök',
  attemptsSeen: 'Bara du ser dem.',
  attemptsOf: (count: number) => (count === 1 ? '1 försök' : `${count} försök`),
  score: (correct: number, questions: number) => `${correct} av ${questions} rätt`,
  passed: 'Godkänt',
  notPassed: 'Inte godkänt',
  show: 'Visa svaren',
  fordjupningTitle: 'Fördjupning',
  fordjupningOpen: 'Öppen för dig',
  fordjupningDone: 'Genomförd',
  fordjupningLocked: 'Öppnas när grundkursen är genomförd',
  looksTitle: 'Vem har sett dig i en lista',
  looksLead:
    'En chef, eller hens ersättare, kan se hur det står till med de kurser som krävs i den egna enheten, på skärmen och som fil. En samordnare kan slå upp dig för att tillgodoräkna eller rätta något. Den som ordnar ett utbildningstillfälle ser vilka som är anmälda. Varje gång det händer skrivs det upp här.',
  looksEmpty: 'Ingen har öppnat en lista där du står.',
  looksLatest: (count: number) =>
    count === 1 ? 'Det har hänt en gång.' : `De ${count} senaste gångerna visas.`,
  someManager: 'en chef',
  someCoordinator: 'en samordnare',
  lookToCorrect: 'Tillgodoräknat och rättat',
  lookAtEvent: 'Anmälda till ett utbildningstillfälle',
  viewer: 'Vem',
  unit: 'Enhet',
  rolesTitle: 'Dina uppdrag',
  manager: ['Din enhet', 'Se vilka som har genomfört kursen.'],
  samordnare: ['Samordning', 'Indikator, mål och årets siffror.'],
  redaktor: ['Redaktion', 'Kursens innehåll och versioner.'],
  admin: ['Administration', 'Konton, inläsning av filer och drift.'],
} as const;
