import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '#db/client.ts';
import { AppError } from '#src/lib/errors.ts';

const POLL_MS = 300;

/**
 * Does something that one process at a time does, of all nodes: builds and publishes. The lock lives as
 * long as the connection that holds it, so one that dies gives it up; a machine that falls silent does
 * within a minute.
 *
 * `signal` of the work is aborted when the connection is lost or `signal` is. Null: another one is at it.
 */
export async function withPublishingLock<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<{ result: Result } | null> {
  const url = process.env['DATABASE_URL'];
  if (!url) return null;
  const lost = new AbortController();
  let isDone = false;
  const { sql, close } = connect(url, {
    max: 1,
    keepConnections: true,
    onClose: () =>
      isDone ||
      lost.abort(
        new AppError('database-unavailable', 'the connection with the lock for publishing was lost'),
      ),
  });
  try {
    await sql`set tcp_keepalives_idle = 20`;
    await sql`set tcp_keepalives_interval = 10`;
    await sql`set tcp_keepalives_count = 3`;
    const [row] = await sql<{ isFree: boolean }[]>`
      select pg_try_advisory_lock(hashtext('trygg-grund publishing')) as "isFree"`;
    if (!row?.isFree) return null;
    return { result: await work(signal ? AbortSignal.any([signal, lost.signal]) : lost.signal) };
  } finally {
    isDone = true;
    await close(1);
  }
}

/** The same, waiting for others until `isNeeded` says that they have done it. Null: they have. */
export async function waitForPublishingLock<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { isNeeded, signal }: { isNeeded: () => Promise<boolean>; signal?: AbortSignal | undefined },
): Promise<Result | null> {
  while (await isNeeded()) {
    const done = await withPublishingLock(work, signal);
    if (done) return done.result;
    await delay(POLL_MS, undefined, signal ? { signal } : {});
  }
  return null;
}
