import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NotificationKind } from '#db/queries/notifications.ts';
import {
  DAYS_BEFORE_EXPIRY,
  DAYS_BETWEEN_MAILS,
  DAYS_TO_COMPLETE,
  isDigestDay,
  planMail,
  PLANNED_KINDS,
  type PersonFacts,
  type Plan,
} from '#src/features/notifications/planner.ts';
import { addDays } from '#src/lib/clock.ts';

const START = '2026-01-05';
const RUNS = { numRuns: 1_000 };

const slug = fc.constantFrom('grundkurs', 'mer', 'annat');
const near = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => addDays(START, days));
const world = fc.record({
  employedSince: near(-200, 60),
  lacking: fc.uniqueArray(fc.record({ slug, since: near(-120, 60) }), { selector: (row) => row.slug }),
  expiring: fc.uniqueArray(fc.record({ slug, expiresOn: near(-10, 200) }), { selector: (row) => row.slug }),
  standing: fc.option(fc.record({ people: fc.nat(30), lacking: fc.constant(0), newcomers: fc.constant(0) })),
  off: fc.subarray([...PLANNED_KINDS]),
  /** Days on which the planner does not run. */
  quiet: fc.uniqueArray(fc.nat(200), { maxLength: 60 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const person = (given: Pick<World, 'employedSince' | 'lacking' | 'expiring' | 'standing'>): PersonFacts => ({
  personId: 'p',
  employeeNumber: '1',
  isProtected: false,
  hasAddress: true,
  told: [],
  hasRecentMail: false,
  ...given,
  // What became required before she was there has been since she came.
  lacking: given.lacking.map((row) => ({
    slug: row.slug,
    since: row.since < given.employedSince ? given.employedSince : row.since,
  })),
});

/** The planner, day by day, with what it has told before. */
function live({ off, quiet, ...given }: World, days = 200): { day: string; plan: Plan }[] {
  const mails: { day: string; plan: Plan }[] = [];
  const told: string[] = [];
  for (let n = 0; n < days; n += 1) {
    if (quiet.includes(n)) continue;
    const day = addDays(START, n);
    const last = mails.at(-1)?.day;
    const hasRecentMail = last !== undefined && last > addDays(day, -DAYS_BETWEEN_MAILS);
    const plan = planMail({ ...person(given), told, hasRecentMail }, day, new Set<NotificationKind>(off));
    if (!plan) continue;
    mails.push({ day, plan });
    told.push(...plan.items);
  }
  return mails;
}

test('Nobody is told the same thing twice, or written to twice within a week', () => {
  fc.assert(
    fc.property(world, (given) => {
      const mails = live(given);
      const items = mails.flatMap(({ plan }) => plan.items);
      expect(new Set(items).size).toBe(items.length);
      expect(new Set(mails.map(({ plan }) => plan.key)).size).toBe(mails.length);
      for (const [index, { day }] of mails.entries()) {
        const next = mails[index + 1];
        if (next) expect(next.day >= addDays(day, DAYS_BETWEEN_MAILS)).toBe(true);
      }
    }),
    RUNS,
  );
});

test('Everything that is to be said on one day stands in one mail, and nothing else', () => {
  fc.assert(
    fc.property(world, fc.nat(200), (given, n) => {
      const day = addDays(START, n);
      const facts = person(given);
      const isOff = new Set<NotificationKind>(given.off);
      const plan = planMail(facts, day, isOff);
      const apart = [
        ...facts.lacking.map((row) => ({ ...facts, lacking: [row], expiring: [], standing: null })),
        ...facts.expiring.map((row) => ({ ...facts, lacking: [], expiring: [row], standing: null })),
        { ...facts, lacking: [], expiring: [] },
      ].flatMap((one) => planMail(one, day, isOff)?.items ?? []);
      expect(plan?.items.toSorted() ?? []).toEqual(apart.toSorted());
    }),
    RUNS,
  );
});

test('What is said is so: the course is lacking and its 90 days not over, or the completion still counts', () => {
  fc.assert(
    fc.property(world, fc.nat(200), (given, n) => {
      const day = addDays(START, n);
      const { contents, kind } = planMail(person(given), day, new Set(given.off)) ?? { contents: {} };
      for (const part of ['invitation', 'newRequirement', 'due'] as const) {
        const told = contents[part];
        if (!told) continue;
        expect(told.day > day && told.day <= addDays(day, DAYS_TO_COMPLETE)).toBe(true);
        expect(told.courses).toBeLessThanOrEqual(given.lacking.length);
      }
      if (contents.expiry) {
        expect(contents.expiry.day > day).toBe(true);
        expect(contents.expiry.day <= addDays(day, DAYS_BEFORE_EXPIRY[0])).toBe(true);
      }
      if (contents.digest) expect(isDigestDay(day)).toBe(true);
      if (kind) expect(given.off).not.toContain(kind);
    }),
    RUNS,
  );
});

test('Nobody is written to without address, soon after another mail, or when every kind is off', () => {
  fc.assert(
    fc.property(world, fc.nat(200), (given, n) => {
      const day = addDays(START, n);
      const facts = person(given);
      expect(planMail({ ...facts, hasAddress: false }, day, new Set())).toBeNull();
      expect(planMail({ ...facts, hasRecentMail: true }, day, new Set())).toBeNull();
      expect(planMail(facts, day, new Set(PLANNED_KINDS))).toBeNull();
      // One who is excused from all that she lacks has nothing here: the query leaves it out.
      expect(planMail({ ...facts, lacking: [], expiring: [], standing: null }, day, new Set())).toBeNull();
    }),
    RUNS,
  );
});

test('One who lacks a course is told before its 90 days are over, however many days are quiet but for a fortnight', () => {
  fc.assert(
    fc.property(near(-200, 0), fc.uniqueArray(fc.nat(59), { maxLength: 40 }), (employedSince, quiet) => {
      const given = {
        employedSince,
        lacking: [{ slug: 'grundkurs' as const, since: START }],
        expiring: [],
        standing: null,
      };
      const mails = live({ ...given, off: [], quiet }, DAYS_TO_COMPLETE);
      expect(mails.some(({ plan }) => plan.contents.due)).toBe(true);
      expect(mails.every(({ day }) => day < addDays(START, DAYS_TO_COMPLETE))).toBe(true);
    }),
    RUNS,
  );
});
