import type { Change, PublicationState } from '#src/features/publishing/publication.ts';
import { addDays } from '#src/lib/clock.ts';
import { longDate, longTime, wholeNumber } from './common.ts';
import { percent } from './figures.ts';

const people = (count: number) => (count === 1 ? '1 person' : `${wholeNumber(count)} personer`);

/** What each kind of change means, for choosing and for telling. */
const changes: Record<Change, { name: string; text: string; example: string }> = {
  minor: {
    name: 'Liten rättelse',
    text: 'Inget att läsa om för den som har genomfört modulen.',
    example: 'Till exempel ett stavfel eller en länk som har flyttat.',
  },
  refresh: {
    name: 'Värt att läsa om',
    text: 'Något är nytt, men alla behåller sitt genomförande.',
    example: 'Till exempel ett bättre exempel eller ett nytt avsnitt om stöd.',
  },
  requirement: {
    name: 'Nytt krav',
    text: 'Genomföranden av äldre versioner slutar räknas en viss dag.',
    example: 'Till exempel en ny lag som alla måste känna till.',
  },
};

/** Words about publishing an approved draft. */
export const publicationWords = {
  title: (title: string) => `Publicera ${title}`,
  facts: 'Fakta',
  effectTitle: 'Så blir det när det publiceras',
  effectLead: 'Inget är publicerat än. Läs igenom och bekräfta längst ned.',
  formTitle: 'Publicera',
  formLead: 'Först får du se vad det betyder för dem som har genomfört modulen. Sedan bekräftar du.',
  changeLegend: 'Vad är det för ändring?',
  changes,
  newModule: 'Modulen är ny. Ingen har genomfört den än.',
  factsOnly: 'Uppgifter om lagar, kontakter och siffror ändrar inte någons genomförande.',
  reasonLabel: 'Vad är ändrat, och varför?',
  reasonHelp: 'Visas för redaktörer och revisorer, inte för läsarna. Högst 300 tecken.',
  untilLegend: 'Om det är ett nytt krav: när slutar äldre genomföranden räknas?',
  monthsLabel: 'Så många månader efter publiceringen',
  monthsHelp: 'Mellan 1 och 24.',
  untilLabel: 'Eller: till och med dagen',
  whenLegend: 'När ska det publiceras?',
  now: 'Nu',
  later: 'Vid en tid som jag väljer',
  dayLabel: 'Dag',
  timeLabel: 'Klockslag',
  timeHelp: 'Svensk tid, till exempel 06:30.',
  preview: 'Se vad det betyder',
  confirmNow: 'Publicera nu',
  confirmLater: 'Publicera vid den tiden',
  alter: 'Ändra',
  back: 'Tillbaka till granskningen',
  change: 'Ändring',
  reason: 'Skäl',
  when: 'Publiceras',
  whenNow: 'Nu, så fort sidorna är byggda',
  until: 'Äldre genomföranden räknas till och med',
  errorTitle: 'Något behöver rättas',
  stale: 'Något har ändrats sedan du såg det här. Inget är publicerat. Här är läget nu.',
  effect: {
    wholeCheck: 'Publicerar du ändå får den som har genomfört modulen göra hela kunskapskontrollen igen.',
    nobodyLoses: 'Ingen förlorar sitt genomförande.',
    holders: (count: number | null, course: string, isCourse: boolean) =>
      `${count === null ? 'Färre än 10 personer' : count === 0 ? 'Ingen' : people(count)} som är anställd${
        count === 1 || count === 0 ? '' : 'a'
      } i dag har genomfört ${isCourse ? 'grundkursen' : course}.`,
    partOfCourse: 'Modulen är en del av grundkursen, och det är grundkursen som räknas.',
    lost: (count: number | null, until: string) => {
      if (count === null) return 'Hur många som förlorar sitt genomförande visas inte: gruppen är för liten.';
      if (count === 0) return `Ingen förlorar sitt genomförande efter ${longDate(until)}.`;
      return `${people(count)} har bara äldre versioner. De förlorar sitt genomförande ${longDate(
        addDays(until, 1),
      )}, om de inte går den nya versionen före dess.`;
    },
    share: (before: number, after: number, day: string) =>
      before === after
        ? `Andelen i kommunen ändras inte ${longDate(day)}.`
        : `Andelen i kommunen går från ${percent(before)} till ${percent(after)} den ${longDate(day)}, räknat på de anställningar och genomföranden som är kända i dag.`,
    notRequired: 'Modulen krävs inte av någon, så indikatorn ändras inte.',
    hidden:
      'Hur indikatorn ändras visas inte. Ändringen gäller en så liten grupp att det skulle gå att se hur det står till för enskilda personer.',
  },
  errors: {
    change: 'Välj vad det är för ändring.',
    reason: 'Skriv vad som är ändrat och varför, med högst 300 tecken.',
    months: 'Skriv ett antal månader mellan 1 och 24.',
    until: 'Välj en dag.',
    untilMissing: 'Skriv hur många månader äldre genomföranden räknas, eller välj en dag.',
    both: 'Skriv antingen ett antal månader eller en dag, inte båda.',
    untilBefore: 'Välj en dag som inte är före publiceringen.',
    untilWithout: 'Genomföranden slutar bara räknas vid ett nytt krav. Välj det, eller töm fälten här.',
    untilFar: 'Välj en dag som är högst 24 månader efter publiceringen.',
    when: 'Välj om det ska publiceras nu eller senare.',
    day: 'Välj en dag.',
    time: 'Skriv ett klockslag som 06:30.',
    nowWithTime: 'Välj ”Vid en tid som jag väljer”, eller töm fälten här.',
    noSuchTime: 'Den tiden finns inte den dagen, för klockan ställs om. Välj en annan.',
    past: 'Välj en tid som inte har varit.',
    tooFar: 'Välj en dag inom ett år.',
  },
  refused: {
    'not-approved': 'Utkastet är inte godkänt så som det är nu. Lämna in det för granskning först.',
    'same-person': 'Den som har skrivit kan inte också ha godkänt. Lämna in utkastet för en ny granskning.',
    already: 'Det här utkastet väntar redan på att publiceras eller håller på att publiceras.',
  },
} as const;

