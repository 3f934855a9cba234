/** Words of the self-assessment and of the page that shows what came of it. */
export const assessmentWords = {
  title: 'Hur säker känner du dig?',
  titleWithError: 'Svar saknas: Hur säker känner du dig?',
  description: 'Tre frivilliga frågor före och efter grundkursen, utan namn.',
  kicker: { before: 'Före grundkursen', after: 'Efter grundkursen' },
  lead: 'Tre frågor, en halv minut. Det är frivilligt, och ditt namn sparas inte med svaren.',
  why: 'Svaren visar om kursen gör nytta. Kommunens mål är att alla som möter invånare ska kunna känna igen tecken på våld, våga fråga och veta hur man agerar.',
  questions: {
    recognise: 'Hur säker är du på att känna igen tecken på hedersrelaterat våld och förtryck?',
    ask: 'Hur trygg är du i att fråga någon om våld när du är orolig?',
    act: 'Hur säker är du på vad du ska göra och vart du ska hänvisa när du misstänker våld?',
  },
  answers: {
    1: 'Inte alls säker',
    2: 'Ganska osäker',
    3: 'Varken säker eller osäker',
    4: 'Ganska säker',
    5: 'Mycket säker',
  },
  send: 'Lämna mina svar',
  decline: 'Nej tack',
  storedTitle: 'Det här sparas',
  stored: [
    'Kommunen räknar hur många i varje förvaltning som har gett varje svar under året. Ditt svar höjer räknaren med ett. Vem som har svarat vad sparas inte.',
    'Nya svar väntar tills tio har kommit och visas då tillsammans. Inget annat än sådana summor visas för någon.',
    'För sig sparas att du har svarat eller tackat nej, så att du slipper få frågan igen. Där står varken när eller vad.',
  ],
  thanks: { title: 'Tack för dina svar', lead: 'De är räknade, utan ditt namn.' },
  declined: { title: 'Inga svar är sparade', lead: 'Du får inte frågan igen.' },
  notAsked: {
    title: 'Här finns inget att svara på nu',
    lead: 'Frågorna ställs en gång före grundkursen och en gång när du har genomfört den, till den som är anställd i en förvaltning. Du har redan fått dem, eller så är det inte dags.',
  },
  toCourse: 'Till grundkursen',
  toMyPage: 'Till Min sida',
  offer: {
    before: 'Innan du börjar: tre frivilliga frågor om hur säker du känner dig',
    after: 'Du har genomfört grundkursen: tre frivilliga frågor om hur säker du känner dig nu',
  },
  offerNote: 'De tar en halv minut. Svaren sparas utan namn, och du kan tacka nej.',
  quietLink: 'Frivilligt: hur säker känner du dig innan du börjar?',
  errorTitle: 'Svar saknas',
  errors: { missing: 'Välj ett svar, eller tacka nej längst ner.' },
} as const;

/** Words of the coordinator's page. */
export const evaluationWords = {
  title: 'Utvärdering',
  kicker: 'För dig som är samordnare',
  description: 'Hur säkra medarbetarna känner sig före och efter grundkursen, per förvaltning och år.',
  lead: 'Andelen som svarar att de är ganska eller mycket säkra, före och efter grundkursen.',
  empty: 'Inga svar går att visa än. De första visas när tio i samma förvaltning har svarat.',
  year: (year: number) => `År ${year}`,
  municipality: 'Alla visade svar i kommunen',
  caption: (name: string, year: number) => `${name}, ${year}`,
  question: 'Hur säker på att',
  questions: {
    recognise: 'känna igen tecken',
    ask: 'fråga om våld',
    act: 'agera och hänvisa',
  },
  before: (answers: string) => `Före (${answers} svar)`,
  after: (answers: string) => `Efter (${answers} svar)`,
  beforeNone: 'Före',
  afterNone: 'Efter',
  tooFew: 'för få svar',
  download: 'Hämta som CSV',
  howTitle: 'Så räknas det',
  how: [
    'Frågorna är frivilliga och svaren sparas utan namn, som räknare per förvaltning och år. Den som är anställd i flera förvaltningar räknas i den första efter kod.',
    'Nya svar väntar tills tio har kommit för samma förvaltning, år och tillfälle. Därför är antalet svar alltid ett jämnt tiotal, och det kan finnas fler svar än de som visas.',
    'De som svarar före och efter är inte säkert samma personer. Läs skillnaden som en fingervisning.',
  ],
  csvMoment: { before: 'fore', after: 'efter' },
  csvQuestion: { recognise: 'kanna igen', ask: 'fraga', act: 'agera' },
} as const;

/** Words of the editor's page about questions. */
export const questionWords = {
  title: 'Vad som missförstås',
  kicker: 'För dig som är redaktör',
  description: 'Hur frågorna i kunskapskontrollerna besvaras första gången.',
  lead: 'Frågor som många svarar fel på första gången, de svåraste först. En svår fråga kan bero på texten, på frågan eller på något som är svårt på riktigt.',
  empty: 'Ingen fråga har besvarats av tio personer än.',
  tableCaption: 'Frågor i de publicerade kunskapskontrollerna',
  question: 'Fråga',
  answered: 'Har svarat',
  right: 'Rätt första gången',
  wrong: 'Vanligaste fel',
  wrongNone: 'inget som fem eller fler valde',
  people: (people: string) => `${people} personer`,
  of: (module: string, number: number) => `${module}, fråga ${number}`,
  tooFewTitle: 'Frågor som för få har svarat på',
  tooFew: (module: string, questions: number) =>
    `${module}: ${questions} ${questions === 1 ? 'fråga' : 'frågor'}`,
  howTitle: 'Så räknas det',
  how: 'Varje persons första försök på den version som är publicerad nu. En fråga visas när minst tio har svarat, och ett felaktigt svar när minst fem har valt det. Inga namn eller enheter visas. En ny version börjar om från noll.',
} as const;
