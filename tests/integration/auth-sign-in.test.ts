import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { takeToken } from '#db/queries/rate-limits.ts';
import { rateLimit, session } from '#db/schema/access.ts';
import {
  countTry,
  PER_EMAIL,
  PER_NETWORK,
  removeIdleCounts,
} from '#src/features/auth/attempt-limits.server.ts';
import { describeFailure } from '#src/features/auth/sign-in-page.ts';
import { signIn } from '#src/features/auth/sign-in.server.ts';
import { findActor, startSession } from '#src/features/auth/session.server.ts';
import { createAccount, PASSWORD } from '../support/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const HERE = '192.0.2.7';
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate rate_limit`;
});

const fields = (epost: string, losenord: string) => ({ epost, losenord });

describe('Signing in', () => {
  test('with the right password begins a session', async () => {
    const { email, id } = await createAccount(database.db);
    const result = await signIn(fields(email, PASSWORD), HERE, null);
    expect(result.kind === 'ok' && (await findActor(result.token))?.accountId).toBe(id);
  });

  test('does not mind capitals or spaces around the e-mail', async () => {
    const { email } = await createAccount(database.db, { email: 'Maja.Daggparla@exempel.test' });
    expect(email).not.toBe(email.toLowerCase());
    expect(await signIn(fields('  MAJA.daggparla@exempel.test ', PASSWORD), HERE, null)).toMatchObject({
      kind: 'ok',
    });
  });

  test('ends the session that the browser had before', async () => {
    const { email, id } = await createAccount(database.db);
    const before = await startSession(id);
    const result = await signIn(fields(email, PASSWORD), HERE, before);
    expect(await findActor(before)).toBeNull();
    expect(result.kind === 'ok' && result.token).not.toBe(before);
  });

  test('that fails leaves the session as it was', async () => {
    const { email, id } = await createAccount(database.db);
    const before = await startSession(id);
    await signIn(fields(email, 'fel'), HERE, before);
    expect(await findActor(before)).not.toBeNull();
  });

  test('fails in the same words for every reason', async () => {
    const known = await createAccount(database.db);
    const inactive = await createAccount(database.db, { isActive: false });
    const passwordless = await createAccount(database.db, { hasPassword: false });
    const sessions = await database.db.$count(session);
    for (const form of [
      fields(known.email, 'fel lösenord'),
      fields('finns.inte@exempel.test', PASSWORD),
      fields(inactive.email, PASSWORD),
      fields(passwordless.email, PASSWORD),
      fields(known.email, PASSWORD.toUpperCase()),
      fields(known.email, `${PASSWORD} `),
      fields(known.email, 'x'.repeat(100_000)),
      fields(known.email.replace('@', '＠'), PASSWORD),
    ]) {
      const result = await signIn(form, HERE, null);
      expect(result).toEqual({ kind: 'wrong' });
      expect(describeFailure({ kind: 'wrong' }).status).toBe(401);
    }
    expect(await database.db.$count(session)).toBe(sessions);
  });

  test.each([
    ['no field', {}],
    ['no password', { epost: 'a@b.se' }],
    ['an empty password', { epost: 'a@b.se', losenord: '' }],
    ['no e-mail', { losenord: 'x' }],
    ['spaces for an e-mail', { epost: '  ', losenord: 'x' }],
    ['an endless e-mail', { epost: 'a'.repeat(300), losenord: 'x' }],
    ['files', { epost: new File([], 'x'), losenord: new File([], 'x') }],
    ['a null byte', { epost: 'a\0@exempel.test', losenord: 'x' }],
  ])('with %s asks for both fields and counts nothing', async (_what, form) => {
    expect(await signIn(form, HERE, null)).toEqual({ kind: 'incomplete' });
    expect(await database.db.$count(rateLimit)).toBe(0);
  });

  test('takes as long for an address without an account as for one with', async () => {
    const { email } = await createAccount(database.db);
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      // Alternating, so that whatever else the machine does falls on both.
      await database.sql`truncate rate_limit`;
      known.push(await timeOf(email));
      unknown.push(await timeOf('finns.inte@exempel.test'));
    }
    // Without the dummy hash it would be a tenth.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.75);
    expect(median(unknown) / median(known)).toBeLessThan(1.33);
  });
});

describe('The limit on tries', () => {
  test('lets an e-mail be tried ten times in a row, whatever the address, and then tells how long to wait', async () => {
    const { email } = await createAccount(database.db);
    const results = [];
    for (let round = 0; round < PER_EMAIL.burst + 2; round += 1) {
      results.push(await signIn(fields(email, 'fel'), `192.0.2.${round}`, null));
    }
    expect(results.slice(0, PER_EMAIL.burst)).toEqual(Array(PER_EMAIL.burst).fill({ kind: 'wrong' }));
    for (const result of results.slice(PER_EMAIL.burst)) {
      expect(result).toEqual({ kind: 'limited', seconds: expect.any(Number) });
      const failure = describeFailure(result as { kind: 'limited'; seconds: number });
      expect(failure.status).toBe(429);
      expect(failure.retryAfter).toBeGreaterThan(55);
      expect(failure.retryAfter).toBeLessThanOrEqual(60);
    }
    expect(await signIn(fields(email, PASSWORD), HERE, null)).toMatchObject({ kind: 'limited' });
  });

  test('is the same for an e-mail without an account', async () => {
    for (let round = 0; round < PER_EMAIL.burst; round += 1) {
      await signIn(fields('finns.inte@exempel.test', 'fel'), HERE, null);
    }
    expect(await signIn(fields('Finns.Inte@exempel.test', 'fel'), HERE, null)).toMatchObject({
      kind: 'limited',
    });
  });

  test('counts only what failed: a workplace behind one address can sign in all morning', async () => {
    const { email } = await createAccount(database.db);
    for (let round = 0; round < PER_EMAIL.burst * 2; round += 1) {
      expect(await signIn(fields(email, PASSWORD), HERE, null)).toMatchObject({ kind: 'ok' });
    }
    const [row] = await database.db.select().from(rateLimit).orderBy(rateLimit.tokens);
    expect(row!.tokens).toBeGreaterThan(PER_EMAIL.burst - 1);
  });

  test('does not take many right tries at once for guesses', async () => {
    const { email } = await createAccount(database.db);
    const tries = Array.from({ length: 60 }, () => signIn(fields(email, PASSWORD), HERE, null));
    const kinds = new Set((await Promise.all(tries)).map(({ kind }) => kind));
    expect([...kinds]).toEqual(['ok']);
  });

  test('holds for wrong tries however many come at once', async () => {
    const { email } = await createAccount(database.db);
    const tries = Array.from({ length: 60 }, () => signIn(fields(email, 'fel'), HERE, null));
    const wrong = (await Promise.all(tries)).filter(({ kind }) => kind === 'wrong');
    expect(wrong).toHaveLength(PER_EMAIL.burst);
  });

  test('holds exactly over two nodes at once', async () => {
    const nodes = [connect(database.url, { max: 10 }), connect(database.url, { max: 10 })] as const;
    try {
      const tries = Array.from({ length: 200 }, (_, index) =>
        takeToken(nodes[index % 2]!.db, 'x', { burst: 37, seconds: 3600 }),
      );
      const waits = await Promise.all(tries);
      expect(waits.filter((wait) => wait === 0)).toHaveLength(37);
    } finally {
      await Promise.all(nodes.map((node) => node.close()));
    }
  });

  test('fills one try after each interval, up to the burst', async () => {
    const bucket = { burst: 3, seconds: 60 };
    const pass = (seconds: number) =>
      database.sql`update rate_limit set updated_at = updated_at - make_interval(secs => ${seconds})`;
    const take = () => takeToken(database.db, 'y', bucket);
    expect([await take(), await take(), await take()]).toEqual([0, 0, 0]);
    expect(await take()).toBe(60);
    await pass(30);
    expect(await take()).toBeLessThanOrEqual(30);
    await pass(31);
    expect(await take()).toBe(0);
    expect(await take()).toBeGreaterThan(50);
    await pass(100_000);
    expect([await take(), await take(), await take()]).toEqual([0, 0, 0]);
    expect(await take()).toBe(60);
  });

  test('counts a network as a whole and knows nobody’s address', async () => {
    for (let round = 0; round < PER_NETWORK.burst; round += 1) {
      const { wait } = await countTry(`${round}@exempel.test`, `2001:db8:1:2::${round}`);
      expect(wait).toBe(0);
    }
    const result = await signIn(fields('annan@exempel.test', 'fel'), '2001:db8:1:2:ffff::1', null);
    expect(result).toEqual({ kind: 'limited', seconds: expect.any(Number) });
    expect(await signIn(fields('annan@exempel.test', 'fel'), '2001:db8:1:3::1', null)).toEqual({
      kind: 'wrong',
    });
    const kept = JSON.stringify(await database.sql`select * from rate_limit`);
    expect(kept).not.toMatch(/2001|exempel/);
  });

  test('is forgotten once it no longer matters, and not before', async () => {
    for (const { burst, seconds } of [PER_EMAIL, PER_NETWORK]) expect(burst * seconds).toBeLessThan(3600);
    await signIn(fields('annan@exempel.test', 'fel'), HERE, null);
    await removeIdleCounts();
    expect(await database.db.$count(rateLimit)).toBe(2);
    await database.sql`update rate_limit set updated_at = updated_at - interval '61 minutes'`;
    await removeIdleCounts();
    expect(await database.db.$count(rateLimit)).toBe(0);
  });
});

async function timeOf(email: string): Promise<number> {
  const begun = performance.now();
  await signIn(fields(email, 'fel lösenord'), HERE, null);
  return performance.now() - begun;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
