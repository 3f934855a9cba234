import { removeIdleCounts } from '#src/features/auth/attempt-limits.server.ts';
import { removeExpiredSessions } from '#src/features/auth/session.server.ts';
import { tidyIndicatorChanges } from '#src/features/indicator/indicator-changes.server.ts';
import { removeOldMeetings } from '#src/features/meetings/meetings.server.ts';
import { describeError, type WriteLog } from './access-log.ts';

const EVERY_MS = 10 * 60_000;

/**
 * Removes, now and then, what has expired (sessions and counted tries) and puts small rows together. Any
 * number of nodes may do it.
 */
export function startHousekeeping(log: WriteLog): { stop(): void } {
  const tidy = async (): Promise<void> => {
    try {
      await removeExpiredSessions();
      await removeIdleCounts();
      await removeOldMeetings();
      await tidyIndicatorChanges();
    } catch (error) {
      log(
        JSON.stringify({ time: new Date().toISOString(), task: 'housekeeping', error: describeError(error) }),
      );
    }
  };
  const timer = setInterval(() => void tidy(), EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
