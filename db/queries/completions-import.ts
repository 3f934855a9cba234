import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** What the database knows about one line of a file with earlier training. */
export interface EarlierCompletion {
  line: number;
  /** Null: nobody has the employee number. */
  personId: string | null;
  isProtected: boolean;
  /** Whether the module exists. */
  isModule: boolean;
  /** Whether the same has been imported before (and perhaps been voided since). */
  isKnown: boolean;
}

export interface CompletionLine {
  line: number;
  employeeNumber: string;
  moduleSlug: string;
  completedOn: string;
}

/** Looks up people, modules and earlier imports for all lines at once, in their order. */
export async function lookUpCompletionLines(
  db: Executor,
  lines: readonly CompletionLine[],
): Promise<EarlierCompletion[]> {
  const rows = await db.execute<EarlierCompletion & Record<string, unknown>>(sql`
    select r.line, p.id as "personId", coalesce(p.is_protected, true) as "isProtected",
           m.slug is not null as "isModule", c.id is not null as "isKnown"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
           as r (line int, "employeeNumber" text, "moduleSlug" text, "completedOn" date)
    left join person p on p.employee_number = r."employeeNumber"
    left join module m on m.slug = r."moduleSlug"
    left join completion c on c.method = 'import' and c.person_id = p.id
      and c.module_slug = r."moduleSlug" and c.completed_on = r."completedOn"
    order by r.line`);
  return [...rows];
}

/** Records earlier training at noon in Stockholm of its day; nobody knows the hour. Each must be new. */
export async function insertImportedCompletions(
  db: Executor,
  rows: readonly { personId: string; moduleSlug: string; completedOn: string; source: string }[],
  batch: { importId: number; rule: string },
): Promise<void> {
  await db.execute(sql`
    insert into completion (person_id, module_slug, method, rule, completed_at, completed_on, import_id, source)
    select r."personId", r."moduleSlug", 'import', ${batch.rule},
           (r."completedOn" + time '12:00') at time zone 'Europe/Stockholm', r."completedOn",
           ${batch.importId}::int, r.source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as r ("personId" uuid, "moduleSlug" text, "completedOn" date, source text)`);
}

/** People of an import who now have every part of the grundkurs, but not the grundkurs itself. */
export async function listPeopleOwedCourse(db: Executor, importId: number): Promise<string[]> {
  const rows = await db.execute<{ personId: string }>(sql`
    with valid as (
      select c.person_id, c.module_slug from completion c
      where c.person_id in (select person_id from completion where import_id = ${importId}::int)
        and not exists (select from completion_correction x where x.completion_id = c.id)
    )
    select v.person_id as "personId"
    from valid v join module m on m.slug = v.module_slug
    group by v.person_id
    having count(distinct m.slug) filter (where m.kind = 'part') = (select count(*) from module where kind = 'part')
       and not bool_or(m.kind = 'course')`);
  return rows.map(({ personId }) => personId);
}
