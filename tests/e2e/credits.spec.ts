import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { person } from '#db/schema/organisation.ts';
import { expect, expectNoFaults, test } from '../support/e2e.ts';

test.describe('A coordinator, without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('credits earlier training, corrects it, and the person sees both and who looked', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson({ name: 'Tilda Tillgodo' });
    const number = `E2E-${randomUUID().slice(0, 8)}`;
    await db.update(person).set({ employeeNumber: number }).where(eq(person.id, someone.personId));
    await signIn(await addPerson({ role: 'samordnare', name: 'Samuel Samordnare' }));

    await page.goto('/samordnare/genomforanden');
    await page.getByLabel('Anställningsnummer').fill('finns-inte');
    await page.getByRole('button', { name: 'Visa genomföranden' }).click();
    await expect(page.getByRole('alert')).toContainText('Ingen har det anställningsnumret');
    await expect(page.getByLabel('Anställningsnummer')).toHaveValue('finns-inte');
    await page.getByLabel('Anställningsnummer').fill(number);
    await page.getByRole('button', { name: 'Visa genomföranden' }).click();
    await expect(page.getByRole('heading', { name: 'Tilda Tillgodo' })).toBeVisible();

    await page.getByLabel('Kurs eller del').selectOption('grundkurs');
    await page.getByLabel('Dag då utbildningen gjordes').fill('2022-05-12');
    await page.getByLabel('Underlag').fill('x');
    await page.getByRole('textbox', { name: 'Skäl', exact: true }).fill('Gick kursen i en annan kommun');
    await page.getByRole('button', { name: 'Tillgodoräkna' }).click();
    await expect(page.getByRole('alert')).toContainText('Beskriv underlaget');
    await page.getByLabel('Underlag').fill('Intyg på papper');
    await page.getByRole('button', { name: 'Tillgodoräkna' }).click();
    await expect(page.getByRole('status')).toHaveText('Utbildningen är tillgodoräknad.');

    const row = page.getByRole('row', {
      name: /^Grundkursen .* 12 maj 2022 Tillgodoräknad: Intyg på papper/,
    });
    await row.getByText('Rätta', { exact: true }).first().click();
    await row.getByRole('textbox').fill('Förväxlad med en namne');
    await row.getByRole('button').click();
    await expect(page.getByRole('status')).toHaveText('Genomförandet är rättat.');
    await expect(page.getByText('Gäller inte längre: Förväxlad med en namne')).toBeVisible();

    await signIn(someone);
    await page.goto('/min-sida');
    await expect(page.getByText('Tillgodoräknad: Intyg på papper')).toBeVisible();
    await expect(page.getByText('Gäller inte längre: Förväxlad med en namne')).toBeVisible();
    await expect(
      page.getByRole('row', { name: /Samuel Samordnare Tillgodoräknat och rättat/ }).first(),
    ).toBeVisible();
  });
});

test('A person who is looked up can be corrected on a phone, and axe finds nothing', async ({
  page,
  db,
  addPerson,
  signIn,
}) => {
  const someone = await addPerson({ name: 'Hemliga Hedda', isProtected: true });
  const employeeNumber = `E2E-${randomUUID().slice(0, 8)}`;
  await db.update(person).set({ employeeNumber }).where(eq(person.id, someone.personId));
  await signIn(await addPerson({ role: 'samordnare' }));
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`/samordnare/genomforanden?person=${someone.personId}`);
  await expect(page.getByRole('heading', { name: 'Person med skyddade uppgifter' })).toBeVisible();
  expect(await page.content()).not.toContain('Hedda');
  await expectNoFaults(page);
});
