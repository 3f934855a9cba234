import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { assessmentCount, assessmentMoment, assessmentQuestion } from '../schema/evaluation.ts';
import { waiver } from '../schema/rules.ts';
import type { DemoAccount } from './accounts.ts';
import { shiftDay } from './days.ts';
import type { PersonPlan } from './people.ts';
import { createRandom, type Random } from './random.ts';

const SEED = 1921;

/** Where people have answered the self-assessment, and how many tens of them a year; afterwards ten fewer. */
const ASSESSED = { ASF: 9, FSKF: 14, FSF: 6, GRF: 11, GYVF: 5, HVOF: 8, KUF: 2 } as const;
/** How many in a hundred gave each answer from 1 to 5. */
const SURENESS = {
  before: { recognise: [9, 26, 33, 25, 7], ask: [14, 31, 28, 21, 6], act: [17, 35, 26, 17, 5] },
  after: { recognise: [1, 5, 16, 49, 29], ask: [2, 10, 24, 43, 21], act: [2, 8, 19, 46, 25] },
} as const;

/** Answers to the self-assessment this year and last, in tens, as they are shown; nothing waits. */
export async function writeAssessments(
  db: Executor,
  today: string,
  unitIds: ReadonlyMap<string, number>,
): Promise<void> {
  const random = createRandom(SEED);
  const thisYear = Number(today.slice(0, 4));
  const rows = Object.entries(ASSESSED).flatMap(([code, tens]) => {
    const departmentId = unitIds.get(code);
    if (departmentId === undefined) throw new Error(`no department ${code} to assess itself`);
    return [thisYear - 1, thisYear].flatMap((year) =>
      assessmentMoment.enumValues.flatMap((moment) =>
        assessmentQuestion.enumValues.flatMap((question) =>
          drawAnswers(random, 10 * (moment === 'before' ? tens : tens - 1), SURENESS[moment][question]).map(
            (shown, index) => ({
              departmentId,
              year,
              moment,
              question,
              answer: index + 1,
              shown,
            }),
          ),
        ),
      ),
    );
  });
  await db.insert(assessmentCount).values(rows);
}

/** How many of `people` gave each answer. */
function drawAnswers(random: Random, people: number, shares: readonly number[]): number[] {
  const pool = shares.flatMap((share, answer) => Array.from({ length: share }, () => answer));
  const counts = shares.map(() => 0);
  for (let person = 0; person < people; person += 1) {
    const answer = random.pick(pool);
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

/** From and to, in days from today, and why; the first is for somebody who works for chef. */
const WAIVERS = [
  { from: -75, to: 130, reason: 'Föräldraledig' },
  { from: -20, to: 45, reason: 'Sjukskriven' },
  { from: -140, to: 220, reason: 'Föräldraledig' },
  { from: 12, to: 190, reason: 'Tjänstledig' },
  { from: -35, to: 60, reason: 'Annat: Fackligt uppdrag på heltid' },
] as const;

/** Waivers from the grundkurs for some who have not taken it. */
export async function writeWaivers(
  db: Executor,
  today: string,
  people: readonly PersonPlan[],
  accounts: readonly DemoAccount[],
): Promise<void> {
  const random = createRandom(SEED);
  const manager = accounts.find(({ email }) => email.startsWith('chef@'));
  const coordinator = accounts.find(({ role }) => role === 'samordnare');
  if (!manager || !coordinator) throw new Error('nobody to give the waivers of the demo');
  const lacking = people.filter(
    ({ main, completedOn, isFixed, isProtected }) =>
      main.until === null &&
      completedOn === null &&
      !isFixed &&
      !isProtected &&
      main.from < shiftDay(today, -200),
  );
  const own = lacking.filter(({ main }) => main.unit === manager.person.main.unit);
  const chosen = new Set<PersonPlan>(own.slice(0, 1));
  while (chosen.size < WAIVERS.length) chosen.add(random.pick(lacking));
  await db.insert(waiver).values(
    [...chosen].flatMap((person, index) => {
      const plan = WAIVERS[index];
      if (!plan) return [];
      const from = shiftDay(today, plan.from);
      return {
        personId: person.id,
        moduleSlug: 'grundkurs',
        valid: `[${from},${shiftDay(today, plan.to)})`,
        reason: plan.reason,
        recordedBy: coordinator.person.id,
        recordedAt: sql`${shiftDay(today, Math.min(plan.from, -1))}::date + time '09:00'`,
      };
    }),
  );
}
