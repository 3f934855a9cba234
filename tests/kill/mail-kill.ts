/**
 * `npm run test:kill:mail -- --rounds 25`: the long run. Prints a table, writes
 * `test-results/mail-kill-rounds.json`, and ends with 1 when a mail was missing, repeated more than
 * once for a kill, or got another name.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { killMailWorker, openMailPlace, type MailRound } from './mail-rounds.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });

const rounds: MailRound[] = [];
const place = await openMailPlace();
try {
  for (let n = 0; n < Number(values.rounds); n += 1) rounds.push(await killMailWorker(place, 1 + (n % 2)));
} finally {
  await place.close();
}
console.table(rounds);
const sum = (key: keyof MailRound) => rounds.reduce((total, round) => total + round[key], 0);
const totals = {
  kills: rounds.length,
  mails: sum('mails'),
  missing: sum('missing'),
  repeated: sum('repeated'),
  'most repeats of a kill': Math.max(0, ...rounds.map(({ repeated }) => repeated)),
  renamed: sum('renamed'),
  unsettled: sum('unsettled'),
};
console.table([totals]);
await mkdir('test-results', { recursive: true });
await writeFile('test-results/mail-kill-rounds.json', JSON.stringify({ totals, rounds }, null, 2));
const isFine =
  totals.missing + totals.renamed + totals.unsettled === 0 && totals['most repeats of a kill'] <= 1;
process.exit(isFine ? 0 : 1);
