import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { listLook, listLookPerson } from '#db/schema/access.ts';
import { unitPeriod } from '#db/schema/organisation.ts';
import { certificate, completion, completionCorrection } from '#db/schema/training.ts';
import { createCertificateCode } from '#src/features/certificates/certificates.ts';
import {
  expect,
  expectNoFaults,
  findDemoPerson,
  publishedQuiz,
  test,
  type TestPerson,
} from '../support/e2e.ts';
import { choices, takeQuiz } from '../support/quiz-page.ts';

const TITLE = 'Grundkursen om hedersrelaterat våld och förtryck';

/** A completed grundkurs with its intyg, as after the fifth part. */
async function giveCourse(db: Database, { personId }: TestPerson, day = '2026-03-14') {
  const version = await findCurrentVersion(db, 'grundkurs');
  const [row] = await db
    .insert(completion)
    .values({
      personId,
      moduleSlug: 'grundkurs',
      moduleVersionId: version!.id,
      method: 'online',
      rule: 'grundkurs-1',
      completedAt: new Date(`${day}T10:00:00Z`),
      completedOn: day,
    })
    .returning({ id: completion.id });
  const code = createCertificateCode();
  await db.insert(certificate).values({ code, completionId: row!.id });
  return { code, completionId: row!.id };
}

test.describe('Min sida', () => {
  test('asks whoever is not signed in to sign in, and comes back', async ({ page }) => {
    await page.goto('/min-sida');
    await expect(page).toHaveURL('/logga-in?till=%2Fmin-sida');
  });

  test('shows a new employee where to begin, and says what will be here', async ({
    page,
    addPerson,
    signIn,
  }) => {
    await signIn(await addPerson({ name: 'Nils Nybörjare' }));
    await page.goto('/min-sida');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nils Nybörjare');
    await expect(page.getByRole('link', { name: /^Börja med del 1/ })).toBeVisible();
    await expect(page.getByText('Här samlas det du har klarat')).toBeVisible();
    await expect(page.getByText('Ingen har öppnat en lista där du står.')).toBeVisible();
    await expect(page.getByText('Öppnas när grundkursen är genomförd').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Dina uppdrag' })).toHaveCount(0);
    await expectNoFaults(page);
  });

  test('shows what is done, what is next, and every attempt with its score', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    await signIn(await addPerson());
    const quiz = await publishedQuiz(db, 'del-1');
    const path = '/kurs/del-1/kunskapskontroll/';
    await takeQuiz(page, path, choices(quiz, 2));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inte godkänt än');
    await takeQuiz(page, path, choices(quiz));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
    await page.getByRole('link', { name: 'Till Min sida' }).click();
    await expect(page.getByText('Du har klarat 1 av 5 delar.')).toBeVisible();
    await expect(page.getByRole('link', { name: /^Fortsätt med del 2/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /Del\s+1\s*, genomförd/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /genomförd/ })).toHaveCount(1);
    await expect(page.getByRole('row', { name: /^Del 1: .*Här på webben/ })).toBeVisible();
    await page.getByText('2 försök').click();
    const attempts = page.getByRole('listitem').filter({ hasText: 'rätt' });
    await expect(attempts).toHaveText([
      new RegExp(`${quiz.questions.length} av ${quiz.questions.length} rätt\\s*Godkänt`),
      new RegExp(`2 av ${quiz.questions.length} rätt\\s*Inte godkänt`),
    ]);
    await expectNoFaults(page);
    await attempts.nth(1).getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inte godkänt än');
  });

  test('tells who has looked at a list, without the name of a protected manager', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson();
    const [unit] = await db.select().from(unitPeriod).where(eq(unitPeriod.kind, 'team')).limit(1);
    const viewers = [
      await addPerson({ name: 'Cecilia Chefsson' }),
      await addPerson({ name: 'Hemliga Henrik', isProtected: true }),
      someone,
    ];
    for (const { personId: viewerId } of viewers) {
      const [look] = await db
        .insert(listLook)
        .values({ viewerId, unitId: unit!.unitId })
        .returning({ id: listLook.id });
      await db.insert(listLookPerson).values({ lookId: look!.id, personId: someone.personId });
    }
    await signIn(someone);
    await page.goto('/min-sida');
    const looks = page.getByRole('table').filter({ hasText: 'Vem' });
    await expect(looks.getByRole('row')).toHaveCount(3);
    await expect(looks.getByRole('row').nth(1)).toContainText(`en chef`);
    await expect(looks.getByRole('row').nth(2)).toContainText('Cecilia Chefsson');
    await expect(looks.getByRole('row').nth(2)).toContainText(unit!.name);
    await expect(page.getByText('Hemliga Henrik')).toHaveCount(0);
    await expectNoFaults(page);
  });

  test('leads everyone to the tasks they have, and to no others', async ({ page, db, addPerson, signIn }) => {
    const tasks = [
      [await findDemoPerson(db, 'chef'), 'Din enhet'],
      [await addPerson({ role: 'samordnare' }), 'Samordning'],
      [await addPerson({ role: 'redaktor' }), 'Redaktion'],
      [await addPerson({ role: 'admin' }), 'Administration'],
    ] as const;
    for (const [someone, task] of tasks) {
      await signIn(someone);
      await page.goto('/min-sida');
      await expect(page.getByRole('main').locator('.card').getByRole('link')).toHaveText([task]);
    }
  });

  test('signs out', async ({ page, addPerson, signIn }) => {
    await signIn(await addPerson());
    await page.goto('/min-sida');
    await page.getByRole('main').getByRole('button', { name: 'Logga ut' }).click();
    await page.goto('/min-sida');
    await expect(page).toHaveURL(/logga-in/);
  });
});

