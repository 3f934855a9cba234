import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { account } from '#db/schema/access.ts';
import { expect, expectNoFaults, test } from '../support/e2e.ts';

/** Somebody of the demo municipality who has not begun the course, now with an account. */
async function giveAccount(db: Database): Promise<{ accountId: string }> {
  const [someone] = await db.execute<{ id: string }>(sql`
    select p.id from person p
    join employment e on e.person_id = p.id and upper_inf(e.valid)
    join unit_period t on t.unit_id = e.unit_id and t.kind = 'team' and upper_inf(t.valid)
    where not p.is_protected and not e.is_manager
      and not exists (select from completion c where c.person_id = p.id)
      and not exists (select from account a where a.person_id = p.id)
    order by random() limit 1`);
  const [own] = await db
    .insert(account)
    .values({ personId: someone!.id, email: `${randomUUID()}@exempel.test` })
    .returning({ id: account.id });
  return { accountId: own!.id };
}

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an employee says how sure she is before the course, once', async ({ page, db, signIn }) => {
    await signIn(await giveAccount(db));
    await page.goto('/min-sida');
    await page.getByRole('link', { name: /^Innan du börjar/ }).click();
    await expect(page.getByText('ditt namn sparas inte med svaren')).toBeVisible();
    const questions = page.getByRole('group');
    await questions.nth(0).getByLabel('Ganska osäker').check();
    await page.getByRole('button', { name: 'Lämna mina svar' }).click();
    await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2);
    await expect(questions.nth(0).getByLabel('Ganska osäker')).toBeChecked();
    await questions.nth(1).getByLabel('Mycket säker').check();
    await questions.nth(2).getByLabel('Varken säker eller osäker').check();
    await page.getByRole('button', { name: 'Lämna mina svar' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tack för dina svar');
    await page.goto('/min-sida');
    await expect(page.getByRole('link', { name: /^Innan du börjar/ })).toHaveCount(0);
    await page.goto('/sjalvskattning');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Här finns inget att svara på nu');
  });

  test('an employee says no thanks, and is not asked again', async ({ page, db, signIn }) => {
    await signIn(await giveAccount(db));
    await page.goto('/kurs/');
    await page.getByRole('link', { name: /^Frivilligt: hur säker/ }).click();
    await page.getByRole('button', { name: 'Nej tack' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inga svar är sparade');
    await page.goto('/min-sida');
    await expect(page.getByRole('link', { name: /^Innan du börjar/ })).toHaveCount(0);
  });
});

test('axe finds nothing on the form, asked for or with answers missing', async ({ page, db, signIn }) => {
  await signIn(await giveAccount(db));
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto('/sjalvskattning');
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Lämna mina svar' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoFaults(page);
});
