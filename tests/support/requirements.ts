import { sql } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import { requirementCtes } from '#db/queries/required.ts';

/** A course that a person must have, and how it stands with it. Days are `YYYY-MM-DD`. */
interface RequirementOfPerson {
  slug: string;
  /** Of the latest version. */
  title: string;
  /** Null: no completion of it counts. */
  completedOn: string | null;
  /** The first day that the completion no longer counts; null: it counts for ever, or there is none. */
  expiresOn: string | null;
  /** The last day that the person is excused; null: she is not. */
  waivedUntil: string | null;
}

/** What is required of a person on a day, in the order of the courses. Empty for one who is not employed. */
export async function listRequirementsOf(
  db: Executor,
  personId: string,
  day: string,
): Promise<RequirementOfPerson[]> {
  const rows = await db.execute<RequirementOfPerson & Record<string, unknown>>(sql`
    with recursive ${requirementCtes(day, { people: sql`select ${personId}::uuid` })}
    select q.module_slug as slug, s.completed_on as "completedOn", s.expires_on as "expiresOn",
      coalesce((select v.title from module_version v where v.module_slug = q.module_slug
                order by v.version desc limit 1), q.module_slug) as title,
      (select max(upper(w.valid) - 1) from waiver w
       where w.person_id = q.person_id and w.module_slug = q.module_slug
         and w.valid @> ${day}::date) as "waivedUntil"
    from required_of q
    join module m on m.slug = q.module_slug
    left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
    order by m.kind, m.position, m.slug`);
  return [...rows];
}
