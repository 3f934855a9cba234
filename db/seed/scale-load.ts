import { sql, type SQL } from 'drizzle-orm';
import type { Transaction } from '../client.ts';

interface Definition extends Record<string, unknown> {
  table: string;
  name: string;
  /** What makes it again, word for word as the catalogue has it. */
  make: string;
}

/**
 * Fills tables without their indexes, constraints and row-collecting triggers (checks and guards stay), and makes those again
 * afterwards as they were: for millions of rows that takes a fraction of the time. The caller's
 * transaction holds the tables alone, and a row that breaks a constraint breaks all of it off.
 */
export async function loadWithoutIndexes(
  tx: Transaction,
  tables: readonly string[],
  load: () => Promise<void>,
  beforeRebuild: () => void,
): Promise<void> {
  const named = sql.join(
    tables.map((table) => sql`${table}::regclass`),
    sql`, `,
  );
  const constraints = await tx.execute<Definition & { kind: string }>(sql`
    select conrelid::regclass::text as "table", quote_ident(conname) as name, contype as kind,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint
    where contype in ('p', 'u', 'x', 'f') and (conrelid in (${named}) or contype = 'f' and confrelid in (${named}))
    order by contype = 'f', conname`);
  const indexes = await tx.execute<Definition>(sql`
    select indrelid::regclass::text as "table", indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as make
    from pg_index i
    where indrelid in (${named}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
    order by name`);
  // Triggers that are handed every row of a statement: nobody remembers figures of an empty database.
  const triggers = await tx.execute<Definition>(sql`
    select tgrelid::regclass::text as "table", quote_ident(tgname) as name,
      format('alter table %s %s trigger %I', tgrelid::regclass,
        case tgenabled when 'A' then 'enable always' else 'enable' end, tgname) as make
    from pg_trigger where tgrelid in (${named}) and tgnewtable is not null and tgenabled <> 'D' order by name`);
  const run = (text: string): Promise<unknown> => tx.execute(sql.raw(text));
  for (const { table, name } of [...constraints].reverse())
    await run(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await run(`drop index ${name}`);
  for (const { table, name } of triggers) await run(`alter table ${table} disable trigger ${name}`);
  await load();
  for (const { make } of triggers) await run(make);
  beforeRebuild();
  for (const { make } of constraints.filter(({ kind }) => kind !== 'f')) await run(make);
  for (const { make } of indexes) await run(make);
  for (const { make } of constraints.filter(({ kind }) => kind === 'f')) await run(make);
}

/** A number from 0 up to 1 that follows from a person and what it is for, in SQL. */
export function draw(person: SQL, purpose: string): SQL {
  const salt = [...purpose].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  // 52 bits, as many as a double holds.
  return sql`((hashint8extended(${person}, ${sql.raw(String(salt))}) >> 12) & 4503599627370495) / 4503599627370496.0::float8`;
}

/** An identifier in the form of a version 4 UUID that follows from a text, in SQL. */
export function uuidOf(text: SQL): SQL {
  return sql`overlay(overlay(md5(${text}) placing '4' from 13 for 1) placing 'a' from 17 for 1)::uuid`;
}
