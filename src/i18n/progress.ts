/** Words of the progress marks, kept apart from longer texts because they are sent to the browser. */
export const progress = {
  notSignedIn: 'Logga in för att se vilka delar du har klarat.',
  doneParts: (done: number) => `Du har klarat ${done} av 5 delar.`,
  renewing: (done: number) => `Dags att förnya grundkursen. Du har klarat ${done} av 5 delar igen.`,
  doneAll: 'Du har genomfört grundkursen.',
  partDone: 'Genomförd',
} as const;
