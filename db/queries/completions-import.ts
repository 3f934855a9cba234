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
  /** Whether the same has been imported before, and not been voided since. */
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
      and not exists (select from completion_correction x where x.completion_id = c.id)
    order by r.line`);
  return [...rows];
}

/**
 * Records earlier training at noon in Stockholm of its day; nobody knows the hour. Each must be new, or
 * have been voided.
 */
export async function insertImportedCompletions(
  db: Executor,
  rows: readonly { personId: string; moduleSlug: string; completedOn: string; source: string }[],
  batch: { importId: number; rule: string },
): Promise<void> {
  await db.execute(sql`
    insert into completion (person_id, module_slug, method, rule, completed_at, completed_on, import_id,
                            source, repeat)
    select r."personId", r."moduleSlug", 'import', ${batch.rule},
           (r."completedOn" + time '12:00') at time zone 'Europe/Stockholm', r."completedOn",
           ${batch.importId}::int, r.source, (
             select count(*)::int from completion c
             where c.method = 'import' and c.person_id = r."personId"
               and c.module_slug = r."moduleSlug" and c.completed_on = r."completedOn")
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as r ("personId" uuid, "moduleSlug" text, "completedOn" date, source text)`);
}

/** People for whom an import has parts of the grundkurs, and who now have them all: they may be owed the grundkurs. */
export async function listPeopleWithAllParts(db: Executor, importId: number): Promise<string[]> {
  const rows = await db.execute<{ personId: string }>(sql`
    select c.person_id as "personId"
    from completion c join module m on m.slug = c.module_slug and m.kind = 'part'
    where c.person_id in (
        select i.person_id from completion i join module p on p.slug = i.module_slug and p.kind = 'part'
        where i.import_id = ${importId}::int)
      and not exists (select from completion_correction x where x.completion_id = c.id)
    group by c.person_id
    having count(distinct m.slug) = (select count(*) from module where kind = 'part')`);
  return rows.map(({ personId }) => personId);
}
