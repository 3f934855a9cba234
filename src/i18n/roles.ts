/** Words that stand on every page for editors. */
export const editor = {
  title: 'Innehåll',
  kicker: 'För dig som är redaktör',
} as const;

/** Words of the administrator's page. */
export const admin = {
  title: 'System',
  kicker: 'För dig som är administratör',
  description: 'Vad installationen innehåller och hur den sköts.',
  lead: (date: string) => `Så här ser det ut ${date}.`,
  alsoTitle: 'Sidor för andra roller som du också kommer åt',
  holdings: 'Det som finns här',
  units: 'Enheter i dag',
  people: 'Personer',
  employments: 'Anställningar i dag',
  accounts: 'Konton',
  completions: 'Genomföranden',
  accountsByRole: 'Konton per roll',
  role: 'Roll',
  roles: {
    medarbetare: 'Medarbetare',
    samordnare: 'Samordnare',
    redaktor: 'Redaktör',
    admin: 'Administratör',
  },
  number: 'Antal',
  managersNote:
    'Chef är ingen roll på kontot. Den som enligt personalfilen är chef i dag ser sin egen enhet.',
  imports: 'Senaste inläsningar',
  importsCaption: 'Filer som har lästs in, senast först',
  noImports: 'Ingen fil har lästs in.',
  importKinds: { units: 'Enheter', staff: 'Personal', completions: 'Tidigare utbildning' },
  kind: 'Slag',
  file: 'Fil',
  rows: 'Rader',
  asOf: 'Gäller från',
  importedAt: 'Inläst',
  versions: 'Versioner',
  app: 'Trygg grund',
  database: 'PostgreSQL',
  node: 'Node.js',
  migrations: 'Databasens schema',
  migration: (count: number) => `steg ${count}`,
  commands: 'Kommandon',
  commandsLead:
    'Personal, enheter, konton och säkerhetskopior sköts från kommandoraden på servern. Lägg till --help för att se alla val, och --dry-run vid inläsning för att se skillnaden innan något ändras.',
  commandList: [
    ['import units enheter.csv', 'läser in enheter och hur de hör ihop'],
    ['import staff personal.csv', 'läser in anställningar; med --full avslutas de som saknas i filen'],
    ['import completions utbildning.csv', 'lägger till tidigare genomförda kurser'],
    ['indicator --as-of 2025-12-31', 'visar indikatorn för en dag, med --format csv eller json för en fil'],
    ['user create --email namn@kommunen.se --name "Namn Namnsson" --role redaktor', 'skapar ett konto'],
    ['mail preview', 'visar vem som skulle få vilket mejl vid nästa utskick; inget skickas'],
    ['backup kopia.dump', 'säkerhetskopierar databasen till en fil'],
    ['restore kopia.dump', 'läser tillbaka en säkerhetskopia; med --replace ersätts det som finns'],
  ],
} as const;

/** Words of the coordinator's page. */
export const coordinator = {
  title: 'Indikatorn per förvaltning',
  kicker: 'För dig som är samordnare',
  description: 'Indikatorn per förvaltning och år, filer att hämta och hur siffrorna skyddas.',
  nothing: 'Organisationen är inte inläst än. När enheter och personal har lästs in visas siffrorna här.',
  today: 'I dag',
  years: 'Utfall per år',
  municipality: 'Kommun',
  chooseMunicipality: 'Visa',
  yearsCaption: 'Utfall den 31 december varje år, det här året hittills',
  unit: 'Enhet',
  files: 'Filer',
  filesLead:
    'En rad per enhet i hela organisationen, för den dag du väljer. Filerna går att hämta utan inloggning och visar samma siffror som webbplatsen. Filen för Stratsys har utfall och mål för hela året.',
  filesTable: 'Filer per dag',
  fileDay: 'Dag',
  fileCsv: 'CSV',
  fileXlsx: 'Excel',
  fileJson: 'JSON',
  fileStratsys: 'Stratsys',
  fileFor: (name: string, day: string) => `${name} för ${day}`,
  protection: 'Så skyddas siffrorna',
  protectionText: [
    'Indikatorn är öppen för alla. Därför får ingen siffra säga något om en enskild person. Enheter med färre än 10 anställda visas inte, och inte heller enheter med färre än 50 där 1–4 har genomfört kursen eller saknar den.',
    'En dold enhet ska inte gå att räkna ut ur summan för enheten ovanför. När det behövs döljs därför fler enheter, de minsta först, tills det som ändå går att räkna ut gäller en grupp som själv hade fått visas.',
    'Samma siffror är dolda på sidorna, i diagrammen och i filerna, och en dold enhet står sist hur tabellen än sorteras. Även du som samordnare ser siffrorna så. En chef ser den egna enheten i sin helhet på sin egen sida.',
  ],
} as const;
