import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { account } from '../schema/access.ts';

export type Account = typeof account.$inferSelect;

/** The account with an e-mail address, whatever its case; null when there is none. */
export async function findAccountByEmail(db: Executor, email: string): Promise<Account | null> {
  const [row] = await db
    .select()
    .from(account)
    .where(sql`lower(${account.email}) = lower(${email})`);
  return row ?? null;
}
