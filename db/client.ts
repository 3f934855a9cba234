import { readFileSync } from 'node:fs';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Options, type Sql } from 'postgres';
import { createHealer, guardTransactions } from './lost-connection.ts';
import * as schema from './schema/index.ts';

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** What a query runs on: the pool, or the transaction of the use case that calls it. */
export type Executor = Database | Transaction;

export interface Connection {
  db: Database;
  sql: Sql;
  /** Lets running queries end, at most `seconds`, then closes every connection. */
  close(seconds?: number): Promise<void>;
}

export interface ConnectOptions {
  /** Connections in the pool. */
  max?: number;
  /** Longest time for one statement in milliseconds; 0: no limit. */
  statementTimeout?: number;
  /** Longest wait for a lock in milliseconds; 0: no limit. */
  lockTimeout?: number;
  /** Seconds to wait for the server to answer. */
  connectTimeout?: number;
  /** Keep every connection for as long as it lives, for session locks. */
  keepConnections?: boolean;
  /** For a pool that serves people: after a crash of the server its connections are tried before they are used. */
  heals?: boolean;
  /** Called when a connection has closed, wanted or not. */
  onClose?: () => void;
}

/**
 * Opens a pool on a PostgreSQL server. Nothing is sent before the first query, so a wrong address
 * fails there.
 *
 * The address is `postgres://user:password@host:port/database`. A Unix socket is written as libpq
 * does: `postgres://user:password@localhost/database?host=/folder/of/the/socket`. Over the network
 * TLS with a verified certificate is demanded unless the address says otherwise with `sslmode`
 * (`disable`, `require`, `verify-full`); `sslrootcert=/file.pem` names an authority of one's own.
 */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const address = new URL(url);
  const socketFolder = address.searchParams.get('host');
  const max = options.max ?? 10;
  const heal = options.heals ? createHealer(() => sql, max) : null;
  const ssl = sslFor(address, socketFolder !== null);
  for (const name of ['host', 'sslmode', 'sslrootcert']) address.searchParams.delete(name);
  const sql = postgres(address.href, {
    ...(socketFolder === null ? {} : { path: `${socketFolder}/.s.PGSQL.${address.port || '5432'}` }),
    ssl,
    max,
    connect_timeout: options.connectTimeout ?? 10,
    // The driver's own waits grow to 20 s, with every query waiting; a server that is back must be found soon.
    backoff: () => 0.2 + Math.random() * 0.3,
    ...(options.keepConnections ? { max_lifetime: null, idle_timeout: 0 } : {}),
    onclose: () => {
      options.onClose?.();
      heal?.();
    },
    onnotice: () => undefined,
    connection: {
      application_name: 'trygg-grund',
      TimeZone: 'UTC',
      statement_timeout: options.statementTimeout ?? 30_000,
      lock_timeout: options.lockTimeout ?? 10_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
  guardTransactions(sql);
  return { db: drizzle(sql, { schema }), sql, close: (seconds = 5) => sql.end({ timeout: seconds }) };
}

/** How the connection is protected: verified TLS, except on this machine or where the address says so. */
function sslFor(address: URL, isSocket: boolean): NonNullable<Options<{}>['ssl']> | false {
  const mode =
    address.searchParams.get('sslmode') ?? (isSocket || isLoopback(address) ? 'disable' : 'verify-full');
  const authority = address.searchParams.get('sslrootcert');
  if (mode === 'disable') return false;
  if (mode === 'verify-full') {
    if (authority === null || authority === 'system') return 'verify-full';
    return { ca: readFileSync(authority), rejectUnauthorized: true };
  }
  if (mode === 'require' || mode === 'prefer' || mode === 'allow') return mode;
  throw new Error(`sslmode=${mode} is not supported: use disable, require or verify-full`);
}

function isLoopback(address: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(address.hostname);
}
