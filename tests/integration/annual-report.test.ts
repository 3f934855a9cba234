import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setTargets } from '#db/queries/targets.ts';
import { loadAnnualReport } from '#src/features/annual-report/annual-report.server.ts';
import { getReportPdf } from '#src/features/annual-report/remembered-pdf.server.ts';
import { writeReportPdf } from '#src/features/annual-report/report-pdf.ts';
import { replyWithReport, replyWithStratsys } from '#src/features/annual-report/report-reply.server.ts';
import { fixYear } from '#src/features/years/years.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findElements, readPdf } from '../support/pdf.ts';
import { addUnit, complete, hire, requireModules, TODAY } from '../support/staff.ts';
import { addActor } from '../support/training.ts';

let database: TestDatabase;
let late: string;
/** A department with a small team, one that protects it and a large one; another with one team. */
const TEAMS = { LITEN: ['F', 8, 4], NAST: ['F', 12, 6], STOR: ['F', 40, 20], HALV: ['G', 60, 3] } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await requireModules(db, ['grundkurs']);
  const top = await addUnit(db, 'K', 'municipality');
  const departments = {
    F: await addUnit(db, 'F', 'department', top),
    G: await addUnit(db, 'G', 'department', top),
  };
  for (const [code, [department, employed, completed]] of Object.entries(TEAMS)) {
    const team = await addUnit(db, code, 'team', departments[department]);
    for (let index = 0; index < employed; index += 1) {
      const personId = await hire(db, team);
      if (index < completed) await complete(db, personId, 'grundkurs', '2024-03-01');
      else if (code === 'STOR') late = personId;
    }
  }
  await setTargets(db, [{ unitId: top, year: 2025, percent: 62.5 }]);
  // Two units with one name.
  await db.execute(sql`update unit_period set name = 'Enhet NAST'
    where unit_id = (select id from unit where code = 'HALV')`);
});
afterAll(() => database.drop());
afterEach(() => setClock(null));
const atNoon = () => setClock(() => new Date(`${TODAY}T10:00:00Z`));

const context = (path: string) => ({
  url: new URL(path, 'http://x.test'),
  locals: { actor: null } as App.Locals,
});
async function load(year: string, unitCode?: string) {
  const found = await loadAnnualReport(null, year, unitCode);
  if (found.kind !== 'ok') throw new Error(found.kind);
  return found.report;
}
const pdf = async (year: string, query = '') => {
  const reply = await replyWithReport(context(`/indikator/arsrapport/${year}.pdf${query}`), year, 'pdf');
  return new Uint8Array(await reply.arrayBuffer());
};
const csv = async (year: string) =>
  (await replyWithReport(context(`/indikator/arsrapport/${year}.csv`), year, 'csv')).text();
const stratsys = async (query: string) =>
  (await replyWithStratsys(context(`/indikator/stratsys.tsv?${query}`))).text();

describe('The annual report', () => {
  test('has a page for the municipality and one per förvaltning, with the units right below', async () => {
    atNoon();
    const { sections, asOf, isRunning, fixed } = await load('2025');
    expect([asOf, isRunning, fixed]).toEqual(['2025-12-31', false, null]);
    expect(
      sections.map(({ unit, below }) => [unit.row.code, below.map(({ row }) => row.code).join(' ')]),
    ).toEqual([
      ['K', 'F G'],
      ['F', 'LITEN NAST STOR'],
      ['G', 'HALV'],
    ]);
    expect(sections[0]!.trend.map(({ year, row }) => [year, row?.outcome])).toEqual([
      [2024, 27.5],
      [2025, 27.5],
    ]);
  });

  test('hides what the indicator hides, whoever asks', async () => {
    atNoon();
    const admin = await addActor(database.db, { role: 'admin' });
    const found = await loadAnnualReport(admin, '2025', 'F');
    if (found.kind !== 'ok') throw new Error(found.kind);
    expect(found.report.sections).toHaveLength(1);
    expect(found.report.lines.map(({ row }) => [row.code, row.hidden, row.completed])).toEqual([
      ['F', false, 30],
      ['LITEN', true, null],
      ['NAST', true, null],
      ['STOR', false, 20],
    ]);
  });

  test('of the running year is as of today and says so', async () => {
    atNoon();
    const { asOf, isRunning } = await load('2026');
    expect([asOf, isRunning]).toEqual([TODAY, true]);
    const { elements } = await readPdf(await pdf('2026'));
    const texts = findElements(elements, 'P').map(({ text }) => text);
    expect(texts.find((text) => text.includes('Hittills'))).toContain('15 juni 2026');
    expect(texts.find((text) => text.startsWith('Utfall hittills'))).toContain('27,5 %');
  });

  test('is refused for what is no year, has not been, or has no figures', async () => {
    atNoon();
    for (const [year, unitCode, kind, status] of [
      ['25', undefined, 'bad-year', 400],
      ['2025-12-31', undefined, 'bad-year', 400],
      ['2027', undefined, 'future-year', 400],
      ['2019', undefined, 'no-figures', 404],
      ['2025', 'X', 'unknown-unit', 404],
    ] as const) {
      expect(await loadAnnualReport(null, year, unitCode)).toMatchObject({ kind });
      const path = `/a${unitCode ? `?enhet=${unitCode}` : ''}`;
      for (const format of ['pdf', 'csv'] as const)
        expect((await replyWithReport(context(path), year, format)).status).toBe(status);
    }
  });
});

