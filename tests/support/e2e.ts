import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { openEmbedded } from '#db/embedded.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { account } from '#db/schema/access.ts';
import { person } from '#db/schema/organisation.ts';
import { sessionCookieName } from '#src/features/auth/session-cookie.ts';
import { startSession } from '#src/features/auth/session.server.ts';
import { quizSchema, type Quiz } from '#src/features/quiz/quiz.schema.ts';
import { closeDb } from '#src/lib/database.ts';

/** Someone who can sign in, made for one test. */
export interface TestPerson {
  accountId: string;
  personId: string;
  name: string;
  email: string;
}

interface NewPerson {
  name?: string;
  role?: 'medarbetare' | 'samordnare' | 'redaktor' | 'admin';
  isProtected?: boolean;
}

interface Fixtures {
  /** Makes a person with an account and no employment, whom no figure counts. */
  addPerson(options?: NewPerson): Promise<TestPerson>;
  /** Signs the person in, in this test's browser, without the form. */
  signIn(someone: Pick<TestPerson, 'accountId'>, context?: BrowserContext): Promise<void>;
}

/** Tests of the running site, with its database: the one in `DATABASE_URL`, else the embedded one in `DATA_DIR`. */
export const test = base.extend<Fixtures, { db: Database }>({
  db: [
    async ({}, use) => {
      const database = await joinDatabase();
      process.env['DATABASE_URL'] = database.url;
      const { db, close } = connect(database.url, { max: 4 });
      await use(db);
      await close();
      await closeDb();
      await database.close();
    },
    { scope: 'worker' },
  ],
  addPerson: async ({ db }, use) => {
    await use(async ({ name = 'Petra Provlind', role = 'medarbetare', isProtected = false } = {}) => {
      const email = `${randomUUID()}@exempel.test`;
      const [someone] = await db.insert(person).values({ name, isProtected }).returning({ id: person.id });
      const personId = someone!.id;
      const [own] = await db.insert(account).values({ personId, email, role }).returning({ id: account.id });
      return { accountId: own!.id, personId, name, email };
    });
  },
  signIn: async ({ context: own, baseURL, db: _ }, use) => {
    await use(async ({ accountId }, context = own) => {
      const value = await startSession(accountId);
      await context.addCookies([{ name: sessionCookieName(false), value, url: baseURL! }]);
    });
  },
});

export { expect };

/** The knowledge check that is published now, key included. */
export async function publishedQuiz(db: Database, slug: string): Promise<Quiz> {
  const version = await findCurrentVersion(db, slug);
  return quizSchema.parse(version?.quiz);
}

/**
 * What axe finds wrong, by rule; empty when nothing is. Run in the page itself, without a blank one to
 * collect frames in, and without lists of all that is right: half the time, and the same findings.
 */
export async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    // WCAG 2.2's least size of what is pressed is not looked at unless asked for.
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** A page is no wider than the screen. */
export async function expectNothingSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider, `${page.url()} scrolls sideways`).toBe(0);
}

/** A page without faults and no wider than the screen, what is folded away on it too. */
export async function expectSound(page: Page, path: string): Promise<void> {
  await test.step(path, async () => {
    await page.goto(path);
    await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
    await expectNoFaults(page);
    await expectNothingSideways(page);
  });
}

/** Who has a demo account: `findDemoPerson(db, 'chef')` is chef@demo.test. */
export async function findDemoPerson(db: Database, name: string): Promise<TestPerson> {
  const [row] = await db
    .select({ accountId: account.id, personId: person.id, name: person.name, email: account.email })
    .from(account)
    .innerJoin(person, eq(person.id, account.personId))
    .where(eq(account.email, `${name}@demo.test`));
  return row!;
}

async function joinDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const url = process.env['DATABASE_URL'];
  if (url) return { url, close: async () => undefined };
  return openEmbedded({
    dataDir: process.env['DATA_DIR'] ?? '.data',
    database: 'trygg_grund_demo',
    allowTemporary: true,
  });
}
