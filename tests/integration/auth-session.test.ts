import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { account, session } from '#db/schema/access.ts';
import { employment, unit } from '#db/schema/organisation.ts';
import { sessionAdapter } from '#src/features/auth/session-adapter.ts';
import {
  endSession,
  endSessionsOf,
  findActor,
  removeExpiredSessions,
  startSession,
} from '#src/features/auth/session.server.ts';
import { createSessionToken } from '#src/features/auth/session-token.ts';
import { createAccount } from '../support/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const MINUTE = 60_000;
const BEGINNING = new Date('2026-03-10T08:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => vi.useRealTimers());

/** Stops the clock at a number of minutes after the beginning. Timers go on: the database driver needs them. */
function at(minutes: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: BEGINNING.getTime() + minutes * MINUTE });
}

const sessionsOf = (accountId: string) =>
  database.db.select().from(session).where(eq(session.accountId, accountId));

describe('A session', () => {
  test('belongs to the person who signed in', async () => {
    const someone = await createAccount(database.db, { name: 'Samira Snölykta', role: 'samordnare' });
    const token = await startSession(someone.id);
    expect(await findActor(token)).toEqual({
      accountId: someone.id,
      personId: someone.person.id,
      name: 'Samira Snölykta',
      role: 'samordnare',
      isManager: false,
      isProtected: false,
    });
  });

  test('is in the database only as a hash: a copy of it lets nobody in', async () => {
    const { id } = await createAccount(database.db);
    const token = await startSession(id);
    const [publicId, secret] = token.split('.') as [string, string];
    const [row] = await sessionsOf(id);
    expect(row!.id).toBe(publicId);
    expect(row!.secretHash).toEqual(createHash('sha256').update(secret).digest());

    const dump = JSON.stringify(await database.sql`select s::text, a::text from session s, account a`);
    expect(dump).toContain(publicId);
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));

    const inBase64 = row!.secretHash.toString('base64url');
    for (const stolen of [
      `${publicId}.${inBase64}`,
      `${publicId}.${row!.secretHash.toString('hex')}`,
      publicId,
      `${publicId}.`,
      secret,
    ]) {
      expect(await findActor(stolen)).toBeNull();
    }
    expect(await findActor(token)).not.toBeNull();
  });

  test('cannot be entered with the secret of another', async () => {
    const { id } = await createAccount(database.db);
    const [one, other] = [await startSession(id), await startSession(id)] as const;
    expect(await findActor(`${one.split('.')[0]}.${other.split('.')[1]}`)).toBeNull();
  });

  test('cannot be planted: a token that did not come from here is unknown', async () => {
    expect(await findActor(createSessionToken())).toBeNull();
    for (const rubbish of [null, '', 'x', 'a.b', "' or 1=1 --"]) expect(await findActor(rubbish)).toBeNull();
  });

  test('cannot be stored under a token without a secret', async () => {
    const { id } = await createAccount(database.db);
    const raw = { id: 'a'.repeat(40), userId: id, expiresAt: new Date(), attributes: {} };
    await expect(sessionAdapter.setSession(raw)).rejects.toThrow('id.secret');
    expect(await sessionsOf(id)).toEqual([]);
  });

  test('lives on as long as it is used, and ends after 60 minutes without', async () => {
    const { id } = await createAccount(database.db);
    at(0);
    const token = await startSession(id);
    for (const minutes of [20, 79, 138, 197]) {
      at(minutes);
      expect(await findActor(token), `after ${minutes} minutes`).not.toBeNull();
    }
    at(197 + 60);
    expect(await findActor(token)).toBeNull();
    expect(await sessionsOf(id)).toEqual([]);
  });

  test('ends after 12 hours, however much it is used', async () => {
    const { id } = await createAccount(database.db);
    at(0);
    const token = await startSession(id);
    for (let minutes = 30; minutes < 12 * 60; minutes += 30) {
      at(minutes);
      expect(await findActor(token)).not.toBeNull();
    }
    at(12 * 60 - 1);
    expect(await findActor(token)).not.toBeNull();
    const [row] = await sessionsOf(id);
    expect(row!.expiresAt.getTime() - row!.createdAt.getTime()).toBe(12 * 60 * MINUTE);
    // Even if somebody had let it count longer in the database.
    await database.sql`update session set expires_at = '2100-01-01' where id = ${row!.id}`;
    at(12 * 60);
    expect(await findActor(token)).toBeNull();
  });

  test('is written at most once a minute', async () => {
    const { id } = await createAccount(database.db);
    at(0);
    const token = await startSession(id);
    const before = await sessionsOf(id);
    at(0.9);
    await findActor(token);
    expect(await sessionsOf(id)).toEqual(before);
    at(1);
    await findActor(token);
    expect((await sessionsOf(id))[0]!.expiresAt).toEqual(new Date(BEGINNING.getTime() + 61 * MINUTE));
  });

  test('ends on the server when its owner signs out, and no other with it', async () => {
    const { id } = await createAccount(database.db);
    const [phone, computer] = [await startSession(id), await startSession(id)] as const;
    await endSession(phone);
    expect(await findActor(phone)).toBeNull();
    expect(await findActor(computer)).not.toBeNull();
    await endSession(phone);
    await endSession(null);
  });

  test('cannot be ended by somebody who knows only its public half', async () => {
    const { id } = await createAccount(database.db);
    const token = await startSession(id);
    await endSession(`${token.split('.')[0]}.${'A'.repeat(43)}`);
    expect(await findActor(token)).not.toBeNull();
  });

  test('ends with all others of the account at once', async () => {
    const { id } = await createAccount(database.db);
    const tokens = [await startSession(id), await startSession(id)];
    const other = await startSession((await createAccount(database.db)).id);
    await endSessionsOf(id);
    for (const token of tokens) expect(await findActor(token)).toBeNull();
    expect(await findActor(other)).not.toBeNull();
  });

  test('ends when the account may no longer sign in', async () => {
    const { id } = await createAccount(database.db);
    const token = await startSession(id);
    await database.db.update(account).set({ isActive: false }).where(eq(account.id, id));
    expect(await findActor(token)).toBeNull();
    expect(await sessionsOf(id)).toEqual([]);
  });

  test('carries a changed role from the next request on', async () => {
    const { id } = await createAccount(database.db);
    const token = await startSession(id);
    await database.db.update(account).set({ role: 'admin' }).where(eq(account.id, id));
    expect((await findActor(token))?.role).toBe('admin');
  });

  test('is removed when it has expired, and not before', async () => {
    const { id } = await createAccount(database.db);
    at(0);
    await startSession(id);
    at(59);
    await removeExpiredSessions();
    expect(await sessionsOf(id)).toHaveLength(1);
    at(60);
    await removeExpiredSessions();
    expect(await sessionsOf(id)).toEqual([]);
  });
});

describe('Whoever leads a unit', () => {
  test('does so on the days of that employment, in Stockholm, and on no other', async () => {
    const { id, person } = await createAccount(database.db);
    const [place] = await database.db.insert(unit).values({ code: 'ENHET-1' }).returning();
    await database.db.insert(employment).values([
      {
        personId: person.id,
        unitId: place!.id,
        title: 'Rektor',
        isManager: true,
        valid: '[2026-03-11,2026-03-13)',
      },
      { personId: person.id, unitId: place!.id, title: 'Förskollärare', valid: '[2026-03-13,)' },
    ]);
    const isManagerAt = async (moment: string) => {
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });
      return (await findActor(await startSession(id)))?.isManager;
    };
    expect(await isManagerAt('2026-03-10T22:59:59Z')).toBe(false);
    expect(await isManagerAt('2026-03-10T23:00:00Z')).toBe(true);
    expect(await isManagerAt('2026-03-12T22:59:59Z')).toBe(true);
    expect(await isManagerAt('2026-03-12T23:00:00Z')).toBe(false);
  });
});
