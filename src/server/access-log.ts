import { AppError } from '#src/lib/errors.ts';
import { paths } from '#src/lib/paths.ts';
import type { Reply } from './reply.ts';

export type WriteLog = (line: string) => void;

/**
 * Writes a request as one line of JSON: when, method, which page, status, milliseconds. No address of the
 * client, no query, no name or code: a page is called by its pattern. The support pages are never written.
 */
export function logRequest(write: WriteLog, method: string, reply: Reply, startedAt: number): void {
  if (reply.route !== null && `${reply.route}/`.startsWith(paths.support)) return;
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  write(
    JSON.stringify({
      time: new Date().toISOString(),
      method,
      route: reply.route,
      status: reply.status,
      ms,
      ...(reply.error === undefined ? {} : { error: describeError(reply.error) }),
    }),
  );
}

/**
 * What is needed to find a fault. Messages are left out unless they are our own: the database driver
 * writes the values of a query into them.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    ...(error instanceof AppError ? { message: error.message } : {}),
    ...('constraint_name' in error ? { constraint: error.constraint_name } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
