import type { Page } from '@playwright/test';
import type { IndicatorJsonRow } from '#src/features/indicator/indicator.schema.ts';
import { spreadDays, timeDays } from '../bench/indicator.ts';
import { expect, expectSound, test } from '../support/e2e.ts';
import { readIndicatorRows } from '../support/indicator-rows.ts';

// Links and forms are all there is: nothing here may need JavaScript.
test.use({ javaScriptEnabled: false });

/** The cells of the table below the headline, as text, spaces made plain. */
async function readTable(page: Page): Promise<string[][]> {
  const rows = page.locator('table.figures tbody tr');
  return rows.evaluateAll((lines) =>
    lines.map((line) =>
      [...line.querySelectorAll('th, td')].map((cell) => {
        const copy = cell.cloneNode(true) as HTMLElement;
        for (const drawing of copy.querySelectorAll('svg')) drawing.remove();
        return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
      }),
    ),
  );
}

const oneDecimal = (value: number) => value.toFixed(1).replace('.', ',').replace('-', '−');
const whole = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

/** What a row of the table says of a row of the file. */
function inWords(row: IndicatorJsonRow): string[] {
  const target = row.mal === null ? '–' : `${String(row.mal).replace('.', ',')} %`;
  if (row.dold) return [row.enhet, 'dold', target, 'dold', 'dold', 'dold'];
  const difference = row.utfall === null || row.mal === null ? null : row.utfall - row.mal;
  const sign = difference !== null && difference > 0.04 ? '+' : '';
  return [
    row.enhet,
    row.utfall === null ? 'ingen anställd' : `${oneDecimal(row.utfall)} %`,
    target,
    difference === null ? '–' : sign + oneDecimal(difference),
    whole(row.antal_genomfort ?? 0),
    whole(row.antal_anstallda ?? 0),
  ];
}

test('The page says in one sentence what the file says of the whole municipality', async ({
  page,
  request,
}) => {
  const [municipality] = await readIndicatorRows(request);
  await page.goto('/indikator');
  const headline = page.locator('.headline');
  await expect(headline).toContainText(`${oneDecimal(municipality!.utfall!)} %`);
  await expect(headline).toContainText(
    `Det är ${whole(municipality!.antal_genomfort!)} av ${whole(municipality!.antal_anstallda!)} personer.`,
  );
  await expect(headline).toContainText(`av medarbetarna i ${municipality!.enhet}`);
});

for (const day of ['', 'datum=2023-06-30', 'datum=2021-12-31']) {
  test(`The table has the figures of the file ${day}`, async ({ page, request }) => {
    const departments = (await readIndicatorRows(request, day)).filter(({ typ }) => typ === 'forvaltning');
    await page.goto(`/indikator?${day}`);
    const table = await readTable(page);
    expect(table.length).toBe(departments.length);
    expect([...table].sort()).toEqual(departments.map(inWords).sort());
  });
}

test('Of a hidden unit nothing is said: not in its row, its drawing or its place', async ({
  page,
  request,
}) => {
  const rows = await readIndicatorRows(request, 'datum=2022-12-31');
  const hidden = rows.filter(({ dold }) => dold);
  expect(hidden.length).toBeGreaterThan(10);
  for (const row of hidden) {
    expect([row.utfall, row.antal_genomfort, row.antal_anstallda]).toEqual([null, null, null]);
  }
  // A department with some hidden divisions or a division with some hidden teams.
  const shown = new Map(rows.map((row) => [row.enhetskod, row]));
  const parent = hidden
    .map(({ enhetskod }) => shown.get(enhetskod.replace(/-[^-]+$/, '')))
    .find((row) => row && !row.dold && row.typ === 'avdelning');
  for (const sort of ['namn', 'utfall', 'mal', 'skillnad']) {
    await page.goto(`/indikator/${parent!.enhetskod}?datum=2022-12-31&sortera=${sort}`);
    const table = await readTable(page);
    const firstHidden = table.findIndex((cells) => cells[1] === 'dold');
    expect(firstHidden).toBeGreaterThan(-1);
    expect(table.slice(firstHidden).every((cells) => cells[1] === 'dold')).toBe(true);
    const names = table.slice(firstHidden).map(([name]) => name!);
    expect(names).toEqual([...names].sort(new Intl.Collator('sv', { numeric: true }).compare));
  }
  const row = page.locator('table.figures tbody tr').last();
  await expect(row.getByRole('img')).toHaveAccessibleName(/^Utfallet är dolt, mål [\d,]+\s%$/);
  expect(await row.locator('rect.bar').count()).toBe(0);
  expect(await row.innerHTML()).not.toMatch(/antal|data-value/);
  await expect(page.locator('.footnote')).toContainText('gruppen är så liten');
});

