import { findPublication } from '#db/queries/publication-work.ts';
import { findDuePublication, listLatestContents } from '#db/queries/releases.ts';
import { pruneSiteBuilds } from '#db/queries/site-builds.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { INSTALLATION } from '#src/features/releases/build-site.server.ts';
import { isOver } from './publication.ts';
import { waitForPublishingLock, withPublishingLock } from '#src/features/releases/publishing-lock.server.ts';
import {
  outcomeOf,
  runPublication,
  type PublicationOutcome,
  type RunOptions,
} from './run-publication.server.ts';
import { hashSources } from '#src/features/releases/software.ts';

/** Contents whose sites stay stored: going back to one of them is instant. */
const KEPT_CONTENTS = 5;
/** A site that was stored this recently may be on its way to the readers. */
const RECENT_MS = 60 * 60_000;

/**
 * Publishes what is due, one after the other, unless another node is at it. What a killed node left
 * behind is taken up. Returns how many came to an end here.
 *
 * @throws what `signal` was aborted with, or when the database cannot be reached.
 */
export async function publishDue(options: RunOptions = {}): Promise<number> {
  const done = await withPublishingLock(async (signal) => {
    let count = 0;
    for (;;) {
      const id = await findDuePublication(getDb());
      if (id === null) break;
      await runPublication(id, { ...options, signal });
      count += 1;
    }
    if (count > 0) await removeOldBuilds(options.software);
    return count;
  }, options.signal);
  return done?.result ?? 0;
}

/**
 * Publishes one publication that is due, or waits until another node has. For the command line.
 *
 * @throws as `publishDue`.
 */
export async function publishNow(id: number, options: RunOptions = {}): Promise<PublicationOutcome> {
  const isNeeded = async () => {
    const row = await findPublication(getDb(), id);
    return row !== null && !isOver(row.state);
  };
  const outcome = await waitForPublishingLock((signal) => runPublication(id, { ...options, signal }), {
    isNeeded,
    signal: options.signal,
  });
  if (outcome) return outcome;
  return outcomeOf(getDb(), id);
}

/** Removes stored sites that nobody goes back to at once, and files that no site has. They can be built again. */
export async function removeOldBuilds(software?: string): Promise<void> {
  const own = software ?? (await hashSources(INSTALLATION)).software;
  await getDb().transaction(async (tx) => {
    const contents = await listLatestContents(tx, KEPT_CONTENTS);
    await pruneSiteBuilds(tx, { contents, software: own, since: new Date(now().getTime() - RECENT_MS) });
  });
}
