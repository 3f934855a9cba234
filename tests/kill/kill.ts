/**
 * `npm run test:kill -- --rounds 25 --database-rounds 10`: the long run. Prints a table, writes
 * `test-results/kill-rounds.json`, and ends with 1 when anything was lost, doubled or half done.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { closeKillSite, killRound, openKillSite, type Round, type Victim } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    'database-rounds': { type: 'string', default: '10' },
  },
});
const victims: Victim[] = [
  ...Array<Victim>(Number(values.rounds)).fill('app'),
  ...Array<Victim>(Number(values['database-rounds'])).fill('database'),
];

const rounds: Round[] = [];
const place = await openKillSite();
try {
  for (const victim of victims) {
    const round = await killRound(place, victim);
    rounds.push(round);
    console.log(
      `${rounds.length}/${victims.length} ${victim}: ${round.acknowledged} of ${round.sent} acknowledged, ${round.inFlight} under way, back after ${round.recovery} ms`,
    );
  }
} finally {
  await closeKillSite(place);
}

const KEYS = [
  'sent',
  'acknowledged',
  'inFlight',
  'storedUnheard',
  'lost',
  'duplicated',
  'halfDone',
  'replayedWrong',
] as const;
const totals = (['app', 'database'] as const).map((victim) => {
  const own = rounds.filter((round) => round.victim === victim);
  const sums = KEYS.map((key) => [key, own.reduce((sum, round) => sum + round[key], 0)]);
  const slowest = Math.max(0, ...own.map(({ recovery }) => recovery));
  return { victim, rounds: own.length, ...Object.fromEntries(sums), 'slowest recovery, ms': slowest };
});
console.table(totals);
await mkdir('test-results', { recursive: true });
await writeFile('test-results/kill-rounds.json', JSON.stringify({ totals, rounds }, null, 2));
const faults = rounds.filter(
  (round) => round.lost + round.duplicated + round.halfDone + round.replayedWrong > 0,
);
process.exit(faults.length === 0 ? 0 : 1);
