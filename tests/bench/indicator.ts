/**
 * `npm run bench:indicator`: how long the running site needs for /indikator, for a hundred different days
 * that nobody has asked for before. The site is at BENCH_URL, else http://localhost:4321.
 */
import { addDays, stockholmToday } from '#src/lib/clock.ts';

export interface Timing {
  requests: number;
  median: number;
  worst: number;
}

const FIRST_DAY = '2021-01-01';

/** `count` different days spread over all years, in an order that jumps between them. */
export function spreadDays(count: number, today = stockholmToday()): string[] {
  const span = (Date.parse(today) - Date.parse(FIRST_DAY)) / 86_400_000;
  // Steps of the golden ratio never come close to an earlier one.
  const offsets = Array.from({ length: count }, (_, index) => Math.floor(((index * 0.618034) % 1) * span));
  return [...new Set(offsets)].map((offset) => addDays(FIRST_DAY, offset));
}

/** Asks for the page of each day, one at a time, until its last byte. Throws when one is not answered with 200. */
export async function timeDays(site: string, days: readonly string[]): Promise<Timing> {
  const times: number[] = [];
  for (const day of days) {
    const began = performance.now();
    const response = await fetch(`${site}/indikator?datum=${day}`);
    await response.arrayBuffer();
    times.push(performance.now() - began);
    if (response.status !== 200) throw new Error(`${day} answered ${response.status}`);
  }
  const sorted = times.sort((a, b) => a - b);
  return {
    requests: sorted.length,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worst: sorted.at(-1) ?? 0,
  };
}

if (import.meta.main) {
  const site = process.env['BENCH_URL'] ?? 'http://localhost:4321';
  const say = (name: string, { requests, median, worst }: Timing) =>
    console.log(`${name}: ${requests} days, median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`);
  await timeDays(site, [stockholmToday()]);
  say('/indikator, any day', await timeDays(site, spreadDays(100)));
  say(
    '/indikator, today again',
    await timeDays(
      site,
      Array.from({ length: 100 }, () => stockholmToday()),
    ),
  );
}
