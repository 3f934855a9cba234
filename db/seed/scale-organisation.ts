import { sql } from 'drizzle-orm';
import type { Transaction } from '../client.ts';
import type { ScaleDays } from './scale-people.ts';
import type { ScaleUnit } from './scale-units.ts';
import { insertRows } from './write.ts';

/** Writes the units with their history and targets, and the temporary tables that the people are planned from. */
export async function writeScaleUnits(
  tx: Transaction,
  units: readonly ScaleUnit[],
  { first, last }: ScaleDays,
): Promise<void> {
  await insertRows(
    tx,
    units.map(({ code }) => ({ code })),
    'unit',
    { code: 'text' },
  );
  await tx.execute(sql`
    create temp table scale_plan (code text, municipality int, kind unit_kind, people int, titles jsonb,
      manager_title text, pace float8) on commit drop`);
  await insertRows(
    tx,
    units.map(({ managerTitle, ...unit }) => ({ ...unit, manager_title: managerTitle })),
    'scale_plan',
    {
      code: 'text',
      municipality: 'int4',
      kind: 'unit_kind',
      people: 'int4',
      titles: 'jsonb',
      manager_title: 'text',
      pace: 'float8',
    },
  );
  await tx.execute(sql`
    create temp table scale_unit on commit drop as
    select u.id as unit_id, p.code, p.municipality, p.kind, p.people, p.manager_title, p.pace,
      array(select jsonb_array_elements_text(p.titles)) as titles, t.place, t.first_place, count(t.place) over (partition by p.municipality)::int as places,
      count(t.place) over ()::int as all_places
    from scale_plan p join unit u using (code)
    left join (
      select code, (row_number() over (partition by municipality order by id) - 1)::int as place,
        (min(row) over (partition by municipality))::int as first_place
      from (select p.code, municipality, u.id, row_number() over (order by municipality, u.id) - 1 as row
            from scale_plan p join unit u using (code) where kind = 'team') numbered
    ) t using (code)`);
  await tx.execute(sql`
    create temp table scale_team on commit drop as
    select first_place + place as place, unit_id from scale_unit where place is not null`);
  await writePeriods(tx, units, { first, last });
  await writeTargets(tx, units, { first, last });
  await tx.execute(sql`analyze scale_unit, scale_team, unit`);
}

async function writePeriods(
  tx: Transaction,
  units: readonly ScaleUnit[],
  { first, last }: ScaleDays,
): Promise<void> {
  const middle = `${Math.ceil((Number(first.slice(0, 4)) + Number(last.slice(0, 4))) / 2)}-01-01`;
  await tx.execute(sql`
    create temp table scale_period (code text, parent text, kind unit_kind, name text, valid daterange) on commit drop`);
  await insertRows(
    tx,
    units.flatMap(({ code, parent, formerParent, kind, name }) => {
      const now = { code, parent, kind, name };
      if (formerParent === null || middle <= first || middle > last)
        return [{ ...now, valid: `[${first},)` }];
      return [
        { ...now, parent: formerParent, valid: `[${first},${middle})` },
        { ...now, valid: `[${middle},)` },
      ];
    }),
    'scale_period',
    { code: 'text', parent: 'text', kind: 'unit_kind', name: 'text', valid: 'daterange' },
  );
  await tx.execute(sql`
    insert into unit_period (unit_id, parent_id, kind, name, valid, recorded_at)
    select u.id, above.id, p.kind, p.name, p.valid, lower(p.valid)::timestamp
    from scale_period p join unit u on u.code = p.code left join unit above on above.code = p.parent
    order by u.id, p.valid`);
}

/** A target for each municipality and year, growing to 100 per cent; the förvaltning that is ahead has its own. */
async function writeTargets(
  tx: Transaction,
  units: readonly ScaleUnit[],
  { first, last }: ScaleDays,
): Promise<void> {
  const [from, until] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const years = Array.from({ length: until - from + 1 }, (_, index) => from + index);
  const growing = (year: number) => Math.round((100 * (year - from + 1)) / years.length / 5) * 5;
  const rows = units
    .filter(({ code, kind }) => kind === 'municipality' || (kind === 'department' && code.endsWith('-ASF')))
    .flatMap(({ code, kind }) =>
      years.map((year) => ({
        code,
        year,
        percent: Math.min(growing(year) + (kind === 'department' ? 10 : 0), 100),
      })),
    );
  await tx.execute(sql`
    insert into target (unit_id, year, percent)
    select u.id, t.year, t.percent
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (code text, year int, percent numeric)
    join unit u using (code) order by t.year, u.id`);
}
