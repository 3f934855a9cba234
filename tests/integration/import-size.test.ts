import { afterAll, beforeAll, expect, test } from 'vitest';
import { planDemo } from '#db/seed.ts';
import { importStaff, importUnits } from '#src/features/organisation/import.server.ts';
import { getUnsuppressedIndicator } from '#src/features/indicator/indicator.server.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const TODAY = '2026-11-22';
const WORDS = { municipality: 'kommun', department: 'forvaltning', division: 'avdelning', team: 'enhet' };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
});
afterAll(async () => {
  setClock(null);
  await database.drop();
});

const file = (lines: string[]) => ({
  fileName: 'fil.csv',
  bytes: new TextEncoder().encode(lines.join('\r\n')),
});

test('the staff of a large municipality goes in within thirty seconds, and again with nothing changed', async () => {
  const { units, people } = planDemo(TODAY);
  const tree = units.flatMap(({ code, kind, closed, periods }) => {
    const { name, parent } = periods.at(-1)!;
    return closed === null ? [`${code};"${name}";${WORDS[kind]};${parent ?? ''}`] : [];
  });
  const staff = people.flatMap(({ employeeNumber, given, surname, isProtected, employments }) =>
    employments
      .filter(({ unit }) => unit.closed === null)
      .map(({ unit, title, from, until, isManager }) =>
        [
          employeeNumber,
          `"${given} ${surname}"`,
          `${employeeNumber}@demo.test`,
          unit.code,
          title,
          from,
          until === null ? '' : addDays(until, -1),
          isManager ? 'ja' : 'nej',
          isProtected ? 'ja' : 'nej',
        ].join(';'),
      ),
  );
  expect(staff.length).toBeGreaterThan(27_000);
  expect(await importUnits('cli', file(['kod;namn;typ;overordnad', ...tree]))).toMatchObject({ kind: 'ok' });

  const header = 'anstnr;namn;epost;enhet;befattning;fran;till;chef;skyddad';
  const began = performance.now();
  const result = await importStaff('cli', file([header, ...staff]));
  const seconds = (performance.now() - began) / 1000;
  expect(result).toMatchObject({ kind: 'ok', isApplied: true, rows: staff.length });
  expect(seconds).toBeLessThan(30);

  const indicator = await getUnsuppressedIndicator('cli', {});
  expect(indicator.kind === 'ok' && indicator.rows[0]?.employed).toBe(27_000);
  const again = await importStaff('cli', { ...file([header, ...staff]), full: true });
  expect(again).toMatchObject({ difference: { counts: { new: 0, moved: 0, changed: 0, ended: 0 } } });
}, 120_000);
