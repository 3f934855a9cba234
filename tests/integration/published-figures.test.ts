import { parse } from 'csv-parse/sync';
import readSheet from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { seedDemo } from '#db/seed.ts';
import { loadAnnualReport } from '#src/features/annual-report/annual-report.server.ts';
import { replyWithReport, replyWithStratsys } from '#src/features/annual-report/report-reply.server.ts';
import { hashPassword } from '#src/features/auth/password.ts';
import { describeIndicatorFile } from '#src/features/indicator/indicator.schema.ts';
import { UNIT_KIND_WORDS, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { loadIndicatorPage } from '#src/features/indicator/indicator-page.server.ts';
import { replyWithIndicator } from '#src/features/indicator/indicator-reply.server.ts';
import { getIndicator, getUnitTrends } from '#src/features/indicator/indicator.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findElements, readPdf, type PdfElement } from '../support/pdf.ts';

const TODAY = '2026-11-22';
/** Year ends with many and few hidden units, and the running year. */
const YEARS = [2021, 2024, 2025, 2026];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedDemo(database.db, { today: TODAY, hashPassword });
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
});
afterAll(async () => {
  setClock(null);
  await database.drop();
});

const dayOf = (year: number) => (year === 2026 ? TODAY : `${year}-12-31`);
const context = (path: string) => ({
  url: new URL(path, 'http://x.test'),
  locals: { actor: null } as App.Locals,
});
const comma = (value: number | null) => (value === null ? '' : value.toFixed(1).replace('.', ','));
const whole = (value: number | null) => (value === null ? '' : String(value));

/** One unit's figures in one form, whatever they were read from. */
const cellsOf = ({ code, name, kind, target, outcome, completed, employed, hidden }: IndicatorRow) =>
  [
    code,
    name,
    UNIT_KIND_WORDS[kind],
    comma(target),
    comma(outcome),
    whole(completed),
    whole(employed),
    hidden,
  ].join('|');

async function screen(asOf: string): Promise<IndicatorRow[]> {
  const found = await getIndicator(null, { asOf });
  if (found.kind !== 'ok') throw new Error(found.kind);
  return found.rows;
}

const csvRows = (text: string) =>
  parse(text, { bom: true, delimiter: ';', columns: true }) as Record<string, string>[];
const cellsOfCsv = (row: Record<string, string>) =>
  [
    row['enhetskod'],
    row['enhet'],
    row['typ'],
    row['mal'],
    row['utfall'],
    row['antal_genomfort'],
    row['antal_anstallda'],
    row['dold'],
  ].join('|');

