import type { Db } from 'pg-boss';
import { connect, type Connection } from '#db/client.ts';

export interface JobDatabase extends Db {
  close(): Promise<void>;
}

/**
 * A connection of its own for pg-boss, through the same driver as everything else, so that addresses,
 * sockets and TLS mean the same. pg-boss writes transactions as one text, which the driver allows on a
 * single connection only; what it asks is therefore done one thing at a time.
 */
export function openJobDatabase(url: string): JobDatabase {
  const connection = connect(url, { max: 1, heals: true });
  let last: Promise<unknown> = Promise.resolve();
  return {
    executeSql: (text, values = []) => {
      const next = last.then(() => execute(connection, text, values));
      last = next.catch(() => undefined);
      return next;
    },
    close: () => connection.close(1),
  };
}

async function execute(
  { sql }: Connection,
  text: string,
  values: readonly unknown[],
): Promise<{ rows: unknown[] }> {
  try {
    const answer: unknown = await sql.unsafe(text, values.map(toParameter) as never[]);
    return { rows: rowsOf(answer) };
  } catch (error) {
    // A text that begins a transaction and fails would leave it open for whoever comes next.
    if (/\bbegin\b/i.test(text)) await sql.unsafe('rollback').catch(() => undefined);
    throw error;
  }
}

/** Several statements give one list each; only one of them has rows that are asked for. */
function rowsOf(answer: unknown): unknown[] {
  if (!Array.isArray(answer)) return [];
  return 'command' in answer ? [...(answer as unknown[])] : answer.flatMap((part) => rowsOf(part));
}

/** The driver's conversions are switched off by the query builder, which does its own. */
function toParameter(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value;
}
