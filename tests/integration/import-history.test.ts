import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import { importStaff, importUnits } from '#src/features/organisation/import.server.ts';
import { addDays } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 20);
/** The first of each month that a complete file is exported on. */
const MONTHS = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01'];
const TEAMS = ['A', 'B', 'C'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Someone as the HR system has her: what she does now, since when, and how her rows are dated. */
interface Job {
  team: string;
  since: string;
}
interface Someone {
  number: string;
  hired: string;
  /** The system keeps the first day of the whole employment when she changes team. */
  keepsFirstDay: boolean;
  jobs: Job[];
  /** The team she moved from in the month of the file, where a new job would read as the old one going on. */
  left?: Job;
}

const events = fc.record({
  who: fc.nat(7),
  what: fc.constantFrom('hire', 'move', 'leave', 'second', 'drop'),
  team: fc.constantFrom(...TEAMS),
  keepsFirstDay: fc.boolean(),
});
const months = fc.array(
  fc.record({
    staff: fc.array(events, { maxLength: 6 }),
    unit: fc.option(
      fc.record({
        team: fc.constantFrom(...TEAMS),
        under: fc.constantFrom('F', 'G'),
        name: fc.constantFrom('Ett', 'Två'),
      }),
    ),
  }),
  { minLength: MONTHS.length, maxLength: MONTHS.length },
);

function live(
  people: Map<string, Someone>,
  today: string,
  list: readonly { who: number; what: string; team: string; keepsFirstDay: boolean }[],
) {
  for (const { who, what, team, keepsFirstDay } of list) {
    const number = String(who);
    const person = people.get(number);
    const hasJustLeft = person?.left?.team === team && person.left.since === today;
    const isThere = hasJustLeft || (person?.jobs.some((job) => job.team === team) ?? false);
    if (!person && what === 'hire') {
      people.set(number, { number, hired: today, keepsFirstDay, jobs: [{ team, since: today }] });
    } else if (person && what === 'leave') people.delete(number);
    else if (person && what === 'move' && !isThere) {
      person.left = { team: person.jobs[0]!.team, since: today };
      person.jobs = [{ team, since: today }, ...person.jobs.slice(1)];
    } else if (person && what === 'second' && !isThere)
      person.jobs = [...person.jobs, { team, since: today }];
    else if (person && what === 'drop' && person.jobs.length > 1) person.jobs = person.jobs.slice(0, -1);
  }
}

const encode = (lines: string[]) => new TextEncoder().encode(lines.join('\n'));

describe('months of complete files', () => {
  test(
    'never change a figure of a day before the file, and give on its day what the file says',
    async () => {
      await fc.assert(
        fc.asyncProperty(months, async (plan) => {
          await database.sql`alter table employment_change disable trigger user`;
          await database.sql`alter table unit_period_change disable trigger user`;
          await database.sql`truncate employment, unit_period, employment_change, unit_period_change`;
          const tree = new Map(TEAMS.map((team) => [team, { under: 'F', name: team }]));
          const people = new Map<string, Someone>([
            [
              '99',
              {
                number: '99',
                hired: '2023-01-01',
                keepsFirstDay: false,
                jobs: [{ team: 'A', since: '2023-01-01' }],
              },
            ],
          ]);
          const before = new Map<string, unknown>();
          for (const [index, { staff, unit }] of plan.entries()) {
            const asOf = MONTHS[index]!;
            if (unit) tree.set(unit.team, unit);
            live(people, asOf, staff);
            const units = [
              'kod;namn;typ;overordnad',
              'K;K;kommun;',
              'F;F;forvaltning;K',
              'G;G;forvaltning;K',
              ...[...tree].map(([code, { under, name }]) => `${code};${name};enhet;${under}`),
            ];
            const rows = [...people.values()].flatMap(({ number, hired, keepsFirstDay, jobs }) =>
              jobs.map(
                (job, at) =>
                  `${number};P;;${job.team};;${at === 0 && keepsFirstDay ? hired : job.since};;nej;nej`,
              ),
            );
            const file = { fileName: 'x', asOf, full: true, allowLarge: true };
            const header = 'anstnr;namn;epost;enhet;befattning;fran;till;chef;skyddad';
            for (let time = 0; time < 2; time += 1) {
              expect(await importUnits('cli', { ...file, bytes: encode(units) })).toMatchObject({
                kind: 'ok',
              });
              const result = await importStaff('cli', { ...file, bytes: encode([header, ...rows]) });
              expect(result).toMatchObject({ kind: 'ok' });
              if (time > 0)
                expect(result).toMatchObject({
                  difference: { counts: { new: 0, moved: 0, changed: 0, ended: 0 } },
                });
            }
            for (const [day, figures] of before) {
              expect(await queryIndicator(database.db, { asOf: day }), `${day} after ${asOf}`).toEqual(
                figures,
              );
            }
            const now = await queryIndicator(database.db, { asOf });
            for (const team of TEAMS) {
              const expected = [...people.values()].filter(({ jobs }) =>
                jobs.some((job) => job.team === team),
              ).length;
              expect(now.find(({ code }) => code === team)).toMatchObject({
                employed: expected,
                parentCode: tree.get(team)!.under,
              });
            }
            expect(now[0]?.employed).toBe(people.size);
            // The last day before the next file, which that one must leave alone.
            const last = addDays(MONTHS[index + 1] ?? '2024-06-01', -1);
            for (const day of [asOf, last]) before.set(day, await queryIndicator(database.db, { asOf: day }));
          }
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 10_000,
  );
});
