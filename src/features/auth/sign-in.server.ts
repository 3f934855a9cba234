import { randomBytes } from 'node:crypto';
import { findAccountByEmail } from '#db/queries/accounts.ts';
import { getDb } from '#src/lib/database.ts';
import { signInFields } from './auth.schema.ts';
import { countTry } from './attempt-limits.server.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createQueue } from './queue.ts';
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

/** Each verification takes 19 MB and a processor; two leave the pages their share. */
const verifications = createQueue(2, 100);

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
  const counted = await countTry(email, clientAddress);
  if (counted.wait > 0) return { kind: 'limited', seconds: counted.wait };

  noPassword ??= hashPassword(randomBytes(32).toString('hex'));
  const unmatched = await noPassword;
  const account = await findAccountByEmail(getDb(), email);
  const passwordHash = account?.isActive ? account.passwordHash : null;
  const matches = await verifications(() => verifyPassword(passwordHash ?? unmatched, password));
  if (matches === null) {
    await counted.forgive();
    return { kind: 'busy' };
  }
  if (!account || passwordHash === null || !matches) return { kind: 'wrong' };

  await counted.forgive();
  await endSession(endedToken);
  return { kind: 'ok', token: await startSession(account.id) };
}
