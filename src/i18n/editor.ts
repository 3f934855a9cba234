/** Words of the pages where editors write. They go to the browser with the editor. */

const somebody = (by: string | null) => by ?? 'En kollega';

/** Where the text is: said in one line, read out by screen readers. */
export const draftStatus = {
  saved: 'Allt är sparat.',
  savedAt: (time: string) => `Sparat kl. ${time}.`,
  saving: 'Sparar …',
  offline:
    'Ingen kontakt med servern. Fortsätt skriva: texten finns i den här webbläsaren och sparas när kontakten är tillbaka.',
  signedOut:
    'Du är utloggad. Texten finns i den här webbläsaren. Logga in i en ny flik, så sparas den när du kommer tillbaka hit.',
  signedOutIdle: 'Du är utloggad. Logga in i en ny flik, så kan du fortsätta här.',
  signIn: 'Logga in i en ny flik',
  refused: 'Texten gick inte att spara. Den finns kvar här och i den här webbläsaren. Rätta det här:',
  held: (by: string | null) => `${somebody(by)} skriver här. Du kan läsa, eller ta över om ni är överens.`,
  heldWithUnsent: (by: string | null) =>
    `${somebody(by)} skriver här nu. Det du skrev sist är inte sparat, men finns kvar i den här webbläsaren. Ta över för att spara det.`,
  takeOver: 'Ta över',
  conflict: (by: string | null, at: string) =>
    `${somebody(by)} sparade en annan text här ${at}. Välj vilken som gäller. Båda finns kvar i historiken.`,
  conflictRemoved: (by: string | null, at: string) =>
    `${somebody(by)} tog bort den här delen ${at}. Behåll din text om delen ska finnas kvar.`,
  keepMine: 'Behåll min text',
  takeTheirs: 'Ta den andra texten',
  letGo: 'Låt den vara borttagen',
  closed: 'Utkastet är publicerat eller borttaget. Du kan läsa men inte ändra.',
  closedWithUnsent:
    'Utkastet är publicerat eller borttaget, så det du skrev sist sparades inte. Kopiera texten om du vill ha den kvar.',
  recovered: (at: string) => `Vi hittade text som inte hann sparas, skriven ${at}. Den är tillbaka i texten.`,
} as const;

export const editorWords = {
  /** Why the server took nothing, by its status; null: it may go better later. */
  refusedByStatus: (status: number): string | null =>
    ({
      400: 'Servern förstod inte det som skickades. Ladda om sidan.',
      403: 'Du har inte rätt att skriva här.',
      413: 'Texten är för lång. Dela den i fler avsnitt.',
    })[status] ?? null,
} as const;
