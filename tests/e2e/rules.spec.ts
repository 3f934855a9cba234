import { sql } from 'drizzle-orm';
import { expect, expectSound, test, type TestPerson } from '../support/e2e.ts';
import type { Database } from '#db/client.ts';
import { stockholmToday } from '#src/lib/clock.ts';

// A year that no other test looks at.
const FAR = '2099';

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('A coordinator sets a target with its reason, changes it, sees the change and takes it away', async ({
    page,
    addPerson,
    signIn,
  }) => {
    await signIn(await addPerson({ role: 'samordnare', name: 'Signe Samordnare' }));
    await page.goto('/samordnare/mal');
    const suggestion = await page.locator('#enheter option').nth(30).getAttribute('value');
    await page.getByLabel('Enhet', { exact: true }).fill(suggestion!);
    await page.getByLabel('År', { exact: true }).fill(FAR);
    await page.getByRole('button', { name: 'Visa målet' }).click();
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
      `${suggestion!.replace(/ \([^)]*\)$/, '')} ${FAR}`,
    );

    await page.getByLabel('Mål i procent').fill('tio');
    await page.getByLabel('Varför').fill('Nämndens beslut 12');
    await page.getByRole('button', { name: 'Spara målet' }).click();
    await expect(page.getByRole('alert')).toContainText('Skriv målet som ett tal');
    await expect(page.getByLabel('Mål i procent')).toHaveValue('tio');
    await expect(page.getByLabel('Varför')).toHaveValue('Nämndens beslut 12');

    await page.getByLabel('Mål i procent').fill('62,5');
    await page.getByRole('button', { name: 'Spara målet' }).click();
    await expect(page.getByRole('status')).toHaveText('Målet är sparat.');
    await page.getByLabel('Mål i procent').fill('70');
    await page.getByRole('button', { name: 'Spara målet' }).click();
    const history = page.getByRole('table', { name: 'Tidigare ändringar' });
    await expect(history).toContainText('Signe Samordnare');
    await expect(history).toContainText(/62,5\s%/);
    await page.getByRole('button', { name: 'Ta bort det egna målet' }).click();
    await expect(page.getByRole('status')).toHaveText('Det egna målet är borttaget.');
    await expect(history).toContainText('Borttaget');
  });

  test('A coordinator sees what a requirement means before saving it, again when the rules have changed, and takes it back', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    await signIn(await addPerson({ role: 'samordnare' }));
    await page.goto('/samordnare/krav');
    await page.getByLabel('Vilken kurs krävs?').selectOption('chefens-ansvar');
    await page.getByLabel('I vilken enhet?').fill('FSKF');
    await page.getByLabel('Från och med', { exact: true }).fill(`${FAR}-01-01`);
    await page.getByRole('button', { name: 'Se vad det betyder' }).click();
    const main = page.getByRole('main');
    await expect(main).toContainText(/Kravet omfattar 4\s\d{3} personer till\. 0 slutar omfattas\./);
    await expect(main).toContainText(/Andelen i kommunen går från \d+,\d\s% till \d+,\d\s%/);
    await expect(page.getByRole('rowheader', { name: 'Förskoleförvaltningen' })).toBeVisible();

    await db.execute(sql`
      insert into requirement (module_slug, valid, note) values ('grundkurs', '[2098-01-01,2098-01-02)', 'emellan')`);
    await page.getByRole('button', { name: 'Spara kravet' }).click();
    await expect(page.getByRole('alert')).toContainText('Kraven har ändrats sedan du såg det här');
    await page.getByRole('button', { name: 'Spara kravet' }).click();
    await expect(page.getByRole('status')).toHaveText('Ändringen är sparad.');
    await db.execute(sql`delete from requirement where note = 'emellan'`);

    await page.getByRole('link', { name: /^Ändra kravet på Chefens ansvar/ }).click();
    await page.getByRole('button', { name: 'Ta bort kravet: Se vad det betyder' }).click();
    await expect(main).toContainText(/0 personer till\. 4\s\d{3} personer slutar omfattas\./);
    await page.getByRole('button', { name: 'Ta bort kravet', exact: true }).click();
    await expect(page.getByRole('status')).toHaveText('Ändringen är sparad.');
    await expect(page.getByRole('row').filter({ hasText: 'Chefens ansvar' })).toHaveCount(0);
  });

  test('A waiver is made by number, seen by the person alone with its reason, and ended', async ({
    page,
    browser,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await findEmployee(db);
    await signIn(await addPerson({ role: 'samordnare' }));
    await page.goto('/samordnare/undantag');
    await page.getByLabel('Anställningsnummer').fill('finns-inte');
    await page.getByLabel('Till och med').fill(nextYear());
    await page.getByLabel('Skäl', { exact: true }).selectOption('Annat');
    await page.getByLabel('Vad är skälet').fill('Fackligt uppdrag');
    await page.getByRole('button', { name: 'Spara undantaget' }).click();
    await expect(page.getByRole('alert')).toContainText('Ingen som är anställd har det numret');
    await expect(page.getByLabel('Vad är skälet')).toHaveValue('Fackligt uppdrag');
    await page.getByLabel('Anställningsnummer').fill(someone.employeeNumber);
    await page.getByRole('button', { name: 'Spara undantaget' }).click();
    await expect(page.getByRole('status')).toHaveText('Undantaget är sparat.');
    const row = page.getByRole('row').filter({ hasText: someone.employeeNumber });
    await expect(row).toContainText('Annat: Fackligt uppdrag');
    expect(await page.content()).not.toContain(someone.name);

    const context = await browser.newContext({ javaScriptEnabled: false });
    await signIn(someone, context);
    const own = await context.newPage();
    await own.goto('/min-sida');
    await expect(own.getByRole('table', { name: 'Undantag' })).toContainText('Annat: Fackligt uppdrag');
    await context.close();

    await row.getByRole('link', { name: /^Avsluta/ }).click();
    await page.getByRole('button', { name: 'Spara sista dagen' }).click();
    await expect(page.getByRole('status')).toHaveText('Undantaget är ändrat.');
  });
});

