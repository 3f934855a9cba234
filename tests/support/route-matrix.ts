/** Who may ask for what: every file in src/pages, with the status each role gets. `routes.spec.ts` holds the site to it. */

export const ROLES = ['anonymous', 'medarbetare', 'chef', 'samordnare', 'redaktor', 'admin'] as const;
export type RoleName = (typeof ROLES)[number];

/** What the addresses need of the database they are tried on. */
export interface Facts {
  /** The unit that chef manages, and one that nobody here does. */
  ownUnit: string;
  otherUnit: string;
  /** A submission and an intyg of chef's. */
  submission: string;
  certificate: string;
  /** A training occasion. */
  event: string;
  /** Those who have completed the grundkurs and may read fördjupning. */
  graduates: readonly RoleName[];
}

export interface Case {
  name: string;
  path: string;
  /** Status for everyone, or for each role. */
  expected: number | Record<RoleName, number>;
}

const everyone = (
  status: number,
  others: Partial<Record<RoleName, number>> = {},
): Record<RoleName, number> => ({
  anonymous: status,
  medarbetare: status,
  chef: status,
  samordnare: status,
  redaktor: status,
  admin: status,
  ...others,
});

/** Signed in or led to the sign-in page. */
const signedIn = (status: number, others: Partial<Record<RoleName, number>> = {}) =>
  everyone(status, { anonymous: 303, ...others });
const only = (...roles: RoleName[]) =>
  signedIn(403, Object.fromEntries(roles.map((role) => [role, 200])) as Partial<Record<RoleName, number>>);

