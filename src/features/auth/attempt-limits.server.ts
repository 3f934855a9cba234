import { createHash, createHmac } from 'node:crypto';
import { deleteIdleBuckets, returnToken, takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { getDb } from '#src/lib/database.ts';
import { networkOf } from './network.ts';

/** Failed tries for one e-mail address, whether or not it has an account. */
export const PER_EMAIL: Bucket = { burst: 10, seconds: 60 };
/** Failed tries from one network. Wide: a whole workplace may share an address. */
export const PER_NETWORK: Bucket = { burst: 50, seconds: 6 };

/** By then the bucket of any limit is full again: forgetting it changes nothing. */
const FULL_AGAIN_SECONDS = 3600;

/** A counted try. */
export interface Try {
  /** Seconds to wait before the next; 0: this one may go ahead. */
  wait: number;
  /** Takes the count back: the try turned out right. Only failed ones are to count. */
  forgive(): Promise<void>;
}

/**
 * Counts a try to sign in, over all nodes. The database holds keyed hashes of the e-mail and the network,
 * never the values.
 */
export async function countTry(email: string, clientAddress: string): Promise<Try> {
  const limits = [
    { key: limitKey('network', networkOf(clientAddress)), bucket: PER_NETWORK },
    { key: limitKey('e-mail', email.toLowerCase()), bucket: PER_EMAIL },
  ];
  for (const { key, bucket } of limits) {
    const wait = await takeToken(getDb(), key, bucket);
    if (wait > 0) return { wait, forgive: async () => undefined };
  }
  return {
    wait: 0,
    forgive: async () => {
      for (const { key, bucket } of limits) await returnToken(getDb(), key, bucket);
    },
  };
}

/** Removes counts that no longer matter, of every kind of limit. */
export async function removeIdleCounts(): Promise<void> {
  await deleteIdleBuckets(getDb(), FULL_AGAIN_SECONDS);
}

/**
 * What a limit is counted under. The key comes from the database's password: secret, the same on every
 * node, and not in the database itself, so that a copy of the database does not tell who tried from where.
 */
export function limitKey(kind: string, value: string): string {
  const address = new URL(process.env['DATABASE_URL'] ?? 'postgres://none');
  const secret = createHash('sha256').update(`limits ${address.password}`).digest();
  return createHmac('sha256', secret).update(`${kind} ${value}`).digest('base64url');
}
