import { sql } from 'drizzle-orm';
import { connect } from '../client.ts';
import { ensureDefaultRequirement } from '../queries/targets.ts';
import { account } from '../schema/access.ts';
import { DEMO_PASSWORD } from './accounts.ts';
import { shiftDay } from './days.ts';
import { writeScaleCompletions } from './scale-completions.ts';
import { loadWithoutIndexes } from './scale-load.ts';
import { planPeople, writePeople, type ScaleAccount, type ScaleDays } from './scale-people.ts';
import { planScaleUnits, type ScaleUnit } from './scale-units.ts';
import { writeScaleUnits } from './scale-organisation.ts';

export interface ScaleOptions {
  /** Employed on the last day, in all municipalities together. */
  people: number;
  municipalities: number;
  years: number;
  /** About how many completions there are for each of them. */
  completionsPerPerson: number;
  /** The last day of the history, `YYYY-MM-DD` in Stockholm. */
  today: string;
  hashPassword: (password: string) => Promise<string>;
  say?: (line: string) => void;
}

export type ScaleResult =
  | { kind: 'not-empty' }
  | {
      kind: 'filled';
      units: number;
      people: number;
      employments: number;
      completions: number;
      accounts: { email: string; unit: string; staff: number }[];
    };

const MANAGES_AT_LEAST = 200;

/**
 * Fills an empty, migrated database that has the published courses with invented municipalities for
 * measuring: the same numbers and the same day give the same rows. One transaction; does nothing, and
 * says so, where there is any unit, person or account.
 */
export async function seedScale(url: string, options: ScaleOptions): Promise<ScaleResult> {
  const { db, sql: raw, close } = connect(url, { max: 1, statementTimeout: 0, lockTimeout: 0 });
  const say = options.say ?? (() => undefined);
  const last = options.today;
  const days: ScaleDays = { first: `${Number(last.slice(0, 4)) - options.years}${last.slice(4)}`, last };
  // There may have been no 29 February in the first year.
  if (days.first.endsWith('-02-29')) days.first = shiftDay(`${days.first.slice(0, 4)}-03-01`, 0);
  try {
    const result = await db.transaction(async (tx): Promise<ScaleResult> => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund demo'))`);
      await tx.execute(sql`set local maintenance_work_mem = '512MB'`);
      await tx.execute(sql`set local work_mem = '256MB'`);
      const [existing] = await tx.execute(sql`
        (select 1 from unit limit 1) union all (select 1 from person limit 1) union all (select 1 from account limit 1)`);
      if (existing) return { kind: 'not-empty' };
      const units = planScaleUnits(options.people, options.municipalities);
      const accounts = placeAccounts(units);
      await writeScaleUnits(tx, units, days);
      say(`${units.length} enheter i ${options.municipalities} kommuner`);
      await planPeople(tx, days, accounts);
      await loadWithoutIndexes(
        tx,
        ['person', 'employment', 'completion', 'completion_correction'],
        async () => {
          await writePeople(tx, days);
          say('personer och anställningar är inlagda');
          await writeScaleCompletions(tx, days, options.completionsPerPerson);
          say('genomföranden är inlagda');
        },
        () => say('gör index och prövar villkoren …'),
      );
      await ensureDefaultRequirement(tx);
      for (const { email, role } of accounts) {
        const [person] = await tx.execute<{ id: string }>(
          sql`select id from scale_person where account_email = ${email}`,
        );
        if (!person) throw new Error(`nobody stands where ${email} should`);
        const passwordHash = await options.hashPassword(DEMO_PASSWORD);
        await tx.insert(account).values({ personId: person.id, email, role, passwordHash });
      }
      const [counts] = await tx.execute<{ people: number; employments: number; completions: number }>(sql`
        select (select count(*) from person)::int as people, (select count(*) from employment)::int as employments,
          (select count(*) from completion)::int as completions`);
      if (!counts) throw new Error('an aggregate without GROUP BY gives one row');
      return {
        kind: 'filled',
        units: units.length,
        ...counts,
        accounts: accounts.map(({ email, unit }) => ({ email, unit, staff: staffBelow(units, unit) })),
      };
    });
    if (result.kind === 'filled') {
      say('städar och räknar statistik …');
      // What the server would do by itself within hours: without it the first measurements say little.
      await raw`vacuum (analyze) unit, unit_period, person, employment, completion, completion_correction, target`;
    }
    return result;
  } finally {
    await close();
  }
}

/** All in the first, largest municipality; `medarbetare` works below `chef`, who has at least 200 people where there are so many. */
function placeAccounts(units: readonly ScaleUnit[]): ScaleAccount[] {
  const own = units.filter(({ municipality, kind }) => municipality === 1 && kind !== 'municipality');
  const sized = own
    .filter(({ people }) => people > 0)
    .map((unit) => ({ unit, staff: staffBelow(units, unit.code) }))
    .sort((a, b) => a.staff - b.staff);
  const led = (sized.find(({ staff }) => staff >= MANAGES_AT_LEAST) ?? sized.at(-1))?.unit;
  const office = own.find(({ code }) => code.endsWith('-SK'));
  const team = own.find(
    ({ code, kind, people }) =>
      kind === 'team' && people > 3 && led !== undefined && code.startsWith(`${led.code}-`),
  );
  if (!led || !office || !team) throw new Error('too few units for the accounts');
  const place = (role: ScaleAccount['role'], email: string, name: string, unit: ScaleUnit, slot: number) => ({
    role,
    email: `${email}@demo.test`,
    name,
    unit: unit.code,
    slot,
  });
  return [
    place('medarbetare', 'medarbetare', 'Maja Daggpärla', team, 2),
    place('medarbetare', 'chef', 'Cilla Klöverklang', led, 1),
    place('samordnare', 'samordnare', 'Samira Snölykta', office, 2),
    place('redaktor', 'redaktor', 'Rickard Rönnflinga', office, 3),
    place('admin', 'admin', 'Adam Almlykta', office, 4),
  ];
}

function staffBelow(units: readonly ScaleUnit[], code: string): number {
  return units
    .filter((unit) => unit.code === code || unit.code.startsWith(`${code}-`))
    .reduce((sum, { people }) => sum + people, 0);
}
