import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { upsertModule } from '#db/queries/modules.ts';
import { completion, completionCorrection } from '#db/schema/training.ts';
import { endSession, startSession } from '#src/features/auth/session.server.ts';
import { canReadFordjupning } from '#src/features/completions/access.server.ts';
import { errors } from '#src/i18n/errors.ts';
import { closeDb } from '#src/lib/database.ts';
import { createAccount } from '../support/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestSite, staticPage, type TestSite } from '../support/site.ts';

const PAGE = '/fordjupning/barn-i-forskolealdern/';
const SECRET = 'Bara för den som har gått grundkursen.';
let database: TestDatabase;
let site: TestSite;

beforeAll(async () => {
  database = await createTestDatabase();
  await upsertModule(database.db, { slug: 'grundkurs', kind: 'course', position: 0 });
  await upsertModule(database.db, { slug: 'del-1', kind: 'part', position: 1 });
  site = await startTestSite({
    'fordjupning/index.html': staticPage('Fördjupningar'),
    'fordjupning/barn-i-forskolealdern/index.html': staticPage(SECRET),
    'fordjupning/barn-i-forskolealdern/avsnitt/index.html': staticPage(SECRET),
    'kurs/index.html': staticPage('Kursen'),
    'fel/fordjupning/index.html': staticPage(errors.fordjupning.title),
    'fel/svarar-inte/index.html': staticPage(errors['svarar-inte'].title),
  });
});
afterAll(async () => {
  await site.close();
  await database.drop();
});

/** A signed-in person's cookie, with the completions she has. */
async function signedIn(...modules: string[]) {
  const account = await createAccount(database.db);
  const rows = await Promise.all(modules.map((slug) => complete(account.personId, slug)));
  const token = await startSession(account.id);
  return { headers: { cookie: `session=${token}` }, token, account, completions: rows };
}

async function complete(personId: string, moduleSlug: string): Promise<string> {
  const [row] = await database.db
    .insert(completion)
    .values({
      personId,
      moduleSlug,
      method: 'import',
      rule: 'import-1',
      completedAt: new Date('2026-03-10T11:00:00Z'),
      completedOn: '2026-03-10',
    })
    .returning({ id: completion.id });
  return row!.id;
}

describe('A fördjupning', () => {
  test('leads whoever is not signed in to the sign-in page, and from there back', async () => {
    const { status, headers, text } = await site.ask(`${PAGE}avsnitt/?a=b`);
    expect(status).toBe(303);
    expect(headers.location).toBe(
      '/logga-in?till=%2Ffordjupning%2Fbarn-i-forskolealdern%2Favsnitt%2F%3Fa%3Db',
    );
    expect(text).toBe('');
  });

  test('tells whoever has not completed the grundkurs what is missing', async () => {
    const { headers } = await signedIn('del-1');
    const answer = await site.ask(PAGE, { headers });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain(errors.fordjupning.title);
    expect(answer.text).not.toContain(SECRET);
  });

  test('opens for whoever has completed the grundkurs, and is kept by no browser', async () => {
    const { headers } = await signedIn('grundkurs');
    for (const path of [PAGE, `${PAGE}avsnitt/`]) {
      const answer = await site.ask(path, { headers: { ...headers, 'if-none-match': '*' } });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain(SECRET);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers).not.toHaveProperty('etag');
    }
  });

  test('closes when the session ends', async () => {
    const { headers, token } = await signedIn('grundkurs');
    await endSession(token);
    expect((await site.ask(PAGE, { headers })).status).toBe(303);
  });

  test('closes when the completion is voided', async () => {
    const { headers, account, completions } = await signedIn('grundkurs');
    await database.db
      .insert(completionCorrection)
      .values({ completionId: completions[0]!, reason: 'Fel person i filen' });
    expect((await site.ask(PAGE, { headers })).status).toBe(403);
    const actor = { ...account, accountId: account.id, name: '', isManager: true, isProtected: false };
    expect(await canReadFordjupning({ ...actor, role: 'admin' }, 'barn-i-forskolealdern')).toBe(false);
  });

  test('does not open for a cookie under the name that belongs to https, or for another’s secret', async () => {
    const { token } = await signedIn('grundkurs');
    const { token: other } = await signedIn();
    const forged = `${token.split('.')[0]}.${other.split('.')[1]}`;
    for (const cookie of [`__Host-session=${token}`, `session=${forged}`, `session=${token.split('.')[0]}`]) {
      expect((await site.ask(PAGE, { headers: { cookie } })).status).toBe(303);
    }
  });

  test('is listed for everyone', async () => {
    expect((await site.ask('/fordjupning/')).status).toBe(200);
  });

  test.each([
    '/fordjupning/barn-i-forskolealdern',
    '/fordjupning/barn-i-forskolealdern/index.html',
    '/fordjupning/barn-i-forskolealdern//',
    '//fordjupning/barn-i-forskolealdern/',
    '/fordjupning//barn-i-forskolealdern/',
    '/./fordjupning/barn-i-forskolealdern/',
    '/kurs/../fordjupning/barn-i-forskolealdern/',
    '/kurs/%2e%2e/fordjupning/barn-i-forskolealdern/',
    '/kurs/..%2ffordjupning/barn-i-forskolealdern/',
    '/%66ordjupning/barn-i-forskolealdern/',
    '/%2566ordjupning/barn-i-forskolealdern/',
    '/fordjupning%2fbarn-i-forskolealdern/',
    '/fordjupning%5cbarn-i-forskolealdern/',
    '/fordjupning\\barn-i-forskolealdern\\',
    '/fordjupning/barn-i-forskolealdern/%00',
    '/fordjupning/barn-i-forskolealdern/%2e',
    '/fordjupning/barn-i-forskolealdern/.',
    '/fordjupning/barn-i-forskolealdern;/',
    '/fordjupning/Barn-i-forskolealdern/',
    '/FORDJUPNING/barn-i-forskolealdern/',
    '/fordjupning/barn%2Di-forskolealdern/',
    '/fordjupning/barn-i-forskolealdern/avsnitt',
    '/fordjupning/barn-i-forskolealdern/?x=/kurs/',
    '/fordjupning/barn-i-forskolealdern/#/kurs/',
    'http://127.0.0.1/fordjupning/barn-i-forskolealdern/',
  ])('is not read by spelling it %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const { status, text, headers } = await site.ask(path, { method });
      expect(status).not.toBe(200);
      expect(text).not.toContain(SECRET);
      expect(Number(headers['content-length'] ?? 0)).not.toBe(staticPage(SECRET).length);
    }
  });

  test('answers 503 while the database is away, and the open pages are there as always', async () => {
    const { headers } = await signedIn('grundkurs');
    const url = process.env['DATABASE_URL']!;
    await closeDb();
    process.env['DATABASE_URL'] = 'postgres://nobody:x@127.0.0.1:1/none';
    try {
      const answer = await site.ask(PAGE, { headers });
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '30']);
      expect(answer.text).toContain(errors['svarar-inte'].title);
      expect((await site.ask(PAGE)).status).toBe(303);
      expect((await site.ask('/kurs/', { headers })).status).toBe(200);
    } finally {
      await closeDb();
      process.env['DATABASE_URL'] = url;
    }
  });
});
