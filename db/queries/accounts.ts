import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { account } from '../schema/access.ts';
import { person } from '../schema/organisation.ts';

export type Account = typeof account.$inferSelect;

/** The account with an e-mail address, whatever its case; null when there is none. */
export async function findAccountByEmail(db: Executor, email: string): Promise<Account | null> {
  const [row] = await db
    .select()
    .from(account)
    .where(sql`lower(${account.email}) = lower(${email})`);
  return row ?? null;
}

/** Somebody who writes, reviews and publishes. */
export interface Editor {
  accountId: string;
  personId: string;
  name: string;
  role: 'redaktor' | 'admin';
  isProtected: boolean;
}

/** The editor or administrator whose account can be used, by e-mail address, whatever its case; else null. */
export async function findEditorByEmail(db: Executor, email: string): Promise<Editor | null> {
  const [row] = await db
    .select({
      accountId: account.id,
      personId: person.id,
      name: person.name,
      role: sql<Editor['role']>`${account.role}`,
      isProtected: person.isProtected,
    })
    .from(account)
    .innerJoin(person, eq(person.id, account.personId))
    .where(
      and(
        sql`lower(${account.email}) = lower(${email})`,
        account.isActive,
        inArray(account.role, ['redaktor', 'admin']),
      ),
    );
  return row ?? null;
}
