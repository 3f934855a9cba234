import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { employment, person, unit, unitPeriod } from '#db/schema/organisation.ts';
import { requirement } from '#db/schema/rules.ts';
import { completion, completionCorrection, module } from '#db/schema/training.ts';

/** The day on which these tests take place. */
export const TODAY = '2026-06-15';
const ALWAYS = '[2020-01-01,)';

type Kind = (typeof unitPeriod.$inferInsert)['kind'];

/** A unit that has existed since 2020, below another or as the municipality. */
export async function addUnit(
  db: Database,
  code: string,
  kind: Kind,
  parentId: number | null = null,
): Promise<number> {
  const [row] = await db.insert(unit).values({ code }).returning({ id: unit.id });
  const unitId = row!.id;
  await db.insert(unitPeriod).values({ unitId, parentId, kind, name: `Enhet ${code}`, valid: ALWAYS });
  return unitId;
}

interface Hired {
  name?: string;
  title?: string;
  isManager?: boolean;
  isProtected?: boolean;
  valid?: string;
  email?: string;
  employeeNumber?: string;
}

/** A person employed in a unit. Returns the person's id. */
export async function hire(db: Database, unitId: number, options: Hired = {}): Promise<string> {
  const { name = 'Namn Namnsson', isProtected = false, email, employeeNumber } = options;
  const [row] = await db
    .insert(person)
    .values({ name, isProtected, email, employeeNumber })
    .returning({ id: person.id });
  await employ(db, row!.id, unitId, options);
  return row!.id;
}

/** One more employment of the same person. */
export async function employ(
  db: Database,
  personId: string,
  unitId: number,
  options: Hired = {},
): Promise<void> {
  const { title = 'lärare', isManager = false, valid = ALWAYS } = options;
  await db.insert(employment).values({ personId, unitId, title, isManager, valid });
}

/** Makes modules known and the first of them, or those named, required for all days. */
export async function requireModules(db: Database, slugs: string[], validityMonths: number | null = null) {
  for (const [position, slug] of slugs.entries()) {
    await db.insert(module).values({ slug, kind: 'course', position }).onConflictDoNothing();
    await db.insert(requirement).values({ moduleSlug: slug, valid: '(,)', validityMonths });
  }
}

/** A completion by import on a day. Returns its id. */
export async function complete(db: Database, personId: string, moduleSlug: string, completedOn: string) {
  const completedAt = new Date(`${completedOn}T10:00:00Z`);
  const values = {
    personId,
    moduleSlug,
    completedOn,
    completedAt,
    method: 'import' as const,
    rule: 'import-1',
  };
  const [row] = await db.insert(completion).values(values).returning({ id: completion.id });
  return row!.id;
}

/** Voids a completion. */
export async function voidCompletion(db: Database, completionId: string): Promise<void> {
  await db.insert(completionCorrection).values({ completionId, reason: 'fel person' });
}

/** Who stood on which look, latest last: `[viewer, unit, people]`. */
export async function listLooks(db: Database) {
  const rows = await db.execute<{ viewer: string; unitId: number; purpose: string; people: string[] }>(sql`
    select l.viewer_id as viewer, l.unit_id as "unitId", l.purpose,
      coalesce(array_agg(p.person_id::text order by p.person_id::text) filter (where p.person_id is not null), '{}') as people
    from list_look l left join list_look_person p on p.look_id = l.id
    group by l.id order by l.id`);
  return [...rows];
}