test('The course pages mark what the reader has completed, and nothing for others', async ({
  page,
  db,
  addPerson,
  signIn,
}) => {
  expect(await (await page.request.get('/api/framsteg')).json()).toEqual({ signedIn: false, completed: [] });
  await signIn(await addPerson());
  await takeQuiz(page, '/kurs/del-2/kunskapskontroll/', choices(await publishedQuiz(db, 'del-2')));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
  expect(await (await page.request.get('/api/framsteg')).json()).toEqual({
    signedIn: true,
    completed: ['del-2'],
  });
  await page.goto('/kurs/');
  await expect(page.getByRole('link', { name: /Del\s+2\s*, genomförd/ })).toBeVisible();
  await expect(page.getByText('Du har klarat 1 av 5 delar.')).toBeVisible();
});

test.describe('An intyg', () => {
  test('shows anyone with its address that it is genuine, and nothing more of the person', async ({
    page,
    db,
    addPerson,
  }) => {
    const someone = await addPerson({ name: 'Ingrid Intygsson' });
    const { code } = await giveCourse(db, someone);
    expect((await page.goto(`/intyg/${code}`))?.status()).toBe(200);
    await expect(page.getByText('Intyget är äkta')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ingrid Intygsson');
    await expect(page.getByText(TITLE)).toBeVisible();
    await expect(page.getByText('14 mars 2026')).toBeVisible();
    await expect(page.locator('dd.code')).toHaveText(code);
    await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
    const html = await page.content();
    for (const secret of [someone.personId, someone.accountId, someone.email]) {
      expect(html).not.toContain(secret);
    }
    await expectNoFaults(page);
  });

  test('prints as one A4 page', async ({ page, db, addPerson }) => {
    const { code } = await giveCourse(
      db,
      await addPerson({ name: 'Wolfgang-Alexander Östergötlandsson-Västmanlander' }),
    );
    await page.goto(`/intyg/${code}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  });

  test('of a person with protected identity shows no name, except to herself', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson({ name: 'Skyddade Stina', isProtected: true });
    const { code } = await giveCourse(db, someone);
    await page.goto(`/intyg/${code}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Namnet visas inte');
    expect(await page.content()).not.toContain('Stina');
    await signIn(await addPerson({ role: 'admin' }));
    await page.reload();
    expect(await page.content()).not.toContain('Stina');
    await signIn(someone);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Skyddade Stina');
    await expect(page.getByText('Bara du ser ditt namn här')).toBeVisible();
  });

  test('whose completion was corrected away says so, without a name', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson({ name: 'Rättade Rut' });
    const { code, completionId } = await giveCourse(db, someone);
    await db.insert(completionCorrection).values({ completionId, reason: 'Förväxlad med en namne' });
    await page.goto(`/intyg/${code}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Intyget gäller inte längre');
    expect(await page.content()).not.toMatch(/Rättade Rut|namne/);
    await signIn(someone);
    await page.goto('/min-sida');
    await expect(page.getByText('Gäller inte längre: Förväxlad med en namne')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Visa ditt intyg' })).toHaveCount(0);
  });

  test('with an unknown code is a page that does not exist, however the code looks', async ({ request }) => {
    const pages = [];
    for (const code of [createCertificateCode(), 'x', 'a'.repeat(5000), "'--"]) {
      const reply = await request.get(`/intyg/${code}`);
      expect([code, reply.status()]).toEqual([code, 404]);
      pages.push(await reply.text());
    }
    expect(new Set(pages).size).toBe(1);
  });
});