for (const { name, width, colorScheme } of [
  { name: 'light', width: 1280, colorScheme: 'light' },
  { name: 'dark on a phone', width: 360, colorScheme: 'dark' },
] as const) {
  test.describe(`In ${name}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme });

    test('axe finds nothing on the pages of targets, requirements and waivers', async ({
      page,
      addPerson,
      signIn,
    }) => {
      await signIn(await addPerson({ role: 'samordnare' }));
      const rule = 'atgard=nytt&kurs=barn-i-forskolealdern&for=alla';
      for (const path of [
        '/samordnare/mal?enhet=ASF&ar=2026',
        '/samordnare/mal?enhet=finns-inte&ar=2026',
        '/samordnare/krav',
        '/samordnare/krav?krav=1',
        `/samordnare/krav/prova?${rule}&fran=${stockholmToday()}`,
        `/samordnare/krav/prova?${rule}&fran=fel&befattning=rektor`,
        '/samordnare/krav/version?skal=',
        '/samordnare/undantag',
      ]) {
        await expectSound(page, path);
      }
    });
  });
}

/** Someone employed, with an account made for the test. */
async function findEmployee(db: Database): Promise<TestPerson & { employeeNumber: string }> {
  const [row] = await db.execute<{ personId: string; name: string; employeeNumber: string }>(sql`
    select p.id as "personId", p.name, p.employee_number as "employeeNumber"
    from person p join employment e on e.person_id = p.id
    where not p.is_protected and not e.is_manager and e.valid @> ${stockholmToday()}::date and upper_inf(e.valid)
      and p.employee_number is not null
      and not exists (select from account a where a.person_id = p.id)
      and not exists (select from waiver w where w.person_id = p.id)
    order by p.employee_number desc limit 1`);
  const email = `${row!.personId}@exempel.test`;
  const [account] = await db.execute<{ id: string }>(sql`
    insert into account (person_id, email) values (${row!.personId}, ${email}) returning id`);
  return { ...row!, accountId: account!.id, email };
}

function nextYear(): string {
  const today = stockholmToday();
  return `${Number(today.slice(0, 4)) + 1}-01-31`;
}
