import { createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/**
 * A backup is a gzip file of lines: the header as JSON; for each table its name and columns as JSON, its
 * rows as JSON, one to a line, and a line with `\.`; last the trailer as JSON with rows and SHA-256 of each table. A
 * file that was cut off has no trailer.
 */
export const FORMAT = 'trygg-grund-backup';
export const FORMAT_VERSION = 1;
export const END_OF_TABLE = '\\.';

const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  createdAt: z.string(),
  /** Whether it holds the demo, whose accounts everyone knows. */
  isDemo: z.boolean(),
  migrations: z.array(z.string()),
});
const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });
const trailerSchema = z.object({
  end: z.literal(true),
  tables: z.record(z.string(), z.object({ rows: z.number(), sha256: z.string() })),
});

export type BackupHeader = z.infer<typeof headerSchema>;
export type TableTotals = z.infer<typeof trailerSchema>['tables'];

/** A backup that cannot be used; the message tells the administrator why, in Swedish. */
export class BackupError extends Error {}

export type BackupPart =
  | { kind: 'header'; header: BackupHeader }
  | { kind: 'table'; name: string; columns: string[] }
  /** One row with its line end. */
  | { kind: 'row'; bytes: Buffer }
  | { kind: 'trailer'; tables: TableTotals };

/** Counts rows and bytes of one table. */
export class TableTally {
  rows = 0;
  readonly #hash = createHash('sha256');

  add(bytes: Buffer): void {
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) this.rows += 1;
    this.#hash.update(bytes);
  }

  total(): { rows: number; sha256: string } {
    return { rows: this.rows, sha256: this.#hash.digest('hex') };
  }
}

/**
 * The parts of a backup in order.
 *
 * @throws BackupError when the file is no backup, of an unknown version, damaged or cut off.
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  let place: 'start' | 'between' | 'rows' | 'end' = 'start';
  for await (const line of readLines(file)) {
    if (place === 'rows') {
      if (line.length === 3 && line.toString('latin1') === `${END_OF_TABLE}\n`) place = 'between';
      else yield { kind: 'row', bytes: line };
    } else if (place === 'start') {
      yield { kind: 'header', header: parseLine(headerSchema, line) };
      place = 'between';
    } else if (place === 'between') {
      const value = parseLine(z.union([tableSchema, trailerSchema]), line);
      if ('end' in value) {
        place = 'end';
        yield { kind: 'trailer', tables: value.tables };
      } else {
        place = 'rows';
        yield { kind: 'table', name: value.table, columns: value.columns };
      }
    } else throw new BackupError('filen har något efter slutet');
  }
  if (place !== 'end') throw new BackupError('filen är avbruten: slutet saknas');
}

function parseLine<T>(schema: z.ZodType<T>, line: Buffer): T {
  try {
    return schema.parse(JSON.parse(line.toString('utf8')));
  } catch (error) {
    throw new BackupError('filen är ingen säkerhetskopia som den här versionen känner igen', {
      cause: error,
    });
  }
}

async function* readLines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  const source = createReadStream(file);
  const unpacked = source.pipe(createGunzip());
  source.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
        rest.push(chunk.subarray(from, at + 1));
        yield rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest);
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new BackupError('filen är skadad eller inte packad med gzip', { cause: error });
    }
    throw error;
  } finally {
    source.destroy();
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
