import type { Page } from '@playwright/test';
import readSheet from 'read-excel-file/node';
import type { IndicatorJsonRow } from '#src/features/indicator/indicator.schema.ts';
import { expect, expectSound, test } from '../support/e2e.ts';
import { readIndicatorRows } from '../support/indicator-rows.ts';
import { findElements, readPdf } from '../support/pdf.ts';

// Links are all there is: nothing here may need JavaScript.
test.use({ javaScriptEnabled: false });

const comma = (value: number) => value.toFixed(1).replace('.', ',').replace('-', '−');
const whole = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

function inWords(row: IndicatorJsonRow): string[] {
  const target = row.mal === null ? '–' : `${String(row.mal).replace('.', ',')} %`;
  if (row.dold) return [row.enhet, 'dold', target, 'dold', 'dold', 'dold'];
  const difference = row.utfall === null || row.mal === null ? null : row.utfall - row.mal;
  const sign = difference !== null && difference > 0.04 ? '+' : '';
  return [
    row.enhet,
    row.utfall === null ? 'ingen anställd' : `${comma(row.utfall)} %`,
    target,
    difference === null ? '–' : `${sign}${comma(difference)}`,
    whole(row.antal_genomfort ?? 0),
    whole(row.antal_anstallda ?? 0),
  ];
}

/** The units' tables, one per page of the report, as text. */
async function readTables(page: Page): Promise<{ name: string; rows: string[][] }[]> {
  return page.locator('.report-page:has(.report-table)').evaluateAll((pages) =>
    pages.map((part) => ({
      name: part.querySelector('h2')?.textContent?.trim() ?? '',
      rows: [...part.querySelectorAll('.report-table tbody tr')].map((line) =>
        [...line.querySelectorAll('th, td')].map((cell) => {
          const copy = cell.cloneNode(true) as HTMLElement;
          for (const drawing of copy.querySelectorAll('svg')) drawing.remove();
          return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
        }),
      ),
    })),
  );
}

test('The report of a year is found from the indicator and says what the files say, page by page', async ({
  page,
  request,
}) => {
  await page.goto('/indikator');
  await page.getByRole('link', { name: 'Årsrapport 2025' }).click();
  await expect(page).toHaveURL('/indikator/arsrapport/2025');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Årsrapport 2025');
  const rows = await readIndicatorRows(request, 'datum=2025-12-31');
  const parents = [rows[0]!, ...rows.filter(({ typ }) => typ === 'forvaltning')];
  const tables = await readTables(page);
  expect(tables.map(({ name }) => name)).toEqual(parents.map(({ enhet }) => enhet));
  const tree = await Promise.all(
    parents
      .slice(1)
      .map(({ enhetskod }) => readIndicatorRows(request, `datum=2025-12-31&enhet=${enhetskod}`)),
  );
  expect(tables[0]!.rows).toEqual(parents.slice(1).map(inWords));
  for (const [index, branch] of tree.entries()) {
    const divisions = branch.filter(({ typ }) => typ === 'avdelning');
    expect(tables[index + 1]!.rows).toEqual(divisions.map(inWords));
  }

  const code = parents[1]!.enhetskod;
  await page.getByRole('link', { name: `Rapporten för ${parents[1]!.enhet} med alla enheter` }).click();
  await expect(page).toHaveURL(`/indikator/arsrapport/2025?enhet=${code}`);
  expect((await readTables(page))[0]!.rows).toEqual(tree[0]!.slice(1).map(inWords));
});

test('The PDF and Excel files come through the server as they were made', async ({ request }) => {
  const began = performance.now();
  const pdf = await request.get('/indikator/arsrapport/2025.pdf');
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  const { info, elements, pages } = await readPdf(await pdf.body());
  expect(info['Language']).toBe('sv-SE');
  expect(pages).toBeGreaterThan(10);
  const rows = await readIndicatorRows(request, 'datum=2025-12-31');
  const texts = findElements(elements, 'TR').map(({ children }) =>
    children.map(({ text }) => text.replace(/\s/g, ' ')),
  );
  for (const row of rows.filter(({ typ }) => typ === 'forvaltning'))
    expect(texts).toContainEqual(inWords(row));

  const xlsx = await request.get('/indikator.xlsx?datum=2025-12-31');
  const sheets = await readSheet(await xlsx.body());
  expect(sheets[0]!.data).toHaveLength(rows.length + 1);
  expect(sheets[0]!.data[1]!.slice(4, 9)).toEqual([
    rows[0]!.mal,
    rows[0]!.utfall,
    rows[0]!.antal_genomfort,
    rows[0]!.antal_anstallda,
    false,
  ]);
});

test('A year that has no report says what to do instead', async ({ page }) => {
  for (const [path, status, title] of [
    ['/indikator/arsrapport/i-fjol', 400, 'Skriv året med fyra siffror'],
    ['/indikator/arsrapport/2199', 400, 'Det året har inte varit än'],
    ['/indikator/arsrapport/1999', 404, 'Det finns inga uppgifter för det året'],
  ] as const) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(status);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByRole('navigation', { name: 'År som har en rapport' })).toContainText('2025');
  }
  expect((await page.goto('/indikator/arsrapport/i-fjol.pdf'))?.status()).toBe(400);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Det går inte att läsa');
});

for (const view of [
  { name: 'light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 360, height: 780 }, colorScheme: 'light' },
] as const) {
  test.describe(`In ${view.name}`, () => {
    test.use({ viewport: view.viewport, colorScheme: view.colorScheme, javaScriptEnabled: true });

    test('axe finds nothing in the report and refusals, and nothing scrolls sideways', async ({ page }) => {
      // A förvaltning stands for all: axe takes its time over what is the same thirteen times.
      await expectSound(page, '/indikator/arsrapport/2025?enhet=MF');
      await expectSound(page, '/indikator/arsrapport/1999');
    });
  });
}

test.describe('Printed', () => {
  test.use({ javaScriptEnabled: true });

  test('each förvaltning has a page of its own', async ({ page }) => {
    await page.goto('/indikator/arsrapport/2025');
    const departments = (await page.locator('.report-page').count()) - 2;
    const { pages, texts } = await readPrint(await page.pdf({ preferCSSPageSize: true }));
    // Two for the municipality, one for the method.
    expect(pages).toBe(departments + 3);
    expect(texts).not.toContain('Hämta som PDF');
  });
});

async function readPrint(bytes: Buffer): Promise<{ pages: number; texts: string }> {
  const { pages, elements, artifacts } = await readPdf(bytes);
  return { pages, texts: JSON.stringify(elements) + artifacts.join(' ') };
}
