import { sql } from 'drizzle-orm';
import type { Database, Executor } from './client.ts';
import { ensureDefaultRequirement, setTargets, type TargetValues } from './queries/targets.ts';
import { account } from './schema/access.ts';
import { unit } from './schema/organisation.ts';
import { module } from './schema/training.ts';
import { DEMO_PASSWORD, placeDemoAccounts, type DemoAccount } from './seed/accounts.ts';
import { CourseTaking } from './seed/completions.ts';
import { writeEvents } from './seed/events.ts';
import { writeAssessments, writeWaivers } from './seed/follow-up.ts';
import { staffPath, Workforce, type PersonPlan } from './seed/people.ts';
import { createRandom } from './seed/random.ts';
import { planUnits, type UnitPlan } from './seed/units.ts';
import { writeCompletions, writePeople, writeUnits } from './seed/write.ts';

/** Employed by Malmö stad (2022, *Fri från våld*). */
export const DEMO_STAFF = 27_000;
const SEED = 1632;

export interface SeedOptions {
  /** The day the history ends, `YYYY-MM-DD` in Stockholm. */
  today: string;
  /** How a password becomes what is stored. */
  hashPassword: (password: string) => Promise<string>;
}

/**
 * Fills an empty database with the demo municipality: invented people in the förvaltningar that the
 * papers name, their history since 2021, completions, targets and the demo accounts. The same day
 * gives the same data. One transaction; does nothing, and says so, where any unit already exists.
 */
export async function seedDemo(
  db: Database,
  { today, hashPassword }: SeedOptions,
): Promise<{ kind: 'seeded'; people: number } | { kind: 'not-empty' }> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund demo'))`);
    const [existing] = await tx.select({ id: unit.id }).from(unit).limit(1);
    if (existing) return { kind: 'not-empty' };
    const plan = planDemo(today);
    await writeModules(tx);
    const unitIds = await writeUnits(tx, plan.units);
    await writePeople(tx, plan.people, unitIds, plan.accounts);
    await writeCompletions(tx, plan.completions);
    await writeAccounts(tx, plan.accounts, hashPassword);
    await writeEvents(tx, today, plan.people, plan.accounts);
    await ensureDefaultRequirement(tx);
    await setTargets(tx, planTargets(unitIds));
    await writeWaivers(tx, today, plan.people, plan.accounts);
    await writeAssessments(tx, today, unitIds);
    await tx.execute(sql`analyze unit, unit_period, person, employment, completion`);
    return { kind: 'seeded', people: plan.people.length };
  });
}

interface DemoPlan {
  units: UnitPlan[];
  people: PersonPlan[];
  accounts: DemoAccount[];
  completions: { id: string; personId: string; completedOn: string }[];
}

/** The whole demo municipality as it is written: a pure function of the day. */
export function planDemo(today: string): DemoPlan {
  const random = createRandom(SEED);
  const units = planUnits(random, DEMO_STAFF);
  const workforce = new Workforce(random, units);
  workforce.begin();
  const accounts = placeDemoAccounts(workforce, units);
  const courses = new CourseTaking(random);
  staffPath(today, DEMO_STAFF).forEach(({ month, staff }, index) => {
    workforce.pass(month, staff);
    courses.pass(workforce, month, index);
  });
  const completions = workforce.people.flatMap(({ id, completedOn }) =>
    completedOn === null || completedOn > today ? [] : [{ id: random.uuid(), personId: id, completedOn }],
  );
  return { units, people: workforce.people, accounts, completions };
}

/** What the seed refers to; titles and texts come with the publication of the content. */
async function writeModules(db: Executor): Promise<void> {
  await db
    .insert(module)
    .values([
      { slug: 'grundkurs', kind: 'course', position: 0 },
      ...[1, 2, 3, 4, 5].map((part) => ({ slug: `del-${part}`, kind: 'part' as const, position: part })),
    ])
    .onConflictDoNothing();
}

async function writeAccounts(
  db: Executor,
  accounts: DemoAccount[],
  hashPassword: SeedOptions['hashPassword'],
): Promise<void> {
  for (const { email, role, person } of accounts) {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await db.insert(account).values({ personId: person.id, email, role, passwordHash });
  }
}

/** Who answers for the invented targets, by unit. */
const RESPONSIBLE: Record<string, string> = {
  MALMO: 'HR-direktör',
  ASF: 'Förvaltningsdirektör',
  FSKF: 'HR-chef',
  'ASF-1': 'Avdelningschef',
  FGK: 'HR-chef',
};

/** Invented targets with invented decisions: the whole municipality, and förvaltningar that set their own. */
function planTargets(unitIds: Map<string, number>): TargetValues[] {
  const plan: Record<string, Record<number, number>> = {
    MALMO: { 2021: 5, 2022: 10, 2023: 25, 2024: 40, 2025: 60, 2026: 80 },
    ASF: { 2022: 30, 2023: 60, 2024: 80, 2025: 100, 2026: 100 },
    FSKF: { 2024: 50, 2025: 70, 2026: 90 },
    'ASF-1': { 2025: 100, 2026: 100 },
    FGK: { 2025: 30, 2026: 50 },
  };
  return Object.entries(plan).flatMap(([code, years]) =>
    Object.entries(years).map(([year, percent]) => {
      const unitId = unitIds.get(code);
      if (unitId === undefined) throw new Error(`no unit ${code} for a target`);
      const note = `Kompetensplan ${year} (påhittat beslut i demon, nr ${year}-${Object.keys(plan).indexOf(code) + 11})`;
      return { unitId, year: Number(year), percent, note, responsible: RESPONSIBLE[code] ?? null };
    }),
  );
}
