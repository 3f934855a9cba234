import type { Sql, TransactionSql } from 'postgres';

export type Session = Sql | TransactionSql;

/**
 * What ends or empties by itself within the hour, a copy of which would let people in; who took part in
 * a workplace meeting, which is promised to be forgotten; what the database writes by itself when
 * rows are read back; and the built site, which is built again.
 */
const LEFT_OUT = new Set([
  'session',
  'rate_limit',
  'pending_submission',
  'group_meeting',
  'group_participant',
  'indicator_change',
  'site_build',
  'site_build_file',
  'site_blob',
]);

export const ROWS_AT_A_TIME = 2_000;

export interface BackupTable {
  name: string;
  columns: string[];
  /** Columns of the primary key: rows are written in this order, so that equal tables give equal bytes. */
  order: string[];
}

/** The tables that belong in a backup, each after those it refers to. */
export async function listBackupTables(sql: Session): Promise<BackupTable[]> {
  const tables = await sql<BackupTable[]>`
    select c.relname as name,
      (select array_agg(a.attname order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select array_agg(a.attname order by array_position(i.indkey::int[], a.attnum::int))
       from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
       where i.indrelid = c.oid and i.indisprimary) as "order"
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    order by c.relname`;
  const references = await sql<{ from: string; to: string }[]>`
    select f.conrelid::regclass::text as "from", f.confrelid::regclass::text as "to"
    from pg_constraint f
    where f.contype = 'f' and f.connamespace = 'public'::regnamespace and f.conrelid <> f.confrelid`;
  const kept = tables.filter(({ name }) => !LEFT_OUT.has(name));
  return afterWhatTheyReferTo(kept, references);
}

function afterWhatTheyReferTo(
  tables: BackupTable[],
  references: readonly { from: string; to: string }[],
): BackupTable[] {
  const ordered: BackupTable[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const names = new Set([...waiting].map(({ name }) => name));
    const ready = [...waiting].filter(
      ({ name }) => !references.some(({ from, to }) => strip(from) === name && names.has(strip(to))),
    );
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...names].join(', ')}`);
    for (const table of ready) {
      ordered.push(table);
      waiting.delete(table);
    }
  }
  return ordered;
}

function strip(name: string): string {
  return name.replaceAll('"', '');
}

/** Each migration that has been applied, by its hash: which schema the rows belong to. */
export async function listMigrations(sql: Session): Promise<string[]> {
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`;
  return rows.map(({ hash }) => hash);
}

/** Makes values as text the same whatever the server or role is set to. */
export async function fixTextForm(sql: Session): Promise<void> {
  await sql`set local timezone to 'UTC'`;
  await sql`set local datestyle to 'ISO, YMD'`;
  await sql`set local intervalstyle to 'postgres'`;
  await sql`set local bytea_output to 'hex'`;
  await sql`set local extra_float_digits to 1`;
  await sql`set local statement_timeout to 0`;
  await sql`set local idle_in_transaction_session_timeout to 0`;
}

/** `"a", "b"`, from names that the catalogue gave. */
export function quoteNames(names: readonly string[]): string {
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
}

/**
 * The rows of a table as lines of JSON, in a fixed order, a few at a time. A cursor and not COPY: the
 * driver's COPY stream stops for ever when the reader is slower than the server at the end of a table.
 */
export async function* readRows(
  tx: TransactionSql,
  { name, columns, order }: BackupTable,
): AsyncGenerator<Buffer> {
  const sorted = order.length > 0 ? ` order by ${quoteNames(order)}` : '';
  const rows = tx.unsafe<{ line: string }[]>(
    `select to_json(r)::text as line from (select ${quoteNames(columns)} from ${quoteNames([name])}${sorted}) r`,
  );
  for await (const part of rows.cursor(ROWS_AT_A_TIME)) {
    yield Buffer.from(part.map(({ line }) => `${line}\n`).join(''));
  }
}
