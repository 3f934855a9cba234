import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { unit } from '../schema/organisation.ts';
import { requirement, target } from '../schema/rules.ts';

/**
 * Where nobody has decided which courses count, the grundkurs does, for all days: the default in
 * design section 5. Does nothing once any requirement exists. The module `grundkurs` must be known.
 */
export async function ensureDefaultRequirement(db: Executor): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund requirement'))`);
  await db.execute(sql`
    insert into ${requirement} (module_slug, valid)
    select 'grundkurs', '(,)'::daterange
    where not exists (select from ${requirement})`);
}

/** Sets the targets (*mål*) of a year, in per cent with one decimal; a unit's earlier one for that year is replaced. */
export async function setTargets(
  db: Executor,
  rows: readonly { unitId: number; year: number; percent: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(target)
    .values([...rows])
    .onConflictDoUpdate({ target: [target.unitId, target.year], set: { percent: sql`excluded.percent` } });
}

/** Every target that is set, by the unit's code. */
export async function listTargets(db: Executor): Promise<{ code: string; year: number; percent: number }[]> {
  return db
    .select({ code: unit.code, year: target.year, percent: target.percent })
    .from(target)
    .innerJoin(unit, eq(unit.id, target.unitId))
    .orderBy(target.year, unit.code);
}
