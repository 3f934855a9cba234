/**
 * Every internal link of the site. Static pages end with a slash, pages rendered on demand do not;
 * a knowledge check keeps the slash of the part it belongs to.
 */
export const paths = {
  home: '/',
  course: '/kurs/',
  part: (part: string) => `/kurs/${part}/`,
  fordjupningar: '/fordjupning/',
  fordjupning: (slug: string) => `/fordjupning/${slug}/`,
  support: '/stod/',
  about: '/om/',
  accessibility: '/tillganglighet/',
  privacy: '/personuppgifter/',
  signIn: '/logga-in',
  signInThen: (target: string) => `/logga-in?till=${encodeURIComponent(target)}`,
  signOut: '/logga-ut',
  myPage: '/min-sida',
  certificate: (code: string) => `/intyg/${code}`,
  refresher: (moduleSlug: string) => `/repetition/${moduleSlug}`,
  earlierVersion: (moduleSlug: string, version: number) => `/tidigare/${moduleSlug}/${version}`,
  indicator: '/indikator',
  indicatorUnit: (unitCode: string) => `/indikator/${encodeURIComponent(unitCode)}`,
  indicatorCsv: '/indikator.csv',
  indicatorJson: '/indikator.json',
  indicatorXlsx: '/indikator.xlsx',
  indicatorStratsys: '/indikator/stratsys.tsv',
  indicatorSchema: '/indikator/schema.json',
  indicatorExplanation: (unitCode: string) => `/indikator/${encodeURIComponent(unitCode)}/forklaring`,
  annualReport: (year: number) => `/indikator/arsrapport/${year}`,
  annualReportPdf: (year: number) => `/indikator/arsrapport/${year}.pdf`,
  annualReportCsv: (year: number) => `/indikator/arsrapport/${year}.csv`,
  manager: '/chef',
  managerCsv: '/chef.csv',
  managerXlsx: '/chef.xlsx',
  managerReminder: '/chef/paminn',
  managerDeputies: '/chef/ersattare',
  coordinator: '/samordnare',
  targets: '/samordnare/mal',
  requirements: '/samordnare/krav',
  requirementPreview: '/samordnare/krav/prova',
  versionPreview: '/samordnare/krav/version',
  waivers: '/samordnare/undantag',
  years: '/samordnare/ar',
  credits: '/samordnare/genomforanden',
  evaluation: '/samordnare/utvardering',
  evaluationCsv: '/samordnare/utvardering.csv',
  events: '/utbildningstillfallen',
  newEvent: '/utbildningstillfallen/nytt',
  event: (id: string) => `/utbildningstillfallen/${id}`,
  eventChange: (id: string) => `/utbildningstillfallen/${id}/andra`,
  eventAttendance: (id: string) => `/utbildningstillfallen/${id}/narvaro`,
  eventCalendar: (id: string) => `/utbildningstillfallen/${id}.ics`,
  meetings: '/apt',
  meeting: (code: string) => `/apt/${code}`,
  meetingState: (code: string) => `/apt/${code}.json`,
  meetingGuide: (moduleSlug: string) => `/apt/handledning/${moduleSlug}`,
  selfAssessment: '/sjalvskattning',
  editor: '/redaktor',
  questionStatistics: '/redaktor/fragor',
  newModule: '/redaktor/moduler/ny',
  moduleDraft: (slug: string) => `/redaktor/moduler/${slug}`,
  draftCheck: (subject: string) => `/redaktor/moduler/${subject}/kontroll`,
  draftPreview: (slug: string) => `/redaktor/moduler/${slug}/forhandsvisning`,
  moduleHistory: (slug: string, part?: string) =>
    `/redaktor/moduler/${slug}/historik${part === undefined ? '' : `?del=${part}`}`,
  facts: '/redaktor/fakta',
  fact: (kind: string, id: string) => `/redaktor/fakta/${kind}/${id}`,
  factCheck: (kind: string, id: string) => `/redaktor/fakta/${kind}/${id}/kontroll`,
  newFact: (kind: string) => `/redaktor/fakta/${kind}/ny`,
  draftSave: '/redaktor/spara',
  draftHold: '/redaktor/hall',
  pictures: '/redaktor/bilder',
  draftReview: (subject: string) => `/redaktor/moduler/${subject}/granskning`,
  draftPublish: (subject: string) => `/redaktor/moduler/${subject}/publicera`,
  releases: '/redaktor/publicering',
  publication: (id: number) => `/redaktor/publicering/${id}`,
  publicationState: (id: number) => `/redaktor/publicering/${id}.json`,
  picture: (name: string) => `/bilder/${name}`,
  admin: '/admin',
  mailLog: '/admin/utskick',
  health: '/api/health',
  release: '/api/release',
  progress: '/api/framsteg',
} as const;

/** The page of a module: a part of the grundkurs or a fördjupning. */
export function modulePath(moduleSlug: string): string {
  return /^del-\d+$/.test(moduleSlug) ? paths.part(moduleSlug) : paths.fordjupning(moduleSlug);
}

/** A section's page, by the module's slug and the section's. */
export function sectionPath(moduleSlug: string, sectionSlug: string): string {
  return `${modulePath(moduleSlug)}${sectionSlug}/`;
}

/** The knowledge check of a module. */
export function quizPath(moduleSlug: string): string {
  return `${modulePath(moduleSlug)}kunskapskontroll/`;
}

/** The result of one submission to a knowledge check; only its owner gets to see it. */
export function quizResultPath(moduleSlug: string, submissionId: string): string {
  return `${quizPath(moduleSlug)}resultat?inlamning=${submissionId}`;
}

/** The result of a refresher; only its owner gets to see it. */
export function refresherResultPath(moduleSlug: string, submissionId: string): string {
  return `${paths.refresher(moduleSlug)}/resultat?inlamning=${submissionId}`;
}

/**
 * A path of our own to go on to after signing in; anything that could lead elsewhere (another host, a
 * protocol, a backslash, a control character) becomes the fallback.
 */
export function localPath(candidate: string | null | undefined, fallback: string): string {
  if (!candidate || candidate.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(candidate)) return fallback;
  if (candidate.includes('\\')) return fallback;
  const url = new URL(candidate, 'http://local.invalid');
  return url.host === 'local.invalid' ? url.pathname + url.search : fallback;
}

/** Where a part of a module's draft is written: `modul`, `avsnitt/<slug>`, `kunskapskontroll` or `samtal`. */
export function draftPartPath(moduleSlug: string, part: string): string {
  return `${paths.moduleDraft(moduleSlug)}/${part}`;
}

/** A page of a module's draft as it would be published, to be shown in a frame; `''` is its first page. */
export function previewPath(moduleSlug: string, part: string): string {
  return `/redaktor/forhandsvisning/${moduleSlug}${part === '' ? '' : `/${part}`}`;
}