const FORDJUPNING = '/fordjupning/barn-i-forskolealdern/';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** The cases of each page file. */
export function routeMatrix(facts: Facts): Record<string, Case[]> {
  const open = (path: string): Case[] => [{ name: 'open', path, expected: 200 }];
  const graduates = only(...facts.graduates);
  const creators = only('samordnare', 'redaktor', 'admin');
  const unknownToEditors = signedIn(403, { redaktor: 404, admin: 404 });
  const unknownToCreators = signedIn(403, { samordnare: 404, redaktor: 404, admin: 404 });
  const result = (quiz: string): Case[] => [
    {
      name: 'own',
      path: `${quiz}resultat?inlamning=${facts.submission}`,
      expected: signedIn(404, { chef: 200 }),
    },
    { name: 'unknown', path: `${quiz}resultat?inlamning=${UNKNOWN}`, expected: signedIn(404) },
    { name: 'malformed', path: `${quiz}resultat?inlamning=allt`, expected: signedIn(404) },
  ];
  const ofManager = (path: string): Case[] => [
    { name: 'own', path, expected: only('chef') },
    { name: 'own by code', path: `${path}?enhet=${facts.ownUnit}`, expected: only('chef') },
    {
      name: 'other',
      path: `${path}?enhet=${facts.otherUnit}`,
      expected: signedIn(403, { chef: 404 }),
    },
    { name: 'unknown', path: `${path}?enhet=FINNS-INTE`, expected: signedIn(403, { chef: 404 }) },
  ];
  return {
    '404.astro': [{ name: 'open', path: '/finns-inte', expected: 404 }],
    '[sida].astro': [
      ...open('/stod/'),
      ...open('/om/'),
      ...open('/tillganglighet/'),
      ...open('/personuppgifter/'),
    ],
    'fel/[fel].astro': [{ name: 'closed', path: '/fel/ej-tillatet/', expected: 404 }],
    'index.astro': open('/'),
    'kurs/index.astro': open('/kurs/'),
    'kurs/[part]/index.astro': [
      ...open('/kurs/del-1/'),
      { name: 'unknown', path: '/kurs/del-9/', expected: 404 },
    ],
    'kurs/[part]/[section].astro': [
      ...open('/kurs/del-1/vad-menas-med-heder/'),
      { name: 'unknown', path: '/kurs/del-1/finns-inte/', expected: 404 },
    ],
    'kurs/[part]/kunskapskontroll/index.astro': [
      ...open('/kurs/del-1/kunskapskontroll/'),
      { name: 'unknown', path: '/kurs/del-9/kunskapskontroll/', expected: 404 },
    ],
    'kurs/[part]/kunskapskontroll/resultat.astro': result('/kurs/del-1/kunskapskontroll/'),
    'fordjupning/index.astro': open('/fordjupning/'),
    'fordjupning/[slug]/index.astro': [{ name: 'graduates', path: FORDJUPNING, expected: graduates }],
    'fordjupning/[slug]/[section].astro': [
      { name: 'graduates', path: `${FORDJUPNING}kan-det-markas-redan-i-forskolan/`, expected: graduates },
    ],
    'fordjupning/[slug]/kunskapskontroll/index.astro': [
      { name: 'graduates', path: `${FORDJUPNING}kunskapskontroll/`, expected: graduates },
    ],
    'fordjupning/[slug]/kunskapskontroll/resultat.astro': [
      {
        name: 'unknown',
        path: `${FORDJUPNING}kunskapskontroll/resultat?inlamning=${UNKNOWN}`,
        expected: signedIn(404),
      },
    ],
    'repetition/[modul]/index.astro': [
      { name: 'nothing to do', path: '/repetition/del-1', expected: signedIn(200) },
      { name: 'a fördjupning', path: '/repetition/barn-i-forskolealdern', expected: graduates },
      { name: 'no module', path: '/repetition/grundkurs', expected: signedIn(404) },
      { name: 'unknown', path: '/repetition/del-9', expected: signedIn(404) },
    ],
    'repetition/[modul]/resultat.astro': [
      {
        name: 'own',
        path: `/repetition/del-1/resultat?inlamning=${facts.submission}`,
        expected: signedIn(404, { chef: 200 }),
      },
      { name: 'unknown', path: `/repetition/del-1/resultat?inlamning=${UNKNOWN}`, expected: signedIn(404) },
    ],
    'tidigare/[modul]/[version].astro': [
      {
        name: 'the first',
        path: '/tidigare/chefens-ansvar/1',
        expected: signedIn(404, { samordnare: 200, redaktor: 200, admin: 200 }),
      },
      { name: 'unknown', path: '/tidigare/del-1/99', expected: signedIn(404) },
      { name: 'malformed', path: '/tidigare/del-1/allt', expected: signedIn(404) },
    ],
    'logga-in.astro': [{ name: 'open', path: '/logga-in', expected: everyone(303, { anonymous: 200 }) }],
    'logga-ut.astro': open('/logga-ut'),
    'min-sida.astro': [{ name: 'own', path: '/min-sida', expected: signedIn(200) }],
    'intyg/[code].astro': [
      { name: 'with the code', path: `/intyg/${facts.certificate}`, expected: 200 },
      { name: 'unknown', path: '/intyg/finns-inte', expected: 404 },
    ],
    'indikator/index.astro': [
      ...open('/indikator'),
      { name: 'bad day', path: '/indikator?datum=2025-02-30', expected: 400 },
      { name: 'future', path: '/indikator?datum=2199-01-01', expected: 400 },
      { name: 'early', path: '/indikator?datum=1999-01-01', expected: 200 },
    ],
    'indikator/[unit].astro': [
      { name: 'own', path: `/indikator/${facts.ownUnit}`, expected: 200 },
      { name: 'other', path: `/indikator/${facts.otherUnit}`, expected: 200 },
      { name: 'unknown', path: '/indikator/FINNS-INTE', expected: 404 },
    ],
    'indikator/[unit]/forklaring.astro': [
      { name: 'own', path: `/indikator/${facts.ownUnit}/forklaring`, expected: 200 },
      { name: 'other', path: `/indikator/${facts.otherUnit}/forklaring?datum=2024-12-31`, expected: 200 },
      { name: 'bad day', path: `/indikator/${facts.ownUnit}/forklaring?datum=igår`, expected: 400 },
      { name: 'unknown', path: '/indikator/FINNS-INTE/forklaring', expected: 404 },
    ],
    'indikator.csv.ts': [
      ...open('/indikator.csv'),
      { name: 'other', path: `/indikator.csv?enhet=${facts.otherUnit}`, expected: 200 },
      { name: 'bad day', path: '/indikator.csv?datum=igår', expected: 400 },
      { name: 'unknown', path: '/indikator.csv?enhet=FINNS-INTE', expected: 404 },
    ],
    'indikator.xlsx.ts': [
      ...open('/indikator.xlsx'),
      { name: 'other', path: `/indikator.xlsx?enhet=${facts.otherUnit}`, expected: 200 },
      { name: 'bad day', path: '/indikator.xlsx?datum=igår', expected: 400 },
      { name: 'unknown', path: '/indikator.xlsx?enhet=FINNS-INTE', expected: 404 },
    ],
    'indikator/schema.json.ts': open('/indikator/schema.json'),
    'indikator/stratsys.tsv.ts': [
      ...open('/indikator/stratsys.tsv?ar=2025'),
      { name: 'bad year', path: '/indikator/stratsys.tsv?ar=25', expected: 400 },
      { name: 'no year', path: '/indikator/stratsys.tsv', expected: 400 },
      { name: 'future', path: '/indikator/stratsys.tsv?ar=2199', expected: 400 },
      { name: 'bad measure', path: '/indikator/stratsys.tsv?ar=2025&matt=allt', expected: 400 },
      { name: 'early', path: '/indikator/stratsys.tsv?ar=1999', expected: 404 },
    ],
    'indikator/arsrapport/[year].astro': [
      ...open('/indikator/arsrapport/2025'),
      { name: 'other', path: `/indikator/arsrapport/2025?enhet=${facts.otherUnit}`, expected: 200 },
      { name: 'bad year', path: '/indikator/arsrapport/i-fjol', expected: 400 },
      { name: 'future', path: '/indikator/arsrapport/2199', expected: 400 },
      { name: 'early', path: '/indikator/arsrapport/1999', expected: 404 },
      { name: 'unknown', path: '/indikator/arsrapport/2025?enhet=FINNS-INTE', expected: 404 },
    ],
    'indikator/arsrapport/[year].csv.ts': [
      ...open('/indikator/arsrapport/2025.csv'),
      { name: 'bad year', path: '/indikator/arsrapport/i-fjol.csv', expected: 400 },
      { name: 'unknown', path: '/indikator/arsrapport/2025.csv?enhet=FINNS-INTE', expected: 404 },
    ],
    'indikator/arsrapport/[year].pdf.ts': [
      { name: 'other', path: `/indikator/arsrapport/2025.pdf?enhet=${facts.otherUnit}`, expected: 200 },
      { name: 'bad year', path: '/indikator/arsrapport/i-fjol.pdf', expected: 400 },
      { name: 'early', path: '/indikator/arsrapport/1999.pdf', expected: 404 },
    ],
    'indikator.json.ts': [
      ...open('/indikator.json'),
      { name: 'other', path: `/indikator.json?enhet=${facts.otherUnit}`, expected: 200 },
      { name: 'bad day', path: '/indikator.json?datum=2025-13-01', expected: 400 },
      { name: 'unknown', path: '/indikator.json?enhet=FINNS-INTE', expected: 404 },
    ],
    'chef.astro': ofManager('/chef'),
    'chef.csv.ts': ofManager('/chef.csv'),
    'chef.xlsx.ts': ofManager('/chef.xlsx'),
    'chef/paminn.astro': ofManager('/chef/paminn'),
    'chef/ersattare.astro': [{ name: 'own', path: '/chef/ersattare', expected: only('chef') }],
    'utbildningstillfallen/index.astro': [
      { name: 'signed in', path: '/utbildningstillfallen', expected: signedIn(200) },
    ],
    'utbildningstillfallen/nytt.astro': [
      { name: 'role', path: '/utbildningstillfallen/nytt', expected: creators },
    ],
    'utbildningstillfallen/[id]/index.astro': [
      { name: 'known', path: `/utbildningstillfallen/${facts.event}`, expected: signedIn(200) },
      { name: 'unknown', path: `/utbildningstillfallen/${UNKNOWN}`, expected: signedIn(404) },
      { name: 'malformed', path: '/utbildningstillfallen/allt', expected: signedIn(404) },
    ],
    'utbildningstillfallen/[id]/andra.astro': [
      { name: 'role', path: `/utbildningstillfallen/${facts.event}/andra`, expected: creators },
      { name: 'unknown', path: `/utbildningstillfallen/${UNKNOWN}/andra`, expected: unknownToCreators },
    ],
    'utbildningstillfallen/[id]/narvaro.astro': [
      { name: 'role', path: `/utbildningstillfallen/${facts.event}/narvaro`, expected: creators },
      { name: 'unknown', path: `/utbildningstillfallen/${UNKNOWN}/narvaro`, expected: unknownToCreators },
    ],
    'utbildningstillfallen/[id].ics.ts': [
      { name: 'known', path: `/utbildningstillfallen/${facts.event}.ics`, expected: signedIn(200) },
      { name: 'unknown', path: `/utbildningstillfallen/${UNKNOWN}.ics`, expected: signedIn(404) },
    ],
    'apt/index.astro': [{ name: 'signed in', path: '/apt', expected: signedIn(200) }],
    // The way in looks the same whether there is such a meeting.
    'apt/[kod].astro': [{ name: 'not joined', path: '/apt/AAAAAA', expected: signedIn(200) }],
    'apt/[kod].json.ts': [{ name: 'not joined', path: '/apt/AAAAAA.json', expected: signedIn(404) }],
    'apt/handledning/[modul].astro': [
      { name: 'a part', path: '/apt/handledning/del-1', expected: signedIn(200) },
      {
        name: 'a fördjupning',
        path: '/apt/handledning/barn-i-forskolealdern',
        expected: signedIn(404, Object.fromEntries(facts.graduates.map((role) => [role, 200]))),
      },
      { name: 'unknown', path: '/apt/handledning/del-9', expected: signedIn(404) },
    ],
    'samordnare.astro': [{ name: 'role', path: '/samordnare', expected: only('samordnare', 'admin') }],
    'samordnare/mal.astro': [
      { name: 'role', path: '/samordnare/mal', expected: only('samordnare', 'admin') },
      {
        name: 'chosen',
        path: `/samordnare/mal?enhet=${facts.otherUnit}&ar=2026`,
        expected: only('samordnare', 'admin'),
      },
      {
        name: 'unknown',
        path: '/samordnare/mal?enhet=FINNS-INTE&ar=2026',
        expected: signedIn(403, { samordnare: 422, admin: 422 }),
      },
    ],
    'samordnare/ar.astro': [
      { name: 'role', path: '/samordnare/ar', expected: only('samordnare', 'admin') },
      { name: 'year', path: '/samordnare/ar?ar=2025', expected: only('samordnare', 'admin') },
    ],
    'samordnare/genomforanden.astro': [
      { name: 'role', path: '/samordnare/genomforanden', expected: only('samordnare', 'admin') },
      {
        name: 'unknown person',
        path: `/samordnare/genomforanden?person=${UNKNOWN}`,
        expected: only('samordnare', 'admin'),
      },
    ],
    'samordnare/utvardering.astro': [
      { name: 'role', path: '/samordnare/utvardering', expected: only('samordnare', 'admin') },
    ],
    'samordnare/utvardering.csv.ts': [
      { name: 'role', path: '/samordnare/utvardering.csv', expected: only('samordnare', 'admin') },
    ],
    'sjalvskattning.astro': [{ name: 'own', path: '/sjalvskattning', expected: signedIn(200) }],
    'redaktor/forhandsvisning/[slug]/[...del].astro': [
      { name: 'no draft', path: '/redaktor/forhandsvisning/finns-inte', expected: unknownToEditors },
      {
        name: 'no key',
        path: `/redaktor/forhandsvisning/del-1/modul?nyckel=${'a'.repeat(22)}.${'a'.repeat(43)}`,
        expected: unknownToEditors,
      },
    ],
    'redaktor/moduler/[slug]/forhandsvisning.astro': [
      {
        name: 'no draft',
        path: '/redaktor/moduler/finns-inte/forhandsvisning',
        expected: signedIn(403, { redaktor: 303, admin: 303 }),
      },
    ],
    'redaktor/moduler/[slug]/[...del].astro': [
      {
        name: 'no draft',
        path: '/redaktor/moduler/finns-inte/modul',
        expected: signedIn(403, { redaktor: 303, admin: 303 }),
      },
    ],
    'redaktor/moduler/[slug]/kontroll.astro': [
      {
        name: 'no draft',
        path: '/redaktor/moduler/finns-inte/kontroll?kor=nu',
        expected: signedIn(403, { redaktor: 303, admin: 303 }),
      },
    ],
    // They are only posted to.
    'redaktor/spara.ts': [{ name: 'reading', path: '/redaktor/spara', expected: 404 }],
    'redaktor/hall.ts': [{ name: 'reading', path: '/redaktor/hall', expected: 404 }],
    'redaktor/moduler/ny.astro': [
      { name: 'role', path: '/redaktor/moduler/ny', expected: only('redaktor', 'admin') },
    ],
    'redaktor/moduler/[slug]/index.astro': [
      { name: 'role', path: '/redaktor/moduler/del-1', expected: only('redaktor', 'admin') },
      { name: 'unknown', path: '/redaktor/moduler/finns-inte', expected: unknownToEditors },
      { name: 'the facts', path: '/redaktor/moduler/fakta', expected: unknownToEditors },
    ],
    'redaktor/moduler/[slug]/historik.astro': [
      { name: 'role', path: '/redaktor/moduler/del-1/historik', expected: only('redaktor', 'admin') },
      { name: 'unknown', path: '/redaktor/moduler/finns-inte/historik', expected: unknownToEditors },
    ],
    'redaktor/bilder.astro': [
      { name: 'editors', path: '/redaktor/bilder', expected: only('redaktor', 'admin') },
    ],
    'bilder/[name].ts': [
      { name: 'unknown', path: '/bilder/0123456789abcdef-1x1.webp', expected: signedIn(404) },
      { name: 'malformed', path: '/bilder/package.json', expected: signedIn(404) },
    ],
    'redaktor/fakta/index.astro': [
      { name: 'role', path: '/redaktor/fakta', expected: only('redaktor', 'admin') },
    ],
    'redaktor/fakta/[kind]/ny.astro': [
      { name: 'role', path: '/redaktor/fakta/laws/ny', expected: only('redaktor', 'admin') },
      { name: 'unknown kind', path: '/redaktor/fakta/allt/ny', expected: unknownToEditors },
    ],
    'redaktor/fakta/[kind]/[id]/index.astro': [
      { name: 'role', path: '/redaktor/fakta/laws/sol-19-1', expected: only('redaktor', 'admin') },
      { name: 'unknown', path: '/redaktor/fakta/laws/finns-inte', expected: unknownToEditors },
    ],
    'redaktor/fakta/[kind]/[id]/kontroll.astro': [
      { name: 'role', path: '/redaktor/fakta/laws/sol-19-1/kontroll', expected: only('redaktor', 'admin') },
      { name: 'unknown', path: '/redaktor/fakta/laws/finns-inte/kontroll', expected: unknownToEditors },
    ],
    'redaktor/fragor.astro': [
      { name: 'role', path: '/redaktor/fragor', expected: only('redaktor', 'admin') },
    ],
    'samordnare/krav/index.astro': [
      { name: 'role', path: '/samordnare/krav', expected: only('samordnare', 'admin') },
    ],
    'samordnare/krav/prova.astro': [
      {
        name: 'new',
        path: `/samordnare/krav/prova?atgard=nytt&kurs=grundkurs&enhet=${facts.otherUnit}&for=alla&fran=2031-01-01&manader=12`,
        expected: only('samordnare', 'admin'),
      },
      {
        name: 'empty',
        path: '/samordnare/krav/prova',
        expected: signedIn(403, { samordnare: 422, admin: 422 }),
      },
    ],
    'samordnare/krav/version.astro': [
      {
        name: 'empty',
        path: '/samordnare/krav/version',
        expected: signedIn(403, { samordnare: 422, admin: 422 }),
      },
    ],
    'samordnare/undantag.astro': [
      { name: 'role', path: '/samordnare/undantag', expected: only('samordnare', 'admin') },
    ],
    'redaktor/moduler/[slug]/granskning.astro': [
      {
        name: 'a module',
        path: '/redaktor/moduler/riskbedomning-med-patriark/granskning',
        expected: only('redaktor', 'admin'),
      },
      { name: 'facts', path: '/redaktor/moduler/fakta/granskning', expected: only('redaktor', 'admin') },
    ],
    'redaktor/moduler/[slug]/publicera.astro': [
      {
        name: 'not approved',
        path: '/redaktor/moduler/riskbedomning-med-patriark/publicera?andring=minor&skal=x',
        expected: signedIn(403, { redaktor: 422, admin: 422 }),
      },
    ],
    'redaktor/publicering/index.astro': [
      { name: 'role', path: '/redaktor/publicering', expected: only('redaktor', 'admin') },
      {
        name: 'malformed',
        path: '/redaktor/publicering?fore=x&tillbaka=-1',
        expected: only('redaktor', 'admin'),
      },
    ],
    'redaktor/publicering/[id].astro': [
      {
        name: 'unknown',
        path: '/redaktor/publicering/999999',
        expected: signedIn(403, { redaktor: 404, admin: 404 }),
      },
    ],
    'redaktor/publicering/[id].json.ts': [
      {
        name: 'unknown',
        path: '/redaktor/publicering/999999.json',
        expected: signedIn(403, { redaktor: 404, admin: 404 }),
      },
    ],
    'redaktor.astro': [{ name: 'role', path: '/redaktor', expected: only('redaktor', 'admin') }],
    'admin.astro': [{ name: 'role', path: '/admin', expected: only('admin') }],
    'admin/utskick.astro': [
      { name: 'role', path: '/admin/utskick', expected: only('admin') },
      { name: 'next run', path: '/admin/utskick?rakna=1', expected: only('admin') },
      { name: 'malformed', path: '/admin/utskick?visa=allt&antal=x', expected: only('admin') },
    ],
    'api/framsteg.ts': open('/api/framsteg'),
    'api/health.ts': open('/api/health'),
  };
}