describe.each(YEARS)('what is published of %i is the same everywhere, cell by cell', (year) => {
  const asOf = dayOf(year);
  let rows: IndicatorRow[];
  let wanted: string[];
  beforeAll(async () => {
    rows = await screen(asOf);
    wanted = rows.map(cellsOf);
  });

  test('with enough that is shown and enough that is hidden', () => {
    expect(rows.length).toBeGreaterThan(900);
    expect(rows.filter(({ hidden }) => hidden).length).toBeGreaterThan(20);
    expect(rows.filter(({ hidden }) => !hidden).length).toBeGreaterThan(20);
  });

  test('on the pages of municipality, förvaltningar and some avdelningar', async () => {
    const divisions = rows.filter(({ kind }) => kind === 'division').filter((_, index) => index % 9 === 0);
    const open = rows.filter(({ kind }) => kind === 'municipality' || kind === 'department');
    for (const unit of [...open, ...divisions]) {
      const page = await loadIndicatorPage(null, unit.code, new URLSearchParams({ datum: asOf }));
      if (page.kind !== 'figures') throw new Error(page.kind);
      expect(cellsOf(page.unit)).toBe(cellsOf(unit));
      const below = rows.filter(({ parentCode }) => parentCode === unit.code).map(cellsOf);
      expect(page.children.map(cellsOf).sort()).toEqual(below.sort());
    }
  });

  test('in the CSV file', async () => {
    const text = await (await replyWithIndicator(context(`/indikator.csv?datum=${asOf}`), 'csv')).text();
    expect(csvRows(text).map(cellsOfCsv)).toEqual(wanted);
  });

  test('in the JSON file', async () => {
    const file = await (await replyWithIndicator(context(`/indikator.json?datum=${asOf}`), 'json')).json();
    const cells = file.rows.map((row: Record<string, never>) =>
      [
        row['enhetskod'],
        row['enhet'],
        row['typ'],
        comma(row['mal'] ?? null),
        comma(row['utfall'] ?? null),
        whole(row['antal_genomfort'] ?? null),
        whole(row['antal_anstallda'] ?? null),
        row['dold'],
      ].join('|'),
    );
    expect(cells).toEqual(wanted);
  });

  test('in the Excel file, with numbers as numbers', async () => {
    const reply = await replyWithIndicator(context(`/indikator.xlsx?datum=${asOf}`), 'xlsx');
    const sheets = await readSheet(Buffer.from(await reply.arrayBuffer()));
    const [header, ...lines] = sheets[0]!.data;
    expect(header).toEqual([
      'datum',
      'enhetskod',
      'enhet',
      'typ',
      'mal',
      'utfall',
      'antal_genomfort',
      'antal_anstallda',
      'dold',
    ]);
    const cells = lines.map(([day, code, name, kind, target, outcome, completed, employed, hidden]) => {
      expect(day).toBe(asOf);
      for (const value of [target, outcome, completed, employed])
        if (value !== null) expect(typeof value).toBe('number');
      return [
        code,
        name,
        kind,
        comma(target as number | null),
        comma(outcome as number | null),
        whole(completed as number | null),
        whole(employed as number | null),
        hidden,
      ].join('|');
    });
    expect(cells).toEqual(wanted);
  });

  test('in the annual report and its CSV file, with the years before', async () => {
    const found = await loadAnnualReport(null, String(year));
    if (found.kind !== 'ok') throw new Error(found.kind);
    const { lines, sections, isRunning } = found.report;
    expect(isRunning).toBe(year === 2026);
    expect(lines.map(({ row }) => cellsOf(row))).toEqual(wanted);
    const departments = rows.filter(({ kind }) => kind === 'department').map(({ code }) => code);
    expect(sections.map(({ unit }) => unit.row.code)).toEqual([rows[0]!.code, ...departments]);
    for (const { unit, below } of sections) {
      const children = rows.filter(({ parentCode }) => parentCode === unit.row.code);
      expect(below.map(({ row }) => cellsOf(row))).toEqual(children.map(cellsOf));
    }
    const trends = await getUnitTrends(
      null,
      sections.map(({ unit }) => unit.row.code),
    );
    const reply = await replyWithReport(context(`/indikator/arsrapport/${year}.csv`), String(year), 'csv');
    const file = csvRows(await reply.text());
    expect(file.filter(({ ar }) => ar === String(year)).map(cellsOfCsv)).toEqual(wanted);
    const earlier = sections.flatMap(({ unit }) =>
      (trends.get(unit.row.code) ?? [])
        .filter((point) => point.year < year)
        .toReversed()
        .flatMap(({ row }) => (row ? [cellsOf(row)] : [])),
    );
    expect(file.filter(({ ar }) => ar !== String(year)).map(cellsOfCsv)).toEqual(earlier);
  });

  test('in the text of the PDF file', async () => {
    const reply = await replyWithReport(context(`/indikator/arsrapport/${year}.pdf`), String(year), 'pdf');
    const { elements } = await readPdf(new Uint8Array(await reply.arrayBuffer()));
    const read = tablesOf(elements);
    const sections = [rows[0]!, ...rows.filter(({ kind }) => kind === 'department')];
    expect(read).toHaveLength(sections.length);
    const trends = await getUnitTrends(
      null,
      sections.map(({ code }) => code),
    );
    for (const [index, { code, name }] of sections.entries()) {
      const children = rows.filter(({ parentCode }) => parentCode === code);
      const points = (trends.get(code) ?? []).filter((point) => point.year <= year).toReversed();
      expect(read[index]).toEqual({
        name,
        units: children.map((row) => [row.name, ...inWords(row), ...countsInWords(row)]),
        years: points.flatMap(({ year: each, row }) =>
          row ? [[each === 2026 ? '2026 hittills' : String(each), ...inWords(row)]] : [],
        ),
      });
    }
  });

  test('in the file for Stratsys, where hidden and missing values have no row', async () => {
    const reply = await replyWithStratsys(context(`/indikator/stratsys.tsv?ar=${year}`));
    const [header, ...lines] = (await reply.text()).trimEnd().split('\r\n');
    expect(header).toBe('enhet\tperiod\tmatt\tvarde');
    const times = (name: string) => rows.filter((row) => row.name === name).length;
    const measure = 'Andel medarbetare som har grundkunskaper om hedersrelaterat våld och förtryck';
    const cells = rows.flatMap(({ code, name, target, outcome }) => {
      const unit = times(name) > 1 ? `${name} (${code})` : name;
      return [
        ...(outcome === null ? [] : [[unit, `${year}-12-31`, `${measure}, utfall`, comma(outcome)]]),
        ...(target === null ? [] : [[unit, `${year}-12-31`, `${measure}, mål`, comma(target)]]),
      ].map((line) => line.join('\t'));
    });
    expect(lines).toEqual(cells);
    expect(new Set(lines.map((line) => line.split('\t').slice(0, 3).join())).size).toBe(lines.length);
  });
});

