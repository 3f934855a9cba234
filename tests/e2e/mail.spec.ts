import { addDays, stockholmToday } from '#src/lib/clock.ts';
import { longDate } from '#src/i18n/common.ts';
import { expect, expectNoFaults, expectSound, test } from '../support/e2e.ts';

test('The administrator sees that no mails are sent, what would be, and decides when and of which kinds', async ({
  browser,
  addPerson,
  signIn,
}) => {
  // Links and forms are all there is.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(await addPerson({ role: 'admin' }), context);
  await page.goto('/admin');
  await expect(page.getByText('Inga mejl skickas: SMTP_URL är inte satt.')).toBeVisible();
  await page.getByRole('link', { name: 'Se utskicken' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Utskick');
  await expect(page.getByRole('link', { name: 'Utskick', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );

  await page.getByRole('button', { name: 'Räkna fram' }).click();
  await expect(page.getByText(/mejl skulle skrivas/)).toBeVisible();
  await expect(page.locator('#nasta + * ~ table tbody tr').last()).toContainText('Hela kommunen');

  const kind = page.getByRole('checkbox', { name: 'Månadsläge till chefer' });
  await kind.uncheck();
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Sparat.' })).toBeVisible();
  await expect(kind).not.toBeChecked();
  await kind.check();
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(kind).toBeChecked();

  const from = addDays(stockholmToday(), 400);
  await page.getByLabel('Första dagen').fill(from);
  await page.getByLabel('Sista dagen').fill(addDays(from, -1));
  await page.getByLabel('Anteckning').fill('sommar');
  await page.getByRole('button', { name: 'Lägg till' }).click();
  await expect(page.getByRole('alert')).toContainText('samma som den första eller senare');
  await expect(page.getByLabel('Första dagen')).toHaveValue(from);
  await page.getByLabel('Sista dagen').fill(addDays(from, 30));
  await page.getByRole('button', { name: 'Lägg till' }).click();
  const period = page.getByRole('listitem').filter({ hasText: longDate(from) });
  await expect(period).toContainText('sommar');
  await period.getByRole('button', { name: 'Ta bort' }).click();
  await expect(page.getByText('Ingen tyst period är inlagd.')).toBeVisible();
  await context.close();
});

for (const [width, colorScheme] of [
  [360, 'dark'],
  [1280, 'light'],
] as const) {
  test.describe(`${width} px wide, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme });

    test('The page about mails has no faults that axe finds', async ({ page, addPerson, signIn }) => {
      await signIn(await addPerson({ role: 'admin' }));
      await expectSound(page, '/admin/utskick?rakna=1');
      await page.getByLabel('Första dagen').fill('2099-01-02');
      await page.getByLabel('Sista dagen').fill('2099-01-01');
      await page.getByRole('button', { name: 'Lägg till' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await expectNoFaults(page);
    });
  });
}
