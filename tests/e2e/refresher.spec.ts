import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { hashDocument } from '#src/features/documents/hash.ts';
import { toVersion } from '#src/features/documents/to-version.ts';
import { expect, expectSound, publishedQuiz, test, type TestPerson } from '../support/e2e.ts';

const SLUG = 'barn-i-forskolealdern';

/**
 * Gives the module an older version than its first, and makes what is published the new requirement: so
 * that nothing has to be published, which other tests would notice. Returns the title of the section that
 * differs, and of one that does not.
 */
async function addOlderVersion(db: Database): Promise<{ changed: string; unchanged: string }> {
  const current = (await findCurrentVersion(db, SLUG))!;
  const older = structuredClone(current.document) as ModuleDocument;
  const [first, second] = older.sections;
  second!.body.content = second!.body.content.slice(1);
  const { title, quiz, sections, document } = toVersion(older);
  await db.execute(sql`
    insert into module_version (module_slug, version, title, content_hash, quiz, sections, document)
    values (${SLUG}, 0, ${title}, ${hashDocument(older)}, ${JSON.stringify(quiz)}::jsonb,
      ${JSON.stringify(sections)}::jsonb, ${JSON.stringify(document)}::jsonb)
    on conflict do nothing`);
  await db.execute(sql`
    insert into version_requirement (module_version_id, older_count_until, reason)
    values (${current.id}, '2099-12-31', 'Prov') on conflict do nothing`);
  return { changed: second!.meta.title, unchanged: first!.meta.title };
}

/** Lets a person have completed the grundkurs, and the module in its older version. */
async function completeOlder(db: Database, { personId }: TestPerson): Promise<void> {
  await db.execute(sql`
    insert into completion (person_id, module_slug, module_version_id, method, rule, completed_at, completed_on)
    select ${personId}::uuid, v.module_slug, v.id, 'online', 'prov', '2026-01-15T10:00:00Z', '2026-01-15'
    from module_version v left join current_version c on c.module_version_id = v.id
    where v.module_slug = ${SLUG} and v.version = 0
      or v.module_slug = 'grundkurs' and c.module_version_id is not null`);
}

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an employee reads only what is new, answers the questions about it, and has the module as it is now', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    const { changed, unchanged } = await addOlderVersion(db);
    const someone = await addPerson();
    await completeOlder(db, someone);
    await signIn(someone);
    await page.goto('/min-sida');
    const offer = page.getByRole('region', { name: /har fått nytt innehåll$/ });
    await expect(offer).toContainText('ett avsnitt');
    await offer.getByRole('link', { name: /^Gå igenom det nya/ }).click();
    await expect(page.getByRole('heading', { name: changed })).toBeVisible();
    await expect(page.getByRole('heading', { name: unchanged })).toHaveCount(0);

    const quiz = await publishedQuiz(db, SLUG);
    const questions = quiz.questions.filter(({ section }) => section.startsWith('02-'));
    await expect(page.locator('form.quiz fieldset')).toHaveCount(questions.length);
    const html = await page.content();
    for (const { feedback } of questions.flatMap(({ options }) => options))
      expect(html).not.toContain(feedback);

    const submit = page.getByRole('button', { name: 'Rätta mina svar' });
    await submit.click();
    await expect(page.getByRole('alert')).toContainText('Du har inte svarat på fråga 1');
    for (const { id, options } of questions) {
      for (const option of options.filter(({ correct }) => correct))
        await page.locator(`input[name="${id}"][value="${option.id}"]`).check();
    }
    await submit.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');

    await page.goto('/min-sida');
    await expect(offer).toHaveCount(0);
    await page.getByRole('link', { name: /^Så såg den ut då.*version 0/ }).click();
    await expect(page.getByRole('heading', { name: 'Det här är en tidigare version' })).toBeVisible();
    await expect(page.getByRole('heading', { name: unchanged })).toBeVisible();
  });
});

test('On a phone in the dark axe finds nothing on a refresher, its result and an earlier version', async ({
  page,
  db,
  addPerson,
  signIn,
  baseURL,
}) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await addOlderVersion(db);
  const someone = await addPerson();
  await completeOlder(db, someone);
  await signIn(someone);
  const version = (await findCurrentVersion(db, SLUG))!;
  const form = { _inlamning: randomUUID(), _version: String(version.id) };
  const quiz = await publishedQuiz(db, SLUG);
  const wrong = quiz.questions
    .filter(({ section }) => section.startsWith('02-'))
    .map(({ id, options }) => [id, options.find(({ correct }) => !correct)!.id]);
  const graded = await page.request.post(`/repetition/${SLUG}`, {
    form: { ...form, ...Object.fromEntries(wrong) },
    headers: { origin: new URL(baseURL!).origin },
  });
  for (const path of ['/min-sida', `/repetition/${SLUG}`, graded.url(), `/tidigare/${SLUG}/0`]) {
    expect((await page.request.get(path)).status(), path).toBe(200);
    await expectSound(page, path);
  }
});