describe('the report of one förvaltning', () => {
  test('has every unit below it, in the PDF file too, over as many pages as it takes', async () => {
    const rows = await screen('2025-12-31');
    const branch = rows.filter(({ code }) => code === 'GRF' || code.startsWith('GRF-'));
    const path = '/indikator/arsrapport/2025.pdf?enhet=GRF';
    const reply = await replyWithReport(context(path), '2025', 'pdf');
    const { elements, pages, artifacts } = await readPdf(new Uint8Array(await reply.arrayBuffer()));
    expect(pages).toBeGreaterThan(4);
    const [section] = tablesOf(elements);
    expect(section!.units).toEqual(
      branch.slice(1).map((row) => [row.name, ...inWords(row), ...countsInWords(row)]),
    );
    // Headings that stand once more on the next page are for the eye only.
    expect(artifacts.filter((text) => text === 'Anställda').length).toBeGreaterThan(1);
  });
});

describe('the promise of the JSON file', () => {
  test('holds for what is sent, and not for what it is not', async () => {
    const schema = z.fromJSONSchema(describeIndicatorFile() as Parameters<typeof z.fromJSONSchema>[0]);
    const reply = await replyWithIndicator(context('/indikator.json?datum=2023-12-31'), 'json');
    const file = await reply.json();
    expect(reply.headers.get('Link')).toContain('</indikator/schema.json>; rel="describedby"');
    expect(schema.safeParse(file).success).toBe(true);
    const [first, ...rest] = file.rows;
    for (const broken of [
      { ...file, rows: [{ ...first, utfall: '50,0' }, ...rest] },
      { ...file, rows: [{ ...first, dold: null }, ...rest] },
      { ...file, rows: [{ ...first, typ: 'bolag' }, ...rest] },
      { ...file, datum: '2023' },
    ])
      expect(schema.safeParse(broken).success).toBe(false);
  });
});

const space = (text: string) => text.replace(/\s/g, ' ');
const points = (value: number) => comma(value).replace('-', '−');

/** Outcome, target and difference as the report says them. */
function inWords({ hidden, outcome, target }: IndicatorRow): string[] {
  const goal = target === null ? '–' : `${String(target).replace('.', ',')} %`;
  if (hidden) return ['dold', goal, 'dold'];
  if (outcome === null) return ['ingen anställd', goal, '–'];
  const difference = target === null ? null : Math.round((outcome - target) * 10) / 10;
  const sign = difference !== null && difference > 0 ? '+' : '';
  return [`${comma(outcome)} %`, goal, difference === null ? '–' : `${sign}${points(difference)}`];
}

function countsInWords({ hidden, completed, employed }: IndicatorRow): string[] {
  const shown = (count: number | null) => (hidden ? 'dold' : String(count).replace(/\B(?=(\d{3})+$)/g, ' '));
  return [shown(completed), shown(employed)];
}

/** The two tables under each heading, the second the years. A table that goes on on the next page is one. */
function tablesOf(elements: readonly PdfElement[]) {
  const pages: { name: string; units: string[][]; years: string[][] }[] = [];
  for (const element of findElements(elements, 'H2', 'Table')) {
    if (element.role === 'H2') pages.push({ name: element.text, units: [], years: [] });
    else {
      const page = pages.at(-1)!;
      for (const { children } of element.children.filter(({ role }) => role === 'TR')) {
        const cells = children.map(({ text }) => space(text));
        if (children.every(({ role }) => role === 'TH')) continue;
        if (/^\d{4}( hittills)?$/.test(cells[0]!)) page.years.push(cells);
        else page.units.push(cells);
      }
    }
  }
  return pages.filter(({ name }) => name !== 'Metod');
}
