import { sql } from 'drizzle-orm';
import type { Transaction } from '../client.ts';

/** Says who changes rules in this transaction, for the `rule_change` rows that the triggers write. */
export async function nameRuleAuthor(tx: Transaction, personId: string): Promise<void> {
  await tx.execute(sql`select set_config('trygg_grund.person_id', ${personId}, true)`);
}
