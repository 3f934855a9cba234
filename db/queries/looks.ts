import { and, desc, eq, ne, sql, type SQL } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { listLook, listLookPerson } from '../schema/access.ts';
import { person, unitPeriod } from '../schema/organisation.ts';

/**
 * Who looked at lists that a person stood on, latest first, the person's own looks left out. The unit is
 * named as it was that day; a viewer with protected identity has no name.
 */
export async function listLooksAt(db: Executor, personId: string, limit: number) {
  return db
    .select({
      lookedAt: listLook.lookedAt,
      viewer: sql<string | null>`case when ${person.isProtected} then null else ${person.name} end`,
      unit: unitPeriod.name,
      purpose: listLook.purpose,
    })
    .from(listLookPerson)
    .innerJoin(listLook, eq(listLook.id, listLookPerson.lookId))
    .innerJoin(person, eq(person.id, listLook.viewerId))
    .leftJoin(
      unitPeriod,
      and(
        eq(unitPeriod.unitId, listLook.unitId),
        sql`${unitPeriod.valid} @> (${listLook.lookedAt} at time zone 'Europe/Stockholm')::date`,
      ),
    )
    .where(and(eq(listLookPerson.personId, personId), ne(listLook.viewerId, personId)))
    .orderBy(desc(listLookPerson.lookId))
    .limit(limit);
}

/** That somebody is shown a list with names: of a unit or of an occasion. */
export type NewLook = {
  viewerId: string;
  purpose: (typeof listLook.$inferSelect)['purpose'];
  /** Who stands on it, each once. */
  personIds: readonly string[];
} & ({ unitId: number | SQL<number> } | { eventId: string });

/** Records that a list was shown, why, and who stood on it (rule 9). All rows or none. */
export async function insertLook(tx: Transaction, { personIds, ...look }: NewLook): Promise<void> {
  const [row] = await tx.insert(listLook).values(look).returning({ id: listLook.id });
  if (!row || personIds.length === 0) return;
  // One parameter, however many people a file holds.
  await tx.execute(sql`
    insert into list_look_person (look_id, person_id)
    select ${row.id}::bigint, value::uuid from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)`);
}