describe('The PDF file of the report', () => {
  test('is tagged, in Swedish, with title, bookmarks, headings, tables with headings and pictures in words', async () => {
    atNoon();
    const { info, bookmarks, elements, artifacts, pages } = await readPdf(await pdf('2025'));
    expect(info).toMatchObject({ Title: 'Årsrapport 2025 – Enhet K', Language: 'sv-SE' });
    expect(Object.keys(info)).not.toContain('Author');
    expect(bookmarks).toEqual(['Enhet K', 'Enhet F', 'Enhet G', 'Metod']);
    expect(findElements(elements, 'H1', 'H2').map(({ role, text }) => `${role} ${text}`)).toEqual([
      'H1 Årsrapport 2025',
      'H2 Enhet K',
      'H2 Enhet F',
      'H2 Enhet G',
      'H2 Metod',
    ]);
    const [units] = findElements(elements, 'Table');
    expect(units!.children.map(({ role }) => role)).toEqual(['Caption', 'TR', 'TR', 'TR']);
    const [, header, row] = units!.children;
    expect(header!.children.map(({ role }) => role)).toEqual(Array(6).fill('TH'));
    expect(row!.children.map(({ role }) => role)).toEqual(['TH', ...Array(5).fill('TD')]);
    const figures = findElements(elements, 'Figure');
    expect(figures.map(({ alt }) => alt?.replace(/\s/g, ' '))).toContain(
      'Utfall och mål i Enhet K, år för år. 2024: 27,5 %. 2025: 27,5 %, mål 62,5 %.',
    );
    expect(figures.every(({ alt }) => Boolean(alt))).toBe(true);
    expect(artifacts.filter((text) => /^Sida \d+ av \d+$/.test(text))).toHaveLength(pages);
    const texts = JSON.stringify(elements);
    expect(texts).not.toContain('Sida 1');
    expect(texts).toContain('Vad betyder ”dold”?');
  });

  test('has its fonts in it and is the same, byte by byte, for the same figures', async () => {
    atNoon();
    const report = await load('2025');
    const [first, second] = [await writeReportPdf(report), await writeReportPdf(report)];
    expect(first.equals(second)).toBe(true);
    const raw = first.toString('latin1');
    expect(raw.startsWith('%PDF-1.7')).toBe(true);
    expect(raw.match(/\/FontFile2/g)).toHaveLength(3);
    expect(raw).not.toContain('Helvetica');
    expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(raw).toContain('/Tabs /S');
    expect(raw).toMatch(/\/Scope \/Column[^]*\/Scope \/Row/);
  });
});

test('The PDF file is drawn once for the same figures, however many ask, and anew for others', async () => {
  atNoon();
  const [one, same, other] = await Promise.all([
    getReportPdf(await load('2025')),
    getReportPdf(await load('2025')),
    getReportPdf(await load('2025', 'F')),
  ]);
  expect(one).toBe(same);
  expect(one && other?.equals(one)).toBe(false);
});

test('Whoever asks for a PDF file while many wait to be drawn is asked to come back, and gets it then', async () => {
  atNoon();
  const report = await load('2025');
  const askFor = (year: number) => getReportPdf({ ...report, year });
  const asked = Array.from({ length: 14 }, (_, index) => askFor(2100 + index));
  const drawn = (await Promise.all(asked)).map((file) => file !== null);
  expect(drawn).toEqual(Array.from({ length: 14 }, (_, index) => index < 10));
  expect(await askFor(2113)).not.toBe(null);
});

