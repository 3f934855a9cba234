import { eq, lte, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rateLimit } from '../schema/access.ts';

/** A token bucket: `burst` tries at once, then one more every `seconds`. */
export interface Bucket {
  burst: number;
  seconds: number;
}

/**
 * Takes one token of a bucket. Returns 0 when there was one, else the seconds until there is. One
 * statement under a row lock and the server's clock, so the limit holds exactly over any number of nodes.
 */
export async function takeToken(db: Executor, key: string, bucket: Bucket): Promise<number> {
  const taken = await db
    .insert(rateLimit)
    .values({ key, tokens: bucket.burst - 1, updatedAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: { tokens: sql`${filled(bucket)} - 1`, updatedAt: sql`clock_timestamp()` },
      // A bucket without a whole token is left as it is: no row comes back.
      setWhere: sql`${filled(bucket)} >= 1`,
    })
    .returning({ key: rateLimit.key });
  if (taken.length > 0) return 0;
  const [row] = await db
    .select({ tokens: sql<number>`${filled(bucket)}` })
    .from(rateLimit)
    .where(eq(rateLimit.key, key));
  return Math.max(1, Math.ceil((1 - (row?.tokens ?? 0)) * bucket.seconds));
}

/** Gives a token back: what was tried turned out to be allowed and is not to count. */
export async function returnToken(db: Executor, key: string, bucket: Bucket): Promise<void> {
  await db
    .update(rateLimit)
    .set({ tokens: sql`least(${bucket.burst}, ${rateLimit.tokens} + 1)` })
    .where(eq(rateLimit.key, key));
}

/** Forgets buckets that nobody has drawn from for `seconds`, by which time they are full again. */
export async function deleteIdleBuckets(db: Executor, seconds: number): Promise<void> {
  await db
    .delete(rateLimit)
    .where(lte(rateLimit.updatedAt, sql`clock_timestamp() - make_interval(secs => ${seconds})`));
}

/** The tokens in a bucket now: those that were left and those that have dripped in since. */
function filled({ burst, seconds }: Bucket) {
  return sql`least(${burst}::float8, ${rateLimit.tokens}
    + greatest(0, extract(epoch from clock_timestamp() - ${rateLimit.updatedAt})) / ${seconds}::float8)`;
}
