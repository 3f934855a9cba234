const count = (number: number, one: string, many: string) =>
  number === 1 ? `1 ${one}` : `${number} ${many}`;

/** What `content` commands say. */
export const contentCli = {
  exported: (folder: string, modules: number, files: number, release: number) =>
    `Utgåva ${release} är skriven till ${folder}: ${count(modules, 'modul', 'moduler')} och fakta, ${count(files, 'fil', 'filer')}.`,
  nothingPublished: 'Ingenting är publicerat, så det finns inget att skriva ut.',
  changedFiles: (folder: string, files: readonly string[]) =>
    `Inget är skrivet. ${count(files.length, 'fil', 'filer')} i ${folder} har ändrats sedan senaste exporten och skulle gå förlorade: ${files.slice(0, 5).join(', ')}${files.length > 5 ? ' …' : ''}. Läs in dem med content import, välj en annan mapp eller skriv över dem med --replace.`,
  notFolder: (folder: string) =>
    `Inget är skrivet. ${folder} är en fil. Välj en mapp eller ett namn som inte finns.`,
  noFolder: (folder: string) => `Inget har ändrats. Det finns ingen mapp som heter ${folder}.`,
  empty: (folder: string) =>
    `Inget har ändrats. Det finns inga moduler eller fakta i ${folder}. Välj mappen som kurs, fordjupning och fakta ligger i.`,
  refused: (problems: number) =>
    `Inget har ändrats. ${count(problems, 'sak', 'saker')} i mappen går inte att läsa in.`,
  stopped: (errors: number) => `Inget har ändrats. Kontrollen hittade ${count(errors, 'fel', 'fel')}.`,
  warning: 'varning: ',
  drafts: (subjects: readonly string[]) => `Utkast med ändringarna i mappen: ${subjects.join(', ')}.`,
  wouldBecomeDrafts: (subjects: readonly string[]) =>
    `Torrkörning: inget har ändrats. Detta skulle bli utkast: ${subjects.join(', ')}.`,
  nothingNew: 'Mappen säger detsamma som det som är publicerat eller redan är utkast. Inget har ändrats.',
  hasDrafts: (subjects: readonly string[]) =>
    `Inget har ändrats. Det finns utkast med andra ändringar: ${subjects.join(', ')}. Kör igen med --replace för att skriva över dem. Det som stod där finns kvar i historiken.`,
  beingPublished: (subject: string) =>
    `Inget har ändrats. ${subject} publiceras just nu. Vänta en minut och kör igen.`,
  tooMany: 'Inget har ändrats. Det finns för många öppna utkast. Publicera eller kasta några först.',
  badPictures: (names: readonly string[]) =>
    `Inget har ändrats. Filer i mappen bilder är inte bilder som en export har skrivit: ${names.join(', ')}.`,
  noSuchEditor: (option: string, email: string) =>
    `Inget har ändrats. ${option} ska vara e-postadressen till ett konto som är redaktör eller administratör, inte ${email}.`,
  samePerson: 'Inget har ändrats. --by och --approved-by ska vara två olika personer.',
  noDraft: (slug: string) => `Inget har ändrats. Det finns inget utkast av ${slug}.`,
  months: 'Inget har ändrats. --months ska vara ett antal månader mellan 1 och 24.',
  monthsMissing:
    'Inget har ändrats. Ett nytt krav behöver --months: så många månader räknas äldre genomföranden.',
  monthsForOthers: 'Inget har ändrats. --months hör bara till --change requirement.',
  notRequirement: (slug: string) =>
    `Inget har ändrats. ${slug} är inte en modul som har publicerats förut, så det finns inget äldre genomförande att sluta räkna. Välj --change minor eller refresh.`,
  reason: 'Inget har ändrats. --reason ska säga vad som är ändrat och varför, med högst 300 tecken.',
  obstacles: {
    'submitted-it': 'Inget har ändrats. --approved-by får inte vara den som lämnar in.',
    'wrote-in-it':
      'Inget har ändrats. --approved-by har skrivit i utkastet. Någon annan behöver godkänna det.',
  },
  unchanged: (slug: string) =>
    `Inget har ändrats. Läsarna ser redan det som står i utkastet av ${slug}, så det finns inget att publicera.`,
  brokenOff: (slug: string) =>
    `Databasen slutade svara. Läsarna ser det de såg. ${slug} är godkänd och publiceras av webbplatsen när databasen svarar igen; se sidan Publicering.`,
  changed: 'Inget har ändrats. Någon skrev i utkastet medan det kontrollerades. Kör igen.',
  alreadyWaiting: (slug: string) =>
    `Inget har ändrats. ${slug} publiceras redan, eller väntar på det. Vänta tills det är klart, eller avbryt det på sidan Publicering.`,
  failed: (reason: string) => `Inget är publicerat. Webbplatsen är som den var. ${reason}`,
  published: (slug: string, release: number) => `${slug} är publicerad. Läsarna ser utgåva ${release}.`,
  checking: 'Kontrollerar utkastet',
  checkingSubject: (subject: string) => `Kontrollerar ${subject} …`,
} as const;