describe('The file for Stratsys', () => {
  test('tells units with the same name apart, and gives one measure when one is asked for', async () => {
    atNoon();
    const lines = (await stratsys('ar=2025&matt=utfall')).trimEnd().split('\r\n');
    expect(lines.slice(1).map((line) => line.split('\t'))).toEqual([
      ['Enhet K', '2025-12-31', expect.stringMatching(/, utfall$/), '27,5'],
      ['Enhet F', '2025-12-31', expect.any(String), '50,0'],
      ['Enhet STOR', '2025-12-31', expect.any(String), '50,0'],
      ['Enhet G', '2025-12-31', expect.any(String), '5,0'],
      ['Enhet NAST (HALV)', '2025-12-31', expect.any(String), '5,0'],
    ]);
    expect(await stratsys('ar=2025&matt=mal')).toContain('Enhet NAST (NAST)\t2025-12-31\t');
    expect(await stratsys('ar=2025&enhet=G')).not.toContain('Enhet K');
  });
});

describe('A fixed year', () => {
  test('keeps its figures in every form of the report, with the recomputed ones beside them', async () => {
    atNoon();
    await fixYear('cli', { year: 2025 });
    const before = await load('2025');
    expect(before.fixed).toMatchObject({ revision: 1, reason: null });
    expect(before.lines.every(({ recomputed }) => recomputed === null)).toBe(true);

    await complete(database.db, late, 'grundkurs', '2025-11-01');
    const report = await load('2025');
    const stor = report.lines.find(({ row }) => row.code === 'STOR')!;
    expect([stor.row.completed, stor.row.outcome]).toEqual([20, 50]);
    expect([stor.recomputed?.completed, stor.recomputed?.outcome]).toEqual([21, 52.5]);
    expect(report.lines.find(({ row }) => row.code === 'HALV')!.recomputed).toBeNull();
    const hidden = report.lines.filter(({ row }) => row.hidden);
    expect(hidden.map(({ row, recomputed }) => [row.code, recomputed])).toEqual([
      ['LITEN', null],
      ['NAST', null],
    ]);

    expect(await csv('2025')).toContain(
      'STOR;Enhet STOR;enhet;62,5;50,0;-12,5;20;40;false;true;62,5;52,5;21;40',
    );
    expect(await stratsys('ar=2025&matt=utfall')).toMatch(/Enhet STOR\t2025-12-31\t.*\t50,0/);
    const { elements } = await readPdf(await pdf('2025'));
    const rows = findElements(elements, 'TR').map(({ children }) => children.map(({ text }) => text));
    expect(rows).toContainEqual(['Enhet STOR', '50,0 %', '52,5 %', '62,5 %', '−12,5', '20', '40']);
    expect(rows).toContainEqual(['Enhet LITEN', 'dold', '', '62,5 %', 'dold', 'dold', 'dold']);
    const texts = findElements(elements, 'P').map(({ text }) => text);
    expect(texts).toContain('Omräknat med dagens uppgifter: 28,3 % (34 av 120).');
    expect(texts.some((text) => text.startsWith('Fastställt.'))).toBe(true);

    const later = await load('2026');
    expect(later.sections[0]!.trend.map(({ year, row, isFixed }) => [year, row?.completed, isFixed])).toEqual(
      [
        [2024, 33, false],
        [2025, 33, true],
        [2026, 34, false],
      ],
    );
  });
});

describe('Several municipalities', () => {
  test('have a report each, and one has to be chosen', async () => {
    atNoon();
    const other = await addUnit(database.db, 'L', 'municipality');
    const team = await addUnit(database.db, 'L-1', 'team', other);
    for (let index = 0; index < 10; index += 1) await hire(database.db, team);
    expect(await loadAnnualReport(null, '2024')).toMatchObject({
      kind: 'choose',
      municipalities: [{ code: 'K' }, { code: 'L' }],
    });
    const reply = await replyWithReport(context('/a'), '2024', 'pdf');
    expect([reply.status, reply.headers.get('Location')]).toEqual([303, '/indikator/arsrapport/2024']);
    const { lines } = await load('2024', 'L');
    expect(lines.map(({ row }) => [row.code, row.employed])).toEqual([
      ['L', 10],
      ['L-1', 10],
    ]);
  });
});
