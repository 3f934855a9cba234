/**
 * `npm run test:attack -- --days 60`: fetches everything that is published of the demo municipality for
 * the last so many days, the first of each month and each 31 December, and tries to find what is hidden.
 * Fails when something follows from the sums alone. What the other ways of thinking give are guesses.
 */
import { parseArgs } from 'node:util';
import { seedDemo } from '#db/seed.ts';
import { hashPassword } from '#src/features/auth/password.ts';
import { addDays, stockholmToday } from '#src/lib/clock.ts';
import { createTestDatabase, startTestServer } from '../support/database.ts';
import { attack, MODELS } from './attack.ts';
import { fetchPublished, judge } from './published.ts';

const { values } = parseArgs({ options: { days: { type: 'string', default: '60' } } });
const today = stockholmToday();
const last = Array.from({ length: Number(values.days) }, (_, back) => addDays(today, -back));
const months = Array.from({ length: 70 }, (_, month) =>
  new Date(Date.UTC(2021, month, 1)).toISOString().slice(0, 10),
);
const years = [2021, 2022, 2023, 2024, 2025].map((year) => `${year}-12-31`);

const stop = await startTestServer();
const database = await createTestDatabase();
try {
  await seedDemo(database.db, { today, hashPassword });
  await database.sql`analyze`;
  for (const [name, chosen] of Object.entries({
    'days in a row': last,
    months,
    'ends of years': years,
  })) {
    const days = [];
    for (const asOf of chosen.filter((day) => day <= today).toSorted()) days.push(await fetchPublished(asOf));
    const guesses = attack(days);
    let hidden = 0;
    const right = [];
    for (const day of days) {
      const judged = await judge(database.db, day, guesses);
      hidden += judged.hidden;
      right.push(...judged.right);
    }
    console.log(`${name}: ${days.length} days, ${hidden} hidden figures`);
    if (right.some(({ model, isOfShown }) => model === 'sums' && !isOfShown)) process.exitCode = 1;
    for (const model of MODELS) {
      const of = (list: typeof guesses, isOfShown: boolean) =>
        new Set(
          list
            .filter((it) => it.model === model && it.isOfShown === isOfShown)
            .map(({ asOf, code, key }) => `${asOf} ${code} ${key}`),
        ).size;
      console.log(
        `  ${model}: ${of(guesses, false)} guesses, ${of(right, false)} right; said by a shown 0: ${of(right, true)}`,
      );
    }
  }
} finally {
  await database.drop();
  await stop();
}
