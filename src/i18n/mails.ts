import { longDate, longTime, wholeNumber } from './common.ts';

/**
 * Words of the mails. None names the topic, a course, a unit or another person: a mail is read over
 * shoulders, on shared computers and in previews, and can be forwarded.
 */
const trainings = (count: number) => (count === 1 ? 'en utbildning' : `${wholeNumber(count)} utbildningar`);

export const mails = {
  greeting: 'Hej!',
  toMyPage: 'Öppna min sida',
  toList: 'Öppna listan',
  toEvent: 'Öppna utbildningstillfället',
  signInFirst: 'Du loggar in som vanligt och ser där vad som gäller dig.',

  invitationSubject: 'Välkommen! En utbildning väntar på dig',
  invitation: (courses: number, until: string) =>
    `Du är ny på jobbet och har ${trainings(courses)} att göra klar senast ${longDate(until)}. Det går bra att göra lite i taget på arbetstid, också i mobilen.`,

  dueSubject: 'Du har en utbildning att göra klar',
  due: (courses: number, until: string) =>
    `Du har ${trainings(courses)} att göra klar senast ${longDate(until)}. Det går bra att göra lite i taget på arbetstid.`,
  newRequirement: (courses: number, until: string) =>
    `Din arbetsgivare har bestämt att du ska ha ${courses === 1 ? 'en utbildning till' : `${wholeNumber(courses)} utbildningar till`}. Gör klart senast ${longDate(until)}.`,

  expirySubject: 'Dags att förnya en utbildning',
  expiry: (courses: number, on: string) =>
    courses === 1
      ? `En utbildning som du har gjort slutar gälla ${longDate(on)}. Gör den igen före dess, så fortsätter den att räknas.`
      : `${wholeNumber(courses)} utbildningar som du har gjort slutar gälla, den första ${longDate(on)}. Gör dem igen före dess, så fortsätter de att räknas.`,

  reminderSubject: 'Påminnelse: du har en utbildning att göra klar',
  reminder: (courses: number) =>
    `Din chef påminner om att du har ${trainings(courses)} att göra klar. Behöver du tid på arbetet för det, säg till din chef.`,
  alreadyDone: 'Har du redan gjort klart allt behöver du inte göra något.',

  digestSubject: 'Månadens läge för utbildningarna i din enhet',
  digest: 'Så här ser det ut i din enhet och dem under den, för de utbildningar som krävs:',
  digestShare: (share: string) => `${share} har gjort klart det som krävs`,
  digestLacking: (people: number) =>
    people === 1 ? '1 person har inte gjort det än' : `${wholeNumber(people)} personer har inte gjort det än`,
  digestNew: (people: number) =>
    people === 1
      ? '1 person började under de senaste 90 dagarna'
      : `${wholeNumber(people)} personer började under de senaste 90 dagarna`,
  digestWhere:
    'Vilka det är ser du när du har loggat in. Personer med skyddade uppgifter räknas inte med här.',

  severalSubject: 'Du har utbildning att göra klar',

  eventSubjects: {
    place: 'Du har fått plats på en utbildning',
    changed: 'En utbildning du är anmäld till har ändrats',
    cancelled: 'En utbildning du är anmäld till är inställd',
  },
  events: {
    place: (starts: Date) =>
      `En plats har blivit ledig och den är din: utbildningen ${longTime(starts)}. Kan du inte komma, avanmäl dig så att någon annan får platsen.`,
    changed: (starts: Date) =>
      `Tid, plats eller länk har ändrats. Utbildningen börjar nu ${longTime(starts)}. Se efter om det fortfarande passar dig.`,
    cancelled: (starts: Date) =>
      `Utbildningen ${longTime(starts)} blir inte av. Du behöver inte göra något, men kan anmäla dig till ett annat tillfälle.`,
  },
  eventWhere: 'Plats, länk och kalenderfil finns på sidan. Du loggar in som vanligt.',

  why: {
    invitation: 'Du får mejlet för att du nyligen har börjat en anställning där utbildningen krävs.',
    due: 'Du får mejlet för att utbildningen krävs i ditt arbete.',
    expiry: 'Du får mejlet för att du har gjort en utbildning som gäller en viss tid.',
    reminder: 'Du får mejlet för att din chef har bett om det.',
    digest: 'Du får mejlet en gång i månaden för att du är chef.',
    event: 'Du får mejlet för att du har anmält dig.',
  },
  stop: 'Mejlen slutar komma när det är klart. Ska du inte ha dem, prata med din chef eller den som sköter utbildningen hos din arbetsgivare.',
  stopDigest: 'Vill du inte ha månadens läge, säg till den som sköter utbildningen hos din arbetsgivare.',
  stopEvent: 'Du slutar få mejl om det om du avanmäler dig.',
  automatic: 'Mejlet är skickat automatiskt och går inte att svara på.',
} as const;
