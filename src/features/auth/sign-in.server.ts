import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { findAccountByEmail } from '#db/queries/accounts.ts';
import { getDb } from '#src/lib/database.ts';
import { signInFields } from './auth.schema.ts';
import { countTry } from './attempt-limits.server.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createQueue } from '#src/lib/queue.ts';
import { endSession, startSession } from './session.server.ts';

export type SignIn =
  /** `token` goes into the cookie. */
  | { kind: 'ok'; token: string }
  /** A field is empty. */
  | { kind: 'incomplete' }
  /** No such account, another password, or an account that may not sign in: never told apart. */
  | { kind: 'wrong' }
  | { kind: 'limited'; seconds: number }
  /** Too many sign in at this moment. */
  | { kind: 'busy' };

/**
 * Each check takes 19 MB and a processor; two or three at once leave the pages their share. A try is counted while
 * it is being checked and not while it waits, so that many right ones at once are not taken for guesses.
 */
const checks = createQueue(availableParallelism() > 3 ? 3 : 2, 400);

let noPassword: Promise<string> | undefined;

/**
 * Signs in with what the form holds. `endedToken`: the session that the browser had before; it is ended,
 * so that a token planted or stolen before signing in is worth nothing. The answer and the time it takes
 * are the same whether or not the e-mail has an account.
 */
export async function signIn(
  form: Record<string, unknown>,
  clientAddress: string,
  endedToken: string | null,
): Promise<SignIn> {
  const fields = signInFields.safeParse(form);
  if (!fields.success) return { kind: 'incomplete' };
  const { epost: email, losenord: password } = fields.data;
  const checked = await checks(() => checkPassword(email, password, clientAddress));
  if (checked === null) return { kind: 'busy' };
  if (checked.kind !== 'right') return checked;
  await endSession(endedToken);
  return { kind: 'ok', token: await startSession(checked.accountId) };
}

type Checked = { kind: 'right'; accountId: string } | Extract<SignIn, { kind: 'wrong' | 'limited' }>;

async function checkPassword(email: string, password: string, clientAddress: string): Promise<Checked> {
  const counted = await countTry(email, clientAddress);
  if (counted.wait > 0) return { kind: 'limited', seconds: counted.wait };
  noPassword ??= hashPassword(randomBytes(32).toString('hex'));
  const unmatched = await noPassword;
  const account = await findAccountByEmail(getDb(), email);
  const passwordHash = account?.isActive ? account.passwordHash : null;
  const matches = await verifyPassword(passwordHash ?? unmatched, password);
  if (!account || passwordHash === null || !matches) return { kind: 'wrong' };
  await counted.forgive();
  return { kind: 'right', accountId: account.id };
}
