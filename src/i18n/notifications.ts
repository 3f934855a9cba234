import { longDate, wholeNumber } from './common.ts';

const mailCount = (count: number) => (count === 1 ? '1 mejl' : `${wholeNumber(count)} mejl`);

/** Words of the administrator's page about mails. */
export const notifications = {
  title: 'Utskick',
  kicker: 'För dig som är administratör',
  description: 'Vilka mejl som skickas, vad som har skickats och vad som inte gick fram.',
  lead: 'Mejlen namnger varken ämnet, en kurs, en enhet eller någon annan person. Här visas inte vem som har fått dem.',
  on: (from: string) => `Mejl skickas från ${from}, vardagar 07–18.`,
  errorTitle: 'Något behöver rättas',
  off: 'Inga mejl skickas: SMTP_URL är inte satt.',
  offHelp:
    'Sätt SMTP_URL, MAIL_FROM och PUBLIC_ORIGIN där webbplatsen startas, och starta om den. Inga mejl skrivs heller under tiden.',
  toLog: 'Se utskicken',
  adminTitle: 'Mejl',
  adminWaiting: (waiting: number, failed: number) =>
    `${mailCount(waiting)} väntar, ${wholeNumber(failed)} gick inte fram.`,

  kinds: {
    invitation: 'Inbjudan till nya',
    due: 'Krav att göra klart',
    expiry: 'Slutar snart gälla',
    reminder: 'Påminnelse från chef',
    digest: 'Månadsläge till chefer',
    event: 'Om utbildningstillfällen',
  },
  statuses: { queued: 'Väntar', sent: 'Skickat', failed: 'Gick inte fram', cancelled: 'Avbrutet' },
  reasons: {
    stale: 'skulle ha skickats för mer än en vecka sedan',
    noAddress: 'personen har ingen adress',
    notEmployed: 'anställningen har slutat',
    badAddress: 'adressen går inte att använda',
    byAdmin: 'avbrutet av administratör',
  },

  counts: 'Antal',
  countsCaption: 'Mejl som skrivits de senaste 90 dagarna, efter slag och status',
  kind: 'Slag',
  none: 'Inget mejl har skrivits de senaste 90 dagarna.',

  latest: 'Senaste mejlen',
  latestCaption: (status: string | null) =>
    status === null ? 'De senaste mejlen, senast först' : `De senaste mejlen, bara: ${status}`,
  show: 'Visa',
  showAll: 'Alla',
  written: 'Skrivet',
  status: 'Status',
  tries: 'Försök',
  error: 'Fel',
  action: 'Åtgärd',
  nothingHere: 'Det finns inga sådana mejl.',
  again: 'Försök igen',
  cancel: 'Avbryt',
  ofMail: (kind: string, written: string) => `${kind}, ${written}`,
  againAll: (count: number) => `Försök igen med ${mailCount(count)} som inte gick fram`,
  changed: (count: number) =>
    count === 0
      ? 'Inget ändrades: mejlet hade redan skickats, avbrutits eller håller på att skickas.'
      : `${mailCount(count)} ändrades.`,

  switches: 'Vilka mejl som skickas',
  switchesHelp:
    'Ett slag som är avslaget skrivs inte. Det som redan väntar ligger kvar högst en vecka, och skickas om du slår på igen.',
  save: 'Spara',
  saved: 'Sparat.',

  quiet: 'Tysta perioder',
  quietHelp:
    'Under en tyst period skickas inga mejl, utom om utbildningstillfällen som någon själv har anmält sig till. Det som inte blev sagt sägs efteråt, om det fortfarande gäller.',
  noQuiet: 'Ingen tyst period är inlagd.',
  period: (from: string, until: string) =>
    from === until ? longDate(from) : `${longDate(from)} till och med ${longDate(until)}`,
  remove: 'Ta bort',
  removePeriod: (period: string) => `perioden ${period}`,
  from: 'Första dagen',
  until: 'Sista dagen',
  note: 'Anteckning (frivilligt)',
  add: 'Lägg till',
  addTitle: 'Lägg till en tyst period',
  errors: {
    from: 'Skriv den första dagen som 2027-07-01.',
    until: 'Skriv den sista dagen som 2027-07-31.',
    order: 'Den sista dagen ska vara samma som den första eller senare.',
    long: 'En tyst period kan vara högst ett år. Slå av slagen om mejlen ska vara borta längre.',
    past: 'Perioden är redan slut. Välj dagar från och med i dag.',
    note: 'Anteckningen kan vara högst 200 tecken.',
    many: 'Det finns redan 50 tysta perioder. Ta bort någon först.',
  },

  preview: 'Nästa utskick',
  previewLead:
    'Räkna fram vilka mejl som skulle skrivas vid nästa utskick, som läget är nu. Inget skickas. Färre än tio i en förvaltning visas inte som ett tal.',
  previewButton: 'Räkna fram',
  previewDay: (day: string, count: number) =>
    count === 0
      ? `Inget mejl skulle skrivas ${longDate(day)}.`
      : `${mailCount(count)} skulle skrivas ${longDate(day)}.`,
  previewProtected: (count: string) =>
    `Av dem går ${count} till personer med skyddade uppgifter. De mejlen är likadana som andras och räknas inte under någon förvaltning.`,
  previewProtectedCount: (count: number) =>
    `${mailCount(count)} av dem till personer med skyddade uppgifter, som inte visas.`,
  previewWithout: (people: number) =>
    `${people === 1 ? '1 person' : `${wholeNumber(people)} personer`} till skulle ha fått mejl men har ingen adress.`,
  previewNever: 'Ingen dag de närmaste två åren är öppen för utskick.',
  previewCaption: 'Mejl per förvaltning och slag vid nästa utskick',
  department: 'Förvaltning',
  noDepartment: 'Utan förvaltning',
  few: 'färre än 10',
  total: 'Hela kommunen',
  previewList: 'Vem som får vad visas på servern, med npm run cli -- mail preview.',
  samples: 'Så ser mejlen ut',
  samplesLead: 'Exempel med påhittade tal och dagar.',
  subjectLine: (subject: string) => `Ämnesrad: ${subject}`,
  samplesOf: {
    invitation: 'Inbjudan',
    newRequirement: 'Nytt krav',
    due: 'Snart dags att vara klar',
    expiry: 'Slutar snart gälla',
    several: 'Flera saker i ett mejl',
    digest: 'Månadsläge till chefer',
    reminder: 'Påminnelse från chef',
    event: 'Utbildningstillfälle',
  },
} as const;
