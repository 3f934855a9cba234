/** How the teams of a division are called, how large they are and who works there. */
export interface DivisionPlan {
  name: string;
  /** Its share of the department's people. */
  share: number;
  /** `*` becomes an invented place, `#` a number. */
  teamName: string;
  /** Usual number of people in a team. */
  teamSize: number;
  titles: readonly string[];
}

export interface DepartmentPlan {
  code: string;
  name: string;
  /** People employed today, about. */
  people: number;
  managerTitle: string;
  /** How eagerly the course was taken: monthly chance in per cent for one who has not, from 2023 on. */
  pace: number;
  /** Its part of those who took the course in 2021–2022. */
  earlyShare: number;
  divisions: readonly DivisionPlan[];
}

const division = (
  name: string,
  share: number,
  teamName: string,
  teamSize: number,
  ...titles: string[]
): DivisionPlan => ({ name, share, teamName, teamSize, titles });

const SCHOOL = ['lärare', 'lärare', 'lärare', 'elevassistent', 'fritidspedagog', 'kurator', 'skolsköterska'];
const PRESCHOOL = ['förskollärare', 'barnskötare', 'barnskötare', 'kock', 'specialpedagog'];
const CARE = ['undersköterska', 'undersköterska', 'vårdbiträde', 'sjuksköterska', 'arbetsterapeut'];
const SUPPORT = ['stödassistent', 'stödassistent', 'stödpedagog', 'personlig assistent'];
const OFFICE = ['handläggare', 'utredare', 'administratör', 'verksamhetsutvecklare'];

