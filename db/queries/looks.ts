import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
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
