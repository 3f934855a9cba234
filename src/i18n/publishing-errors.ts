/** Why something could not be published, for the editor who waits for it. */
export const publishing = {
  pageMissing: (path: string) => `Sidan ${path} blev inte skapad.`,
  brokenLink: (path: string, target: string) =>
    `På sidan ${path} finns en länk till ${target}, som inte leder någonstans. Ändra eller ta bort länken.`,
  foreignScript: (path: string) => `Sidan ${path} innehåller något som inte får köras i webbläsaren.`,
  problem: ({ file, line, column, reason }: { file: string; line: number; column: number; reason: string }) =>
    `${file}, rad ${line}, tecken ${column}: ${reason}`,
  notApproved: 'Utkastet är inte längre godkänt. Lämna in det för granskning igen.',
  samePeople: 'Den som godkände har själv skrivit i utkastet. Någon annan behöver granska det.',
  changedDocument: 'Texten är inte densamma som den som godkändes. Lämna in utkastet för granskning igen.',
  incomplete: (reason: string) => `Utkastet är inte färdigt: ${reason}`,
  unchanged: 'Läsarna ser redan den här texten, så det fanns inget att publicera.',
  refusedContent: (reasons: string) => `Texten kan inte visas: ${reasons}`,
  unknownFact: (module: string, id: string) =>
    `Modulen ${module} hänvisar till ${id}, som inte finns bland fakta eller inte får visas.`,
  inspection: (problems: string) => `Sidorna blev inte som de ska. ${problems}`,
  time: 'Det tog för lång tid att skapa sidorna. Försök igen om en stund. Händer det igen, kontakta den som sköter webbplatsen.',
  memory: 'Sidorna blev för stora för datorn som skapar dem. Kontakta den som sköter webbplatsen.',
  software: 'Programmet har uppdaterats men inte startats om. Försök igen när webbplatsen har startats om.',
  unknown:
    'Något gick fel när sidorna skapades. Webbplatsen är som förut och ditt utkast finns kvar. Försök igen, eller kontakta den som sköter webbplatsen.',
} as const;

/** Words of going back from the command line. */
export const rollbackWords = {
  defaultReason: 'Tillbaka till en tidigare utgåva',
  reason: 'Skriv varför, med högst 300 tecken.',
  number: (text: string) => `--to ska vara en utgåvas nummer, inte ${text}.`,
  restored: (from: number, id: number) =>
    `Läsarna ser utgåva ${from} igen, som utgåva ${id}. Det som är publicerat sedan dess finns kvar.`,
  failed: (reason: string) => `Det gick inte, och inget har ändrats. ${reason}`,
  same: 'Läsarna ser redan den utgåvans innehåll. Inget har ändrats.',
  noneBefore: 'Det finns ingen tidigare utgåva att gå tillbaka till. Inget har ändrats.',
  noSuch: (id: number) => `Det finns ingen utgåva ${id}. Inget har ändrats.`,
} as const;
