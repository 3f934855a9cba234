import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { account } from '#db/schema/access.ts';
import { employment, person } from '#db/schema/organisation.ts';
import { completion } from '#db/schema/training.ts';
import { hashPassword } from '#src/features/auth/password.ts';
import { expect, publishedQuiz, test } from '../support/e2e.ts';
import { answerStepwise, choices, handIn, tick, waitForSteps } from '../support/quiz-page.ts';
import type { APIRequestContext, Page } from '@playwright/test';

const PASSWORD = 'demo-trygg-grund';
const DEMO = 'medarbetare@demo.test';

// Both move the same figure: never at the same time.
test.describe.configure({ mode: 'serial' });

interface Row {
  enhetskod: string;
  antal_genomfort: number;
  antal_anstallda: number;
}

/** The demo employee, or a new colleague in her unit when she has taken the course already. */
async function findEmployee(db: Database): Promise<{ email: string; department: string }> {
  const [demo] = await db.select().from(account).where(eq(account.email, DEMO));
  const done = await db.select().from(completion).where(eq(completion.personId, demo!.personId));
  const [job] = await db.select().from(employment).where(eq(employment.personId, demo!.personId));
  const [above] = await db.execute<{ code: string }>(sql`
    with recursive up as (
      select p.* from unit_period p where p.unit_id = ${job!.unitId} and upper_inf(p.valid)
      union all select p.* from unit_period p join up on p.unit_id = up.parent_id and upper_inf(p.valid))
    select u.code from up join unit u on u.id = up.unit_id where up.kind = 'department'`);
  const department = above!.code;
  if (done.length === 0) return { email: DEMO, department };
  const email = `${crypto.randomUUID()}@exempel.test`;
  const [colleague] = await db
    .insert(person)
    .values({ name: 'Klara Kollega', isProtected: false })
    .returning({ id: person.id });
  await db
    .insert(account)
    .values({ personId: colleague!.id, email, passwordHash: await hashPassword(PASSWORD) });
  const { unitId, title, valid } = job!;
  await db.insert(employment).values({ personId: colleague!.id, unitId, title, valid });
  return { email, department };
}

async function figureOf(request: APIRequestContext, unit: string): Promise<Row> {
  const reply = await request.get(`/indikator.json?enhet=${unit}`);
  const { rows } = (await reply.json()) as { rows: Row[] };
  const row = rows.find(({ enhetskod }) => enhetskod === unit);
  expect(row).toBeDefined();
  return row!;
}

/** Reads a part from its first section to its knowledge check, by the links on the pages. */
async function readPart(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Börja läsa' }).click();
  const next = page.getByRole('link', { name: /^Nästa:/ });
  const toQuiz = page.locator('.onward').getByRole('link', { name: 'Till kunskapskontrollen' });
  await expect(next.or(toQuiz)).toBeVisible();
  while ((await next.count()) > 0) {
    const before = page.url();
    await next.click();
    await expect(page).not.toHaveURL(before);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await toQuiz.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kunskapskontroll');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'With JavaScript' : 'Without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('An employee takes the whole course, gets her intyg, and her förvaltning has one more', async ({
      page,
      request,
      db,
    }) => {
      test.setTimeout(240_000);
      const { email, department } = await findEmployee(db);
      const before = await figureOf(request, department);
      await page.goto('/');
      await page.getByRole('link', { name: 'Börja med del 1' }).click();
      for (let part = 1; part <= 5; part += 1) {
        await expect(page).toHaveURL(`/kurs/del-${part}/`);
        await readPart(page);
        const answers = choices(await publishedQuiz(db, `del-${part}`));
        if (javaScriptEnabled) await waitForSteps(page);
        await (javaScriptEnabled ? answerStepwise : tick)(page, answers);
        await handIn(page);
        if (part === 1) {
          await page.getByLabel('E-post i arbetet').fill(email);
          await page.getByLabel('Lösenord', { exact: true }).fill(PASSWORD);
          await page.getByRole('button', { name: 'Logga in', exact: true }).click();
          await expect(page.getByRole('heading', { name: 'Dina svar finns kvar' })).toBeVisible();
          await handIn(page);
        }
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
        expect(await figureOf(request, department)).toMatchObject({
          antal_genomfort: before.antal_genomfort + (part === 5 ? 1 : 0),
          antal_anstallda: before.antal_anstallda,
        });
        if (part < 5) await page.getByRole('link', { name: /^Gå vidare till del/ }).click();
      }
      await expect(page.getByText('Du har genomfört grundkursen. Ditt intyg är klart.')).toBeVisible();
      await page.getByRole('link', { name: 'Visa ditt intyg' }).click();
      await expect(page).toHaveURL(/\/intyg\/[\w-]{22,}$/);
      await expect(page.getByText('Grundkursen om hedersrelaterat våld och förtryck')).toBeVisible();
      await page.goto('/min-sida');
      await expect(page.getByText('Du har genomfört grundkursen.')).toBeVisible();
      await expect(page.getByRole('row', { name: /Här på webben/ })).toHaveCount(6);
      await page.goto('/fordjupning/barn-i-forskolealdern/');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Barn i förskoleåldern');
    });
  });
}