/** The förvaltningar that Malmö's own papers name; sizes, avdelningar and enheter are invented. */
export const DEPARTMENTS: readonly DepartmentPlan[] = [
  {
    code: 'ASF',
    name: 'Arbetsmarknads- och socialförvaltningen',
    people: 2640,
    managerTitle: 'socialdirektör',
    pace: 3.6,
    earlyShare: 34,
    divisions: [
      division(
        'Barn, unga och familj',
        30,
        'Utredning barn och familj #',
        21,
        'socialsekreterare',
        'familjebehandlare',
      ),
      division('Ekonomiskt bistånd', 22, 'Ekonomiskt bistånd #', 29, 'socialsekreterare', 'handläggare'),
      division(
        'Arbetsmarknad',
        20,
        'Arbetsmarknad #',
        24,
        'arbetsmarknadssekreterare',
        'studie- och yrkesvägledare',
      ),
      division('Vuxen', 16, 'Vuxen #', 18, 'socialsekreterare', 'behandlingsassistent', 'boendestödjare'),
      division(
        'Stöd och kunskap',
        12,
        'Stöd och kunskap #',
        15,
        'kurator',
        'utvecklingssekreterare',
        'socialsekreterare',
      ),
    ],
  },
  {
    code: 'FSKF',
    name: 'Förskoleförvaltningen',
    people: 4850,
    managerTitle: 'förskoledirektör',
    pace: 2.1,
    earlyShare: 12,
    divisions: ['Norr', 'Söder', 'Väster', 'Öster', 'Mitt'].map((area) =>
      division(`Utbildningsområde ${area}`, 20, 'Förskolan *', 34, ...PRESCHOOL),
    ),
  },
  {
    code: 'GRF',
    name: 'Grundskoleförvaltningen',
    people: 6150,
    managerTitle: 'grundskoledirektör',
    pace: 1.7,
    earlyShare: 15,
    divisions: [
      ...['Norr', 'Söder', 'Väster', 'Öster', 'Mitt'].map((area) =>
        division(`Utbildningsområde ${area}`, 18, '*s skola', 56, ...SCHOOL),
      ),
      division(
        'Elevhälsa och anpassad grundskola',
        10,
        'Elevhälsans team #',
        22,
        'psykolog',
        'kurator',
        'logoped',
      ),
    ],
  },
  {
    code: 'GYVF',
    name: 'Gymnasie- och vuxenutbildningsförvaltningen',
    people: 2250,
    managerTitle: 'utbildningsdirektör',
    pace: 1.3,
    earlyShare: 6,
    divisions: [
      division('Gymnasieskola Norr', 34, 'Gymnasiet *', 41, ...SCHOOL),
      division('Gymnasieskola Söder', 32, 'Gymnasiet *', 41, ...SCHOOL),
      division('Anpassad gymnasieskola', 12, 'Anpassad gymnasieskola #', 29, 'lärare', 'elevassistent'),
      division('Vuxenutbildning', 22, 'Vuxenutbildning #', 32, 'lärare', 'studie- och yrkesvägledare'),
    ],
  },
  {
    code: 'HVOF',
    name: 'Hälsa-, vård- och omsorgsförvaltningen',
    people: 4750,
    managerTitle: 'vård- och omsorgsdirektör',
    pace: 1.0,
    earlyShare: 9,
    divisions: [
      division('Hemtjänst Norr', 21, 'Hemtjänst *', 35, ...CARE),
      division('Hemtjänst Söder', 21, 'Hemtjänst *', 35, ...CARE),
      division('Särskilt boende', 34, 'Särskilt boende *', 40, ...CARE),
      division(
        'Hälsa och rehabilitering',
        15,
        'Hälsa och rehabilitering #',
        27,
        'sjuksköterska',
        'fysioterapeut',
      ),
      division('Myndighet äldre', 9, 'Biståndsenhet #', 21, 'biståndshandläggare', 'administratör'),
    ],
  },
  {
    code: 'FSF',
    name: 'Funktionsstödsförvaltningen',
    people: 3350,
    managerTitle: 'funktionsstödsdirektör',
    pace: 1.5,
    earlyShare: 7,
    divisions: [
      division('Bostad med särskild service', 40, 'Gruppbostad *', 18, ...SUPPORT),
      division('Daglig verksamhet', 22, 'Daglig verksamhet *', 24, ...SUPPORT),
      division('Personlig assistans', 20, 'Personlig assistans #', 33, ...SUPPORT),
      division('Socialpsykiatri', 10, 'Socialpsykiatri #', 22, 'boendestödjare', 'stödpedagog'),
      division('Myndighet funktionsstöd', 8, 'LSS-handläggning #', 20, 'LSS-handläggare', 'administratör'),
    ],
  },
  {
    code: 'FRF',
    name: 'Fritidsförvaltningen',
    people: 420,
    managerTitle: 'fritidsdirektör',
    pace: 2.6,
    earlyShare: 5,
    divisions: [
      division('Mötesplatser', 45, 'Mötesplats *', 17, 'fritidsledare', 'fältarbetare'),
      division('Bad och anläggning', 40, 'Anläggning *', 22, 'badvärd', 'idrottsplatsvaktmästare'),
      division('Förening och utveckling', 15, 'Förening och utveckling #', 16, ...OFFICE),
    ],
  },
  {
    code: 'KUF',
    name: 'Kulturförvaltningen',
    people: 630,
    managerTitle: 'kulturdirektör',
    pace: 1.4,
    earlyShare: 4,
    divisions: [
      division('Bibliotek', 38, 'Biblioteket *', 20, 'bibliotekarie', 'biblioteksassistent'),
      division('Museer', 26, 'Museienhet #', 22, 'museipedagog', 'antikvarie', 'museivärd'),
      division('Kulturskola', 28, 'Kulturskolan *', 23, 'kulturskollärare', 'kulturpedagog'),
      division('Kulturstöd', 8, 'Kulturstöd #', 15, ...OFFICE),
    ],
  },
  {
    code: 'FGK',
    name: 'Fastighets- och gatukontoret',
    people: 480,
    managerTitle: 'fastighets- och gatudirektör',
    pace: 0.8,
    earlyShare: 1,
    divisions: [
      division('Fastighet', 40, 'Fastighet #', 20, 'fastighetstekniker', 'förvaltare', 'ingenjör'),
      division('Gata och park', 36, 'Gata och park #', 21, 'ingenjör', 'landskapsarkitekt', 'projektledare'),
      division('Trygghet och boende', 24, 'Boende #', 17, 'bostadssekreterare', 'handläggare'),
    ],
  },
  {
    code: 'SBK',
    name: 'Stadsbyggnadskontoret',
    people: 270,
    managerTitle: 'stadsbyggnadsdirektör',
    pace: 0.7,
    earlyShare: 1,
    divisions: [
      division('Plan', 38, 'Planenhet #', 18, 'planarkitekt', 'planhandläggare'),
      division('Bygglov', 34, 'Bygglovsenhet #', 18, 'bygglovshandläggare', 'byggnadsinspektör'),
      division('Lantmäteri och geodata', 28, 'Geodata #', 17, 'lantmätare', 'kartingenjör'),
    ],
  },
  {
    code: 'SEF',
    name: 'Serviceförvaltningen',
    people: 960,
    managerTitle: 'servicedirektör',
    pace: 0.9,
    earlyShare: 1,
    divisions: [
      division('Måltider', 38, 'Köket *', 17, 'kock', 'måltidsbiträde'),
      division('Lokalvård', 27, 'Lokalvård #', 27, 'lokalvårdare'),
      division('Fastighetsdrift', 20, 'Drift #', 22, 'fastighetstekniker', 'vaktmästare'),
      division('Kommunteknik och transport', 15, 'Transport #', 21, 'chaufför', 'tekniker'),
    ],
  },
  {
    code: 'MF',
    name: 'Miljöförvaltningen',
    people: 240,
    managerTitle: 'miljödirektör',
    pace: 1.1,
    earlyShare: 1,
    divisions: [
      division('Livsmedel', 34, 'Livsmedelskontroll #', 17, 'livsmedelsinspektör'),
      division('Miljö- och hälsoskydd', 40, 'Miljöskydd #', 18, 'miljöinspektör'),
      division('Stadsutveckling och klimat', 26, 'Klimat #', 16, 'miljöstrateg', 'utredare'),
    ],
  },
  {
    code: 'SK',
    name: 'Stadskontoret',
    people: 450,
    managerTitle: 'stadsdirektör',
    pace: 2.4,
    earlyShare: 4,
    divisions: [
      division('HR', 24, 'HR #', 18, 'HR-konsult', 'HR-strateg'),
      division('Ekonomi', 22, 'Ekonomi #', 18, 'ekonom', 'controller'),
      division('Digitalisering och IT', 30, 'IT #', 20, 'systemförvaltare', 'IT-tekniker', 'utvecklare'),
      division(
        'Kommunikation och kontaktcenter',
        24,
        'Kommunikation #',
        18,
        'kommunikatör',
        'kommunvägledare',
      ),
    ],
  },
];
