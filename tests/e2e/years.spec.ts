import { expect, test } from '../support/e2e.ts';

test.use({ javaScriptEnabled: false });

test('The coordinator fixes a year that has ended, and anyone can ask how a figure was counted', async ({
  page,
  addPerson,
  signIn,
}) => {
  await signIn(await addPerson({ role: 'samordnare' }));
  await page.goto('/samordnare/ar');
  const row = page.locator('tr', { has: page.getByRole('rowheader', { name: '2025' }) });
  await expect(row).toContainText('Inte fastställt');
  await page.getByRole('link', { name: '2025', exact: true }).click();
  await page.getByRole('button', { name: 'Fastställ 2025' }).click();
  await expect(page).toHaveURL(/\/samordnare\/ar\?ar=2025$/);
  await expect(row).toContainText('Fastställt');
  const [, , fixed, now] = await row.locator('th, td').allTextContents();
  expect(fixed).toMatch(/\d,\d/);
  expect(fixed).toBe(now);
  await expect(page.getByRole('main')).toContainText('Fingeravtrycket stämmer');
  await expect(page.getByRole('button', { name: /^Fastställ/ })).toHaveCount(0);

  await page.context().clearCookies();
  await page.goto('/indikator?datum=2025-12-31');
  const figure = page.getByRole('link', { name: /, så räknades siffran$/ }).first();
  const outcome = (await figure.textContent())!.trim();
  await figure.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Så räknades siffran');
  await expect(page.getByRole('main')).toContainText(`är ${outcome}.`);
  await expect(page.getByRole('main')).toContainText(`Fastställt utfall är ${outcome}`);
  await expect(page.getByRole('main')).toContainText('Räknat i dag blir siffran densamma.');
});
