import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { TransactionSql } from 'postgres';
import { connect } from '../client.ts';
import {
  BackupError,
  END_OF_TABLE,
  FORMAT,
  FORMAT_VERSION,
  TableTally,
  type BackupHeader,
  type TableTotals,
} from './format.ts';
import { fixTextForm, listBackupTables, listMigrations, readRows } from './tables.ts';

/**
 * Writes everything that lasts to one new file that only its owner can read: all tables as they are at
 * one moment, while others go on working. Sessions and the like are left out.
 *
 * @throws BackupError when the file already exists; nothing is left behind when anything fails.
 */
export async function writeBackup(
  url: string,
  file: string,
  { createdAt, isDemo }: { createdAt: Date; isDemo: boolean },
): Promise<TableTotals> {
  const { sql, close } = connect(url, { max: 1, statementTimeout: 0 });
  const unfinished = `${file}.${process.pid}.part`;
  try {
    const totals: TableTotals = {};
    await sql.begin('isolation level repeatable read read only', async (tx) => {
      await fixTextForm(tx);
      const head = { createdAt: createdAt.toISOString(), isDemo, migrations: await listMigrations(tx) };
      const content = Readable.from(write(tx, head, totals));
      await pipeline(
        content,
        createGzip(),
        createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }),
      );
    });
    // A link, unlike a renaming, never replaces a file.
    await link(unfinished, file);
    return totals;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new BackupError(`${file} finns redan`);
    throw error;
  } finally {
    await rm(unfinished, { force: true });
    await close();
  }
}

async function* write(
  tx: TransactionSql,
  head: Omit<BackupHeader, 'format' | 'version'>,
  totals: TableTotals,
): AsyncGenerator<Buffer> {
  const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);
  yield line({ format: FORMAT, version: FORMAT_VERSION, ...head });
  for (const table of await listBackupTables(tx)) {
    yield line({ table: table.name, columns: table.columns });
    const tally = new TableTally();
    for await (const rows of readRows(tx, table)) {
      tally.add(rows);
      yield rows;
    }
    yield Buffer.from(`${END_OF_TABLE}\n`);
    totals[table.name] = tally.total();
  }
  yield line({ end: true, tables: totals });
}

/** Rows and SHA-256 of each table as a backup would hold it: equal for equal data. */
export async function tallyTables(tx: TransactionSql): Promise<TableTotals> {
  const totals: TableTotals = {};
  await fixTextForm(tx);
  for (const table of await listBackupTables(tx)) {
    const tally = new TableTally();
    for await (const rows of readRows(tx, table)) tally.add(rows);
    totals[table.name] = tally.total();
  }
  return totals;
}
