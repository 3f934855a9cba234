import type { TransactionSql } from 'postgres';
import { connect } from '../client.ts';
import { BackupError, readBackup, TableTally, type BackupHeader, type TableTotals } from './format.ts';
import { fixTextForm, listBackupTables, listMigrations, quoteNames, ROWS_AT_A_TIME } from './tables.ts';
import { tallyTables } from './write-backup.ts';

export interface RestoreOptions {
  /** Throw away what the database holds. Without it only a database without people and units is filled. */
  replace: boolean;
  /** Whether this installation is the demo: its backups stay in demos, and real ones out of them. */
  isDemo: boolean;
}

/**
 * Fills a migrated database from a backup: the file is checked whole first, then everything goes in in
 * one transaction, and what then stands in the tables is compared with the file before it is committed.
 * Everyone is signed out.
 *
 * @throws BackupError, with nothing changed, when the file is damaged or of another schema, or the
 *   database is in use.
 */
export async function restoreBackup(
  url: string,
  file: string,
  { replace, isDemo }: RestoreOptions,
): Promise<TableTotals> {
  const { header, tables } = await verifyBackup(file);
  if (header.isDemo !== isDemo) {
    throw new BackupError(
      header.isDemo
        ? 'filen är en demo, med konton som alla känner till; den kan bara läsas tillbaka i en demo'
        : 'filen är från en verklig installation och kan inte läsas in i en demo, där alla kan logga in',
    );
  }
  const { sql, close } = connect(url, { max: 1, statementTimeout: 0 });
  try {
    return await sql.begin(async (tx) => {
      await fixTextForm(tx);
      await checkSchema(tx, header, tables);
      if (!replace) await checkEmpty(tx);
      await emptyTables(tx);
      await insertAll(tx, file);
      await resetSequences(tx);
      const restored = await tallyTables(tx);
      for (const [name, total] of Object.entries(tables)) {
        if (restored[name]?.sha256 !== total.sha256)
          throw new BackupError(`tabellen ${name} blev inte densamma`);
      }
      await tx`analyze`;
      return restored;
    });
  } finally {
    await close();
  }
}

/**
 * Reads a backup from beginning to end.
 *
 * @throws BackupError when it is damaged, cut off or changed.
 */
export async function verifyBackup(file: string): Promise<{ header: BackupHeader; tables: TableTotals }> {
  const found: TableTotals = {};
  let header: BackupHeader | null = null;
  let tables: TableTotals | null = null;
  let open: { name: string; tally: TableTally } | null = null;
  for await (const part of readBackup(file)) {
    if (part.kind === 'row') open?.tally.add(part.bytes);
    else {
      if (open) found[open.name] = open.tally.total();
      open = part.kind === 'table' ? { name: part.name, tally: new TableTally() } : null;
      if (part.kind === 'header') header = part.header;
      if (part.kind === 'trailer') tables = part.tables;
    }
  }
  if (!header || !tables) throw new BackupError('filen är avbruten: slutet saknas');
  for (const name of new Set([...Object.keys(tables), ...Object.keys(found)])) {
    const isSame = found[name]?.sha256 === tables[name]?.sha256 && found[name]?.rows === tables[name]?.rows;
    if (!isSame)
      throw new BackupError(`filen är skadad: tabellen ${name} stämmer inte med sin kontrollsumma`);
  }
  return { header, tables };
}

async function checkSchema(
  tx: TransactionSql,
  { migrations }: BackupHeader,
  tables: TableTotals,
): Promise<void> {
  const here = await listMigrations(tx);
  const names = (await listBackupTables(tx)).map(({ name }) => name);
  const isSame =
    migrations.join() === here.join() && names.toSorted().join() === Object.keys(tables).toSorted().join();
  if (isSame) return;
  throw new BackupError(
    `säkerhetskopian har en annan version av tabellerna (${migrations.length} ändringar) än det här programmet ` +
      `(${here.length}): återställ med den version som skrev den och uppgradera sedan`,
  );
}

async function checkEmpty(tx: TransactionSql): Promise<void> {
  const [row] =
    await tx`select from person union all select from unit union all select from completion limit 1`;
  if (row)
    throw new BackupError('databasen är inte tom: ange --replace för att ersätta allt som finns i den');
}

/** Empties every table, the append-only ones too: the one place where that is meant. */
async function emptyTables(tx: TransactionSql): Promise<void> {
  const guards = await tx<{ table: string; trigger: string; mode: string }[]>`
    select t.tgrelid::regclass::text as "table", t.tgname as trigger, t.tgenabled as mode
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and (t.tgtype & 32) <> 0`;
  const all = await tx<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  const alter = ({ table, trigger }: { table: string; trigger: string }, how: string) =>
    tx.unsafe(`alter table ${table} ${how} trigger ${quoteNames([trigger])}`);
  for (const guard of guards) await alter(guard, 'disable');
  await tx.unsafe(`truncate ${quoteNames(all.map(({ name }) => name))} restart identity`);
  for (const guard of guards) await alter(guard, guard.mode === 'A' ? 'enable always' : 'enable');
}

async function insertAll(tx: TransactionSql, file: string): Promise<void> {
  const neverNull = await listRequiredJson(tx);
  let into = '';
  let rows: string[] = [];
  const flush = async () => {
    if (rows.length > 0) await tx.unsafe(into, [`[${rows.join(',')}]`]);
    rows = [];
  };
  for await (const part of readBackup(file)) {
    if (part.kind === 'row') {
      rows.push(part.bytes.toString('utf8'));
      if (rows.length >= ROWS_AT_A_TIME) await flush();
      continue;
    }
    await flush();
    if (part.kind !== 'table') continue;
    const [table, columns] = [quoteNames([part.name]), quoteNames(part.columns)];
    const values = part.columns.map((column) => {
      const name = quoteNames([column]);
      return neverNull.has(`${part.name}.${column}`) ? `coalesce(${name}, 'null'::jsonb)` : name;
    });
    into =
      `insert into ${table} (${columns}) overriding system value ` +
      `select ${values.join(', ')} from json_populate_recordset(null::${table}, $1::text::json)`;
  }
}

/**
 * The columns, as `table.column`, that hold JSON and are never empty. As text, the JSON value null and an
 * empty column look alike.
 */
async function listRequiredJson(tx: TransactionSql): Promise<Set<string>> {
  const columns = await tx<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'jsonb' and is_nullable = 'NO'`;
  return new Set(columns.map(({ name }) => name));
}

async function resetSequences(tx: TransactionSql): Promise<void> {
  const identities = await tx<{ table: string; column: string }[]>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'`;
  for (const { table, column } of identities) {
    const [name, key] = [quoteNames([table]), quoteNames([column])];
    await tx.unsafe(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${key}), 1), max(${key}) is not null) from ${name}`,
      [name, column],
    );
  }
}
