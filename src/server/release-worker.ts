import { setTimeout as delay } from 'node:timers/promises';
import { publishDue, removeOldBuilds } from '#src/features/publishing/publish-due.server.ts';
import { removeAbandonedWorkspaces } from '#src/features/releases/workspace.server.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import { describeError, type WriteLog } from './access-log.ts';
import type { LiveSite } from './live-site.ts';

const EVERY_MS = 1_000;
/** A release that this node cannot build is tried again after a while. */
const AFTER_FAILURE_MS = 30_000;
/** What came with the software is stored when the first visitors have been answered. */
const STORE_AFTER_MS = 10_000;

/**
 * Lets a node follow what is current in the database, and publish what is due. Returns at once. A database
 * that does not answer changes nothing: it is asked again.
 */
export function startReleaseWorker(site: LiveSite, log: WriteLog): { stop(): Promise<void> } {
  const { software } = site;
  if (software === null || !process.env['DATABASE_URL']) return { stop: async () => undefined };
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = new AbortController();
  const note = (entry: object) =>
    log(JSON.stringify({ time: new Date().toISOString(), task: 'release', ...entry }));
  const report = (error: unknown) => {
    if (!signal.aborted && !isDatabaseUnavailable(error)) note({ error: describeFailure(error) });
  };

  let publishing: Promise<unknown> | null = null;
  const publish = async () => {
    try {
      await publishDue({ software, signal, onFailure: report });
    } catch (error) {
      report(error);
    } finally {
      publishing = null;
      wake.abort();
    }
  };
  const step = async (): Promise<number> => {
    try {
      const before = site.now.info.id;
      const { isDue } = await site.follow(signal);
      if (site.now.info.id !== before) note({ release: site.now.info.id });
      if (isDue) publishing ??= publish();
      return EVERY_MS;
    } catch (error) {
      report(error);
      return isDatabaseUnavailable(error) ? EVERY_MS : AFTER_FAILURE_MS;
    }
  };
  const run = async () => {
    while (!signal.aborted) {
      const pause = await step();
      wake = new AbortController();
      await delay(pause, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(
        () => undefined,
      );
    }
  };
  const storing = setTimeout(() => {
    site
      .storeBase()
      .then(() => removeOldBuilds(software))
      .catch(report);
  }, STORE_AFTER_MS).unref();
  const running = removeAbandonedWorkspaces().then(run, run);
  return {
    stop: async () => {
      clearTimeout(storing);
      stopping.abort(new Error('the server stops'));
      await running;
      await publishing;
    },
  };
}

/** What the build said is for those who look after the server. */
function describeFailure(error: unknown): object {
  const detail = error instanceof Error && 'detail' in error ? { detail: error.detail } : {};
  return { ...describeError(error), ...detail };
}
