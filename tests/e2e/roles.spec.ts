import { sql } from 'drizzle-orm';
import { measureReadability } from '#src/features/courses/readability.ts';
import { requireContent } from '#src/features/documents/content-reader.ts';
import { runningText } from '#src/features/documents/reading-text.ts';
import { expect, test } from '../support/e2e.ts';

test.use({ javaScriptEnabled: false });

test('The coordinator sees the public figures of every year, the targets, and the files', async ({
  page,
  request,
  addPerson,
  signIn,
}) => {
  await signIn(await addPerson({ role: 'samordnare' }));
  await page.goto('/samordnare');
  const plain = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();
  const years = page.getByRole('region', { name: /^Utfall den 31 december/ });
  const headings = (await years.getByRole('columnheader').allTextContents()).map(plain);
  const column = headings.indexOf('2023');
  const { rows } = (await (await request.get('/indikator.json?datum=2023-12-31')).json()) as {
    rows: { typ: string; enhet: string; utfall: number | null; dold: boolean; mal: number }[];
  };
  const top = rows.filter(({ typ }) => typ === 'kommun' || typ === 'forvaltning');
  const lines = await years.locator('tbody tr').all();
  expect(lines.length).toBe(top.length);
  for (const [index, line] of lines.entries()) {
    const cells = (await line.locator('th, td').allTextContents()).map(plain);
    const { enhet, utfall, dold } = top[index]!;
    expect([cells[0], cells[column]]).toEqual([
      enhet,
      dold ? 'dold' : `${utfall!.toFixed(1).replace('.', ',')} %`,
    ]);
  }
  expect(
    (
      await request.get(
        (await page.getByRole('link', { name: 'CSV för 31 december 2023' }).getAttribute('href'))!,
      )
    ).status(),
  ).toBe(200);

  await page
    .getByRole('navigation', { name: 'Samordnarens sidor' })
    .getByRole('link', { name: 'Mål', exact: true })
    .click();
  const targets = page.getByRole('region', { name: 'Mål per år' });
  await expect(targets).toBeVisible();
  const targetYears = (await targets.getByRole('columnheader').allTextContents()).map(plain);
  for (const { enhet, mal } of top) {
    const row = targets.locator('tr', { has: page.getByRole('rowheader', { name: enhet, exact: true }) });
    const cells = (await row.locator('th, td').allTextContents()).map(plain);
    expect(cells[targetYears.indexOf('2023')]).toMatch(
      new RegExp(`^${String(mal).replace('.', ',')} %( ärvt)?$`),
    );
  }
});

test('The editor sees every module as published, each page with its words and LIX, and doubtful facts', async ({
  page,
  addPerson,
  signIn,
}) => {
  await signIn(await addPerson({ role: 'redaktor' }));
  await page.goto('/redaktor');
  for (const module of requireContent('content').modules) {
    const fold = page.locator('details', { has: page.locator('summary', { hasText: module.meta.title }) });
    const listed = page.locator('tr', {
      has: page.getByRole('link', { name: module.meta.title, exact: true }),
    });
    await expect(listed.first()).toContainText(/\d+, \d+ \S+ 20\d\d/);
    await fold.locator('summary').click();
    await expect(fold).toContainText(`${module.quiz.questions.length} frågor`);
    for (const { meta, body } of module.sections) {
      const { title } = meta;
      const { lix } = measureReadability(runningText(body));
      const row = fold.locator('tr', { has: page.getByRole('link', { name: title, exact: true }) });
      await expect(row.getByRole('cell').last()).toHaveText(String(lix));
    }
  }
  await page.locator('summary', { hasText: 'Siffror' }).click();
  await expect(page.locator('tr', { hasText: 'unga i Sverige som uppskattas' })).toContainText(
    'Visas inte: är inte verifierad',
  );
});

test('The administrator sees what the database holds, and no name', async ({
  page,
  db,
  addPerson,
  signIn,
}) => {
  const someone = await addPerson({ role: 'admin', name: 'Adminja Provsson' });
  await signIn(someone);
  await page.goto('/admin');
  const [count] = await db.execute<{ people: number }>(sql`select count(*)::int as people from person`);
  const shown = Number(
    (await page.locator('dt', { hasText: 'Personer' }).locator('+ dd').textContent())!.replace(/\D/g, ''),
  );
  expect(Math.abs(shown - count!.people)).toBeLessThanOrEqual(20);
  await expect(page.getByRole('main')).toContainText('PostgreSQL');
  await expect(page.getByRole('main')).not.toContainText('Provsson');
});
