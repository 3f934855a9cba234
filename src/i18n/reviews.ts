import { paths } from '#src/lib/paths.ts';
import { longTime, wholeNumber } from './common.ts';

/** `av dig`, not `av du`. */
const by = (who: string) => (who === 'du' ? 'dig' : who);
const firstUpper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Words about handing in and deciding. */
export const reviewWords = {
  title: 'Granskning',
  titleOf: (title: string) => `Granskning: ${title}`,
  kicker: 'För dig som är redaktör',
  description: 'Lämna in, granska och publicera.',
  factsTitle: 'Fakta',
  none: 'Det finns inget utkast att granska.',
  noneHelp: 'Börja med att öppna ett utkast och skriva i det.',
  toHome: (subject: string) => (subject === 'fakta' ? 'Till fakta' : 'Till modulen'),
  home: (subject: string) => (subject === 'fakta' ? '/redaktor/fakta' : paths.moduleDraft(subject)),
  states: {
    writing: 'Utkastet är under arbete. Det är inte inlämnat för granskning.',
    review: (who: string, at: Date) =>
      `${firstUpper(who)} lämnade in utkastet ${longTime(at)}. Det väntar på granskning.`,
    approved: (who: string, at: Date) =>
      `${firstUpper(who)} godkände utkastet ${longTime(at)}. Det kan publiceras.`,
    returned: (who: string, at: Date) => `${firstUpper(who)} skickade tillbaka utkastet ${longTime(at)}.`,
    withdrawn: 'Utkastet har ändrats sedan det lämnades in. Lämna in det igen när det är klart.',
    waiting: (at: Date) => `Utkastet är godkänt och publiceras ${longTime(at)}.`,
    building: 'Utkastet publiceras just nu.',
    failed: 'Det gick inte att publicera. Läsarna ser sidorna som de var.',
  },
  changesTitle: 'Det här är ändrat',
  changesLead: 'Jämfört med det som är publicerat. Borttaget är överstruket, nytt är understruket.',
  noChanges: 'Inget är ändrat jämfört med det som är publicerat.',
  isNew: 'Allt är nytt: modulen är inte publicerad.',
  removed: 'Borttaget:',
  added: 'Nytt:',
  endOfChange: 'slut på ändringen',
  kinds: { added: 'nytt', removed: 'borttaget', changed: 'ändrat' },
  formOnly: 'Texten är densamma. Något i hur den ser ut är ändrat, till exempel fetstil.',
  moreChanges: (count: number) => `${wholeNumber(count)} ändringar till visas inte här.`,
  warningsTitle: 'Råd från kontrollen',
  noWarnings: 'Kontrollen har inga råd.',
  errorsTitle: 'Det här måste rättas först',
  seePlace: 'Till stället',
  preview: 'Förhandsvisning',
  authorsTitle: 'Det här har skrivits av',
  names: (names: readonly string[]) => firstUpper(names.join(', ')),
  nobody: 'Ingen har skrivit något än.',
  someone: 'en kollega',
  commandLine: 'kommandoraden',
  you: 'du',
  nothingToSubmit: 'När något är ändrat går det att lämna in utkastet för granskning här.',
  submitTitle: 'Lämna in för granskning',
  submitLead:
    'Kontrollen körs först. Sedan läser en kollega som inte har skrivit i utkastet. Ändrar någon texten efter det måste den lämnas in igen.',
  noteLabel: 'Något som granskaren bör veta? (frivilligt)',
  submit: 'Kontrollera och lämna in',
  decideTitle: 'Din granskning',
  waitsTitle: 'Väntar på granskning',
  decideLead: 'Läs det som är ändrat ovan. När du godkänner kan det publiceras, bokstav för bokstav.',
  commentLabel: 'Kommentar',
  commentHelp: 'Behövs om du skickar tillbaka utkastet: skriv vad som ska ändras.',
  approve: 'Godkänn',
  giveBack: 'Skicka tillbaka',
  withdraw: 'Ta tillbaka från granskning',
  withdrawLead: 'Tar du tillbaka utkastet går det att skriva vidare. Det som lämnades in gäller inte längre.',
  obstacles: {
    'submitted-it': 'Du lämnade in utkastet. Någon annan behöver granska det.',
    'wrote-in-it': 'Du har skrivit i utkastet. Någon annan behöver granska det.',
  },
  historyTitle: 'Tidigare granskningar',
  noteBy: (who: string) => `${firstUpper(who)} skriver:`,
  byAt: (who: string, at: Date) => `av ${by(who)} ${longTime(at)}`,
  submittedBy: (who: string, at: string) => `Inlämnat av ${by(who)} ${at}`,
  decisions: { approved: 'Godkänt', returned: 'Skickat tillbaka', withdrawn: 'Drogs tillbaka' },
  done: {
    inlamnat: 'Utkastet är inlämnat för granskning.',
    godkant: 'Utkastet är godkänt.',
    tillbaka: 'Utkastet är skickat tillbaka med din kommentar.',
    aterkallat: 'Utkastet är tillbaka hos er som skriver.',
    avbrutet: 'Publiceringen är avbruten. Utkastet är fortfarande godkänt.',
  } as Partial<Record<string, string>>,
  problems: {
    changed: 'Någon skrev i utkastet medan det kontrollerades. Prova igen.',
    already: 'Utkastet är redan inlämnat.',
    gone: 'Utkastet finns inte längre.',
    stale: 'Utkastet har ändrats eller är redan avgjort. Här är läget nu.',
    'comment-missing': 'Skriv vad som ska ändras, så att den som har skrivit vet.',
    'too-late': 'Publiceringen har redan börjat och går inte att avbryta.',
    waiting: 'Utkastet väntar på att publiceras. Avbryt publiceringen först.',
    long: 'Skriv högst 2 000 tecken.',
  },
  stopped: (count: number) =>
    count === 1
      ? 'Utkastet är inte inlämnat. Ett fel måste rättas först.'
      : `Utkastet är inte inlämnat. ${count} fel måste rättas först.`,
} as const;
