import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

export interface Municipality {
  code: string;
  name: string;
}

const swedish = new Intl.Collator('sv', { numeric: true });

/** The municipalities of a day, by name. */
export async function listMunicipalities(db: Executor, day: string): Promise<Municipality[]> {
  const rows = await db.execute<Municipality & Record<string, unknown>>(sql`
    select u.code, p.name from unit_period p join unit u on u.id = p.unit_id
    where p.parent_id is null and p.valid @> ${day}::date`);
  return [...rows].sort((a, b) => swedish.compare(a.name, b.name) || (a.code < b.code ? -1 : 1));
}

/** Codes of the municipalities that a person works in on a day. */
export async function listMunicipalityCodesOf(
  db: Executor,
  personId: string,
  day: string,
): Promise<string[]> {
  const units = await db.execute<{ code: string }>(sql`
    select distinct u.code from employment e join unit u on u.id = e.unit_id
    where e.person_id = ${personId} and e.valid @> ${day}::date`);
  const found = await listMunicipalityCodes(
    db,
    [day],
    units.map(({ code }) => code),
  );
  return found.get(day) ?? [];
}

/**
 * By day, the codes of the topmost units (the municipalities) of the tree of that day: all of them, or
 * those that some units are or belong to. A unit that is not in the tree of a day belongs to none.
 */
export async function listMunicipalityCodes(
  db: Executor,
  days: readonly string[],
  unitCodes?: readonly string[],
): Promise<Map<string, string[]>> {
  const asked = sql`
    asked as (
      select value as text, value::date as day from jsonb_array_elements_text(${JSON.stringify(days)}::jsonb) as d (value)
    )`;
  const query =
    unitCodes === undefined
      ? sql`
        with ${asked}
        select a.text as day, u.code
        from asked a
        join unit_period p on p.parent_id is null and p.valid @> a.day
        join unit u on u.id = p.unit_id`
      : sql`
        with recursive ${asked},
        up (text, day, unit_id, parent_id) as (
          select a.text, a.day, p.unit_id, p.parent_id
          from unit u
          join unit_period p on p.unit_id = u.id
          join asked a on p.valid @> a.day
          where u.code in (select jsonb_array_elements_text(${JSON.stringify(unitCodes)}::jsonb))
          union
          select up.text, up.day, p.unit_id, p.parent_id
          from up join unit_period p on p.unit_id = up.parent_id and p.valid @> up.day
        )
        select up.text as day, u.code from up join unit u on u.id = up.unit_id where up.parent_id is null`;
  const found = new Map<string, string[]>(days.map((day) => [day, []]));
  for (const { day, code } of await db.execute<{ day: string; code: string }>(query))
    found.get(day)?.push(code);
  for (const codes of found.values()) codes.sort();
  return found;
}