/** Words of the list of releases and of one publication. */
export const releaseWords = {
  title: 'Publicering',
  description: 'Vad som är publicerat, vad som väntar och vad som inte gick.',
  lead: 'Varje gång något publiceras blir det en ny utgåva av hela webbplatsen. Du kan gå tillbaka till vilken som helst av dem.',
  waitingTitle: 'Väntar på att publiceras',
  failedTitle: 'Gick inte att publicera',
  failedLead: 'Läsarna ser sidorna som de var innan.',
  releasesTitle: 'Utgåvor',
  releasesCaption: 'Utgåvor, den senaste först',
  none: 'Ingenting har publicerats än.',
  release: 'Utgåva',
  what: 'Vad',
  when: 'När',
  who: 'Av vem',
  why: 'Skäl',
  current: 'Läsarna ser den här',
  shipped: 'Innehåll som följer med programmet',
  restored: (id: number) => `Tillbaka till utgåva ${id}`,
  facts: 'Fakta',
  system: 'Programmet',
  someone: 'en kollega',
  /** Null: a name that may not be said. Whoever hands in and whoever approves are never the same. */
  people: (submitter: string | null, approver: string | null, publisher: string | null) => {
    const [first, second, third] = [submitter, approver, publisher].map((name) => name ?? 'en kollega');
    return `Inlämnat av ${first}, godkänt av ${second}, publicering begärd av ${third}`;
  },
  untilOf: (day: string) => `Äldre genomföranden räknas till och med ${longDate(day)}`,
  older: 'Äldre utgåvor',
  goBack: 'Gå tillbaka hit',
  goBackTitle: (id: number) => `Gå tillbaka till utgåva ${id}`,
  goBackLead:
    'Läsarna får se alla moduler så som de var i den utgåvan. Inget tas bort: det som är publicerat sedan dess finns kvar, och du kan gå framåt igen.',
  goBackReason: 'Varför?',
  goBackReasonHelp: 'Visas för redaktörer och revisorer. Högst 300 tecken.',
  goBackConfirm: 'Gå tillbaka till den här utgåvan',
  stay: 'Avbryt',
  goBackRefused: {
    'no-such-release': 'Den utgåvan finns inte.',
    same: 'Läsarna ser redan det som finns i den utgåvan.',
  },
  done: {
    tillbaka: 'Klart. Läsarna ser nu den utgåva som du gick tillbaka till.',
    avbrutet: 'Publiceringen är avbruten. Utkastet är fortfarande godkänt.',
  } as Partial<Record<string, string>>,
  tooLate: 'Publiceringen har redan börjat och går inte att avbryta.',
  dueAt: (at: Date) => `Publiceras ${longTime(at)}`,
  cancel: 'Avbryt publiceringen',
  follow: 'Följ publiceringen',
  see: 'Visa',
  subject: (subject: string, title: string | null) => (subject === 'fakta' ? 'Fakta' : (title ?? subject)),
  errorReason: 'Skriv varför, med högst 300 tecken.',
} as const;

/** Words of one publication on its way. */
export const progressWords = {
  title: (what: string) => `Publicering: ${what}`,
  states: {
    waiting: 'Väntar',
    building: 'Publiceras nu',
    published: 'Publicerad',
    failed: 'Gick inte att publicera',
    cancelled: 'Avbruten',
  } satisfies Record<PublicationState, string>,
  waitsFor: (at: Date) => `Den publiceras ${longTime(at)}. Du kan lämna sidan.`,
  going: 'Det tar oftast mindre än en minut. Du kan lämna sidan: publiceringen fortsätter ändå.',
  stepsTitle: 'Steg',
  steps: {
    check: 'Se att det är godkänt',
    write: 'Samla allt som ska publiceras',
    build: 'Bygga sidorna',
    inspect: 'Läsa igenom de färdiga sidorna',
    store: 'Spara dem',
    live: 'Visa dem för läsarna',
  },
  stepStates: { done: 'Klart', active: 'Pågår', ahead: 'Återstår' },
  reload: 'Visa läget nu',
  publishedLead: (at: Date) => `Läsarna ser den nya texten sedan ${longTime(at)}.`,
  toPage: 'Se sidan som läsarna ser den',
  failedLead: 'Webbplatsen är som den var: läsarna ser samma sidor som innan.',
  whyTitle: 'Varför',
  whatNowTitle: 'Vad du kan göra',
  whatNow:
    'Rätta utkastet om felet gäller det du har skrivit, och lämna in det igen. Annars kan du publicera på nytt om en stund. Händer det igen: be den som sköter webbplatsen om hjälp.',
  tryAgain: 'Till utkastets granskning',
  cancelledLead: 'Publiceringen avbröts innan den började. Utkastet är fortfarande godkänt.',
  toList: 'Alla publiceringar',
} as const;
