import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedDemo } from '#db/seed.ts';
import { hashPassword } from '#src/features/auth/password.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { attack } from '../attack/attack.ts';
import { fetchPublished, judge } from '../attack/published.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const TODAY = '2026-11-22';

let database: TestDatabase;
beforeAll(async () => {
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
  database = await createTestDatabase();
  await seedDemo(database.db, { today: TODAY, hashPassword });
  await database.sql`analyze`;
});
afterAll(async () => {
  setClock(null);
  await database.drop();
});

test('Nothing hidden follows from all that is published of the demo municipality', async () => {
  const asked = [
    ...Array.from({ length: 5 }, (_, back) => addDays(TODAY, -back)),
    ...[2021, 2022, 2023, 2024, 2025].flatMap((year) => [`${year}-07-01`, `${year}-12-31`]),
  ].toSorted();
  const days = [];
  for (const asOf of asked) days.push(await fetchPublished(asOf));
  const guesses = attack(days).filter(({ model, isOfShown }) => model === 'sums' && !isOfShown);
  let hidden = 0;
  for (const day of days) {
    const judged = await judge(database.db, day, guesses);
    hidden += judged.hidden;
    expect(judged.right).toEqual([]);
  }
  expect(hidden).toBeGreaterThan(1000);
});
