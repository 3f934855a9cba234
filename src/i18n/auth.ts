/** Words of signing in and out. */
export const auth = {
  title: 'Logga in',
  titleWithError: 'Fel: Logga in',
  lead: 'Du behöver logga in för att göra kunskapskontroller, se vad du har klarat och hämta ditt intyg. Kursen går att läsa ändå.',
  thenOnward: 'När du har loggat in kommer du vidare dit du var på väg.',
  email: 'E-post i arbetet',
  password: 'Lösenord',
  submit: 'Logga in',
  sharedTitle: 'Delar du dator med andra?',
  shared:
    'Logga ut när du är klar, eller stäng webbläsaren. Du loggas ut av dig själv efter 60 minuter utan aktivitet och alltid efter 12 timmar.',
  errorTitle: 'Det gick inte att logga in',
  wrong: 'E-posten eller lösenordet stämmer inte. Kontrollera stavningen och försök igen.',
  incomplete: 'Fyll i både e-post och lösenord.',
  limited: (seconds: number) =>
    `Det har varit för många försök. Vänta ${inWords(seconds)} och försök sedan igen. Har du glömt lösenordet, vänd dig till den som sköter konton hos er.`,
  busy: 'Många loggar in just nu. Vänta en halv minut och försök igen.',
  demoTitle: 'Det här är en demo',
  demo: 'Alla personer och siffror är påhittade. Välj vem du vill vara, eller skriv in någon av adresserna och lösenordet',
  demoAs: (who: string) => `Logga in som ${who}`,
  demoAccounts: [
    { email: 'medarbetare@demo.test', who: 'medarbetare', about: 'Har inte gått kursen än.' },
    { email: 'chef@demo.test', who: 'chef', about: 'Leder en förskola och ser vilka som är klara.' },
    { email: 'samordnare@demo.test', who: 'samordnare', about: 'Följer siffrorna för hela kommunen.' },
    { email: 'redaktor@demo.test', who: 'redaktör', about: 'Skriver kursen.' },
    {
      email: 'granskare@demo.test',
      who: 'granskare',
      about: 'Är också redaktör, och godkänner det som andra skriver.',
    },
    { email: 'admin@demo.test', who: 'administratör', about: 'Sköter konton och inläsning av filer.' },
  ],
  signOut: 'Logga ut',
  signOutTitle: 'Vill du logga ut?',
  signOutLead: (name: string) => `Du är inloggad som ${name}.`,
  stay: 'Nej, till Min sida',
  signedOutTitle: 'Du är utloggad',
  signedOutLead:
    'Sidor du har öppnat finns kvar i webbläsarens historik. Stäng webbläsaren om andra använder samma dator.',
  signInAgain: 'Logga in igen',
  toCourse: 'Till kursen',
} as const;

/** `40 sekunder`, `1 minut`, `5 minuter` */
function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} ${seconds === 1 ? 'sekund' : 'sekunder'}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} ${minutes === 1 ? 'minut' : 'minuter'}`;
}