test('The table sorts by links, says so, and turns round', async ({ page, request }) => {
  const departments = (await readIndicatorRows(request)).filter(
    ({ typ, dold }) => typ === 'forvaltning' && !dold,
  );
  await page.goto('/indikator');
  await expect(page.getByRole('columnheader', { name: 'Förvaltning' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await page.locator('.figures').getByRole('columnheader', { name: 'Utfall' }).getByRole('link').click();
  await expect(page).toHaveURL('/indikator?sortera=utfall');
  const column = page.locator('.figures').getByRole('columnheader', { name: 'Utfall' });
  await expect(column).toHaveAttribute('aria-sort', 'descending');
  const best = [...departments].sort((a, b) => b.utfall! - a.utfall!)[0]!;
  expect((await readTable(page))[0]![0]).toBe(best.enhet);
  await column.getByRole('link').click();
  await expect(column).toHaveAttribute('aria-sort', 'ascending');
  expect((await readTable(page)).filter((cells) => cells[1] !== 'dold').at(-1)![0]).toBe(best.enhet);
});

test('A day is chosen in the form or by its year, and is kept on the way down the tree', async ({
  page,
  request,
}) => {
  await page.goto('/indikator?sortera=utfall');
  await page.getByLabel('Välj dag').fill('2024-03-14');
  await page.getByRole('button', { name: 'Visa' }).click();
  await expect(page).toHaveURL('/indikator?datum=2024-03-14&sortera=utfall');
  await expect(page.locator('.headline')).toContainText('den 14 mars 2024');

  await page.goto('/indikator');
  await page.locator('.filter').getByRole('link', { name: '2023' }).click();
  await expect(page.locator('.headline')).toContainText('den 31 december 2023');
  const rows = await readIndicatorRows(request, 'datum=2023-12-31');
  const path: IndicatorJsonRow[] = [];
  for (const kind of ['forvaltning', 'avdelning', 'enhet']) {
    const next = rows.find(
      ({ typ, dold, enhetskod }) =>
        typ === kind && !dold && enhetskod.startsWith(path.at(-1)?.enhetskod ?? ''),
    );
    path.push(next!);
    await page.locator('table.figures').getByRole('link', { name: next!.enhet, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(next!.enhet);
    await expect(page.locator('.headline')).toContainText(`${oneDecimal(next!.utfall!)} %`);
    expect(page.url()).toContain('datum=2023-12-31');
  }
  const crumbs = page.getByRole('navigation', { name: 'Här är du' });
  await expect(crumbs.getByRole('listitem')).toHaveText([rows[0]!.enhet, ...path.map(({ enhet }) => enhet)]);
  await crumbs.getByRole('link', { name: path[0]!.enhet }).click();
  await expect(page.locator('.headline')).toContainText('den 31 december 2023');
});

test('A day that cannot be shown is told beside its field, with status 400', async ({ page }) => {
  for (const [day, words] of [
    ['2025-02-30', 'Skriv dagen som år, månad och dag'],
    ['2199-01-01', 'Välj en dag som har varit'],
  ] as const) {
    const response = await page.goto(`/indikator?datum=${day}`);
    expect(response?.status()).toBe(400);
    await expect(page.getByRole('alert')).toContainText(words);
    await expect(page.getByLabel('Välj dag')).toHaveAccessibleDescription(new RegExp(words));
    await expect(page.getByLabel('Välj dag')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('table.figures')).toHaveCount(0);
  }
});

test('Before the first unit, and for a unit that is not there yet, the page says so', async ({ page }) => {
  await page.goto('/indikator?datum=1999-01-01');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
    'Det finns inga uppgifter för den 1 januari 1999.',
  );
  await page.goto('/indikator/FSKF?datum=1999-01-01');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
    'Förskoleförvaltningen fanns inte den 1 januari 1999.',
  );
});

test('The files have the agreed columns, one row per unit in tree order, and say the same', async ({
  request,
}) => {
  for (const query of ['', 'datum=2024-12-31', 'datum=2024-12-31&enhet=FSKF-1']) {
    const rows = await readIndicatorRows(request, query);
    const response = await request.get(`/indikator.csv?${query}`);
    expect(response.headers()['content-type']).toContain('text/csv');
    expect(response.headers()['content-disposition']).toMatch(
      /^attachment; filename="indikator-[A-Z0-9-]*\d{4}-\d{2}-\d{2}\.csv"$/,
    );
    expect((await response.body()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [header, ...lines] = (await response.text())
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n');
    expect(header).toBe('datum;enhetskod;enhet;typ;mal;utfall;antal_genomfort;antal_anstallda;dold');
    const comma = (value: number | null) => (value === null ? '' : oneDecimal(value));
    expect(lines).toEqual(
      rows.map((row) =>
        [
          query.slice(6, 16) || lines[0]!.slice(0, 10),
          row.enhetskod,
          row.enhet,
          row.typ,
          comma(row.mal),
          comma(row.utfall),
          row.antal_genomfort ?? '',
          row.antal_anstallda ?? '',
          row.dold,
        ].join(';'),
      ),
    );
    const place = new Map(rows.map(({ enhetskod }, index) => [enhetskod, index]));
    for (const [code, index] of place) {
      const above = place.get(code.replace(/-[^-]+$/, ''));
      if (above !== undefined) expect(above).toBeLessThanOrEqual(index);
    }
  }
});

test('The year trend is drawn, described and listed with the same figures', async ({ page, request }) => {
  await page.goto('/indikator');
  const drawing = page.locator('.trend').getByRole('img');
  const description = (await drawing.locator('desc').textContent())!.replace(/\s+/g, ' ');
  const years = page.locator('.trend tbody tr');
  expect(await years.count()).toBeGreaterThan(4);
  for (const row of await years.all()) {
    const year = row.getByRole('rowheader').getByRole('link');
    const day = new URL((await year.getAttribute('href'))!, 'http://local').searchParams.get('datum');
    const [municipality] = await readIndicatorRows(request, day ? `datum=${day}` : '');
    const outcome = `${oneDecimal(municipality!.utfall!)} %`;
    expect((await row.textContent())!.replace(/\s+/g, ' ')).toContain(outcome);
    if (day) expect(description).toContain(`${day.slice(0, 4)}: ${outcome}`);
    expect((await drawing.textContent())!.replace(/\s+/g, ' ')).toContain(outcome);
  }
});

for (const width of [320, 360, 1280]) {
  test(`Text in the drawings is legible and apart at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/indikator');
    const texts = await page.locator('.trend svg text').evaluateAll((labels) =>
      labels.map((label) => {
        const { left, right, top, bottom } = label.getBoundingClientRect();
        return {
          text: label.textContent!.trim(),
          size: parseFloat(getComputedStyle(label).fontSize),
          left,
          right,
          top,
          bottom,
        };
      }),
    );
    expect(texts.length).toBeGreaterThan(12);
    for (const [index, label] of texts.entries()) {
      expect(label.size, label.text).toBeGreaterThanOrEqual(12);
      expect(label.left, label.text).toBeGreaterThanOrEqual(0);
      expect(label.right, label.text).toBeLessThanOrEqual(width);
      for (const other of texts.slice(index + 1)) {
        const overlaps =
          label.left < other.right - 1 &&
          other.left < label.right - 1 &&
          label.top < other.bottom - 4 &&
          other.top < label.bottom - 4;
        expect(overlaps, `${label.text} and ${other.text}`).toBe(false);
      }
    }
  });
}

test('axe finds nothing on a unit with hidden ones, in light, dark and on a phone', async ({ browser }) => {
  for (const view of [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { viewport: { width: 360, height: 780 } },
  ] as const) {
    const context = await browser.newContext({ ...view, javaScriptEnabled: true });
    const page = await context.newPage();
    await expectSound(page, '/indikator/FSKF-1?datum=2022-12-31&sortera=skillnad');
    await context.close();
  }
});

test('A day that nobody has asked for is counted for everyone while a reader waits', async ({ baseURL }) => {
  test.slow();
  await timeDays(baseURL!, spreadDays(1));
  const { median } = await timeDays(baseURL!, spreadDays(12).slice(1));
  // On a machine of its own it is a tenth of this (npm run bench:indicator).
  expect(median).toBeLessThan(2000);
});
