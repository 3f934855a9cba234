/** Runs a job when it is its turn; null, and the job not run, when too many wait already. */
export type Queue = <T>(job: () => Promise<T>) => Promise<T | null>;

/**
 * A queue for work that costs much memory or processor time: at most `running` at once and `waiting`
 * behind them, so that a flood of requests is refused and not piled up.
 */
export function createQueue(running: number, waiting: number): Queue {
  let free = running;
  const line: (() => void)[] = [];
  return async (job) => {
    if (free === 0 && line.length >= waiting) return null;
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await job();
    } finally {
      // The place goes to the next in line without becoming free in between.
      const next = line.shift();
      if (next) next();
      else free += 1;
    }
  };
}
