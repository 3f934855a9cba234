import { randomUUID } from 'node:crypto';
import { expect, expectSound, test } from '../support/e2e.ts';

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('An editor begins a module from the desk, adds and removes a section, and brings it back from the history', async ({
    page,
    addPerson,
    signIn,
  }) => {
    const title = `Prov ${randomUUID().slice(0, 8)}`;
    await signIn(await addPerson({ role: 'redaktor', name: 'Rut Redaktör' }));
    await page.goto('/redaktor');
    await expect(page.getByRole('row', { name: /Vad är hedersrelaterat våld/ })).toContainText('Publicerad');
    await page.getByRole('link', { name: 'Skriv en ny fördjupning' }).click();
    await page.getByRole('button', { name: 'Skapa utkastet' }).click();
    await expect(page.getByRole('alert')).toContainText('Skriv en rubrik.');
    await page.getByLabel('Rubrik').fill(title);
    await page.getByLabel('För vem är den?').fill('För den som provar.');
    await page.getByRole('button', { name: 'Skapa utkastet' }).click();
    await expect(page.getByRole('status')).toContainText('Utkastet är skapat');

    for (const section of ['Det första', 'Det andra']) {
      await page.getByLabel('Avsnittets rubrik').fill(section);
      await page.getByRole('button', { name: 'Lägg till avsnittet' }).click();
      await expect(page.getByRole('status')).toContainText('Avsnittet är tillagt');
    }
    await page.getByRole('button', { name: 'Flytta upp Det andra' }).click();
    await expect(page.getByRole('rowheader')).toHaveText([
      'Inledningen',
      'Det andra',
      'Det första',
      'Kunskapskontrollen',
      'Samtalsfrågorna',
    ]);
    await page.getByRole('button', { name: 'Ta bort Det första' }).click();
    await expect(page.getByRole('rowheader', { name: 'Det första' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Historik för Det första' }).click();
    const table = page.getByRole('table', { name: 'Sparade versioner, den senaste först' });
    await expect(table).toContainText('Borttagen');
    await table.getByRole('link', { name: 'Jämför med den före: nr 2' }).click();
    await expect(page.getByRole('region', { name: 'Från nr 1 till nr 2' })).toContainText('Borttaget:');
    await page.getByRole('button', { name: 'Låt nr 1 gälla' }).click();
    await expect(page.getByRole('status')).toContainText('Den valda versionen gäller nu');
    await expect(table.getByRole('row').nth(1)).toContainText('Gäller nu');
    await page.getByRole('link', { name: title }).click();
    await expect(page.getByRole('rowheader', { name: 'Det första' })).toBeVisible();

    await page.getByText('Kasta utkastet').first().click();
    await page.getByLabel('Ja, jag vill kasta allt').check();
    await page.getByRole('button', { name: 'Kasta utkastet' }).click();
    await expect(page.getByRole('status')).toHaveText('Utkastet är kastat.');
    await expect(page.getByRole('rowheader', { name: title })).toHaveCount(0);
  });
});

test('The desk, a module and its history have no faults, on a phone too', async ({
  page,
  addPerson,
  signIn,
}) => {
  await signIn(await addPerson({ role: 'redaktor' }));
  const slug = 'chefens-ansvar';
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`/redaktor/moduler/${slug}`);
  await page.getByRole('button', { name: 'Öppna ett utkast' }).click();
  for (const path of ['', `/moduler/${slug}`, `/moduler/${slug}/historik?fran=1&till=1`]) {
    await expectSound(page, `/redaktor${path}`);
  }
  await page.goto(`/redaktor/moduler/${slug}`);
  await page.getByText('Kasta utkastet').first().click();
  await page.getByLabel('Ja, jag vill kasta allt').check();
  await page.getByRole('button', { name: 'Kasta utkastet' }).click();
  await expect(page.getByRole('status')).toHaveText('Utkastet är kastat.');
});
