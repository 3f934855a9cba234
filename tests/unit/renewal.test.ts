import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  completedIn,
  courseToRecord,
  expiryOf,
  RENEWAL_DAYS,
  renewalOf,
  renewsModule,
  standingOf,
  type CountingRule,
  type DatedCompletion,
  type PartDemand,
  type TrainingRecord,
} from '#src/features/completions/completions.ts';
import { addDays, addMonths, stockholmDate } from '#src/lib/clock.ts';

const PARTS = ['del-1', 'del-2', 'del-3', 'del-4', 'del-5'];
const NO_RULE: CountingRule = { validityMonths: null, newRequirements: [] };

const on = (day: string, version: number | null = 1): DatedCompletion => ({
  completedAt: new Date(`${day}T10:00:00Z`),
  completedOn: day,
  version,
});
const record = (
  completions: Record<string, DatedCompletion[]>,
  rules: Record<string, CountingRule> = {},
  demands: readonly PartDemand[] = [],
): TrainingRecord => ({
  completions: new Map(Object.entries(completions)),
  rules: new Map(Object.entries(rules)),
  demands,
});
const valid = (months: number): CountingRule => ({ ...NO_RULE, validityMonths: months });

const days = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2020-01-01', n));
const rules = fc.record({
  validityMonths: fc.option(fc.integer({ min: 1, max: 60 })),
  newRequirements: fc.array(
    fc.record({
      version: fc.integer({ min: 2, max: 5 }),
      publishedAt: days.map((day) => new Date(`${day}T08:00:00Z`)),
      olderCountUntil: days,
    }),
    { maxLength: 3 },
  ),
});
const completions = fc.array(fc.tuple(days, fc.option(fc.integer({ min: 1, max: 5 }))), {
  minLength: 1,
  maxLength: 5,
});

describe('A completion', () => {
  test('counts for ever where nothing sets a time', () => {
    expect(expiryOf(on('2024-03-14'), undefined)).toBeNull();
    expect(expiryOf(on('2024-03-14', null), NO_RULE)).toBeNull();
  });

  test('counts to the day before the same day some months later, or the last of a shorter month', () => {
    expect(expiryOf(on('2024-03-14'), valid(36))).toBe('2027-03-14');
    expect(expiryOf(on('2024-02-29'), valid(12))).toBe('2025-02-28');
    expect(expiryOf(on('2024-08-31'), valid(6))).toBe('2025-02-28');
    expect(addMonths('2023-11-30', 3)).toBe('2024-02-29');
  });

  test('of an older or unknown version counts to the end of the day that the new requirement says', () => {
    const rule = {
      validityMonths: 60,
      newRequirements: [{ version: 2, publishedAt: new Date(0), olderCountUntil: '2025-12-31' }],
    };
    expect(expiryOf(on('2024-03-14', 1), rule)).toBe('2026-01-01');
    expect(expiryOf(on('2024-03-14', null), rule)).toBe('2026-01-01');
    expect(expiryOf(on('2024-03-14', 2), rule)).toBe('2029-03-14');
  });

  test('never counts longer for one more rule', () => {
    fc.assert(
      fc.property(days, rules, rules, (day, one, other) => {
        const both = {
          validityMonths: Math.min(one.validityMonths ?? Infinity, other.validityMonths ?? Infinity),
          newRequirements: [...one.newRequirements, ...other.newRequirements],
        };
        const limits = [expiryOf(on(day), one), expiryOf(on(day), other)].filter((limit) => limit !== null);
        const rule = Number.isFinite(both.validityMonths) ? both : { ...both, validityMonths: null };
        expect(expiryOf(on(day), rule)).toBe(limits.toSorted()[0] ?? null);
      }),
    );
  });

  test('stands for its module when none lasts longer', () => {
    fc.assert(
      fc.property(completions, rules, (given, rule) => {
        const all = given.map(([day, version]) => on(day, version));
        const standing = standingOf(record({ grundkurs: all }, { grundkurs: rule }), 'grundkurs')!;
        for (const one of all) {
          const expiry = expiryOf(one, rule) ?? '9999';
          expect(expiry <= (standing.expiresOn ?? '9999')).toBe(true);
        }
      }),
    );
  });
});

describe('A renewal', () => {
  test('opens 90 days before the completion stops counting, and stays open', () => {
    const own = record({ kurs: [on('2024-03-14')] }, { kurs: valid(36) });
    const opens = addDays('2027-03-14', -RENEWAL_DAYS);
    expect(renewalOf(own, 'kurs', addDays(opens, -1))).toBeNull();
    expect(renewalOf(own, 'kurs', opens)).toMatchObject({ expiresOn: '2027-03-14' });
    expect(renewalOf(own, 'kurs', '2035-01-01')).toMatchObject({ expiresOn: '2027-03-14' });
    expect(stockholmDate(renewalOf(own, 'kurs', opens)!.since)).toBe(opens);
  });

  test('never opens for what was never completed, or lasts for ever', () => {
    fc.assert(
      fc.property(days, days, (done, day) => {
        const own = record({ kurs: [on(done)] }, { annan: valid(1) });
        expect(renewalOf(own, 'kurs', day)).toBeNull();
        expect(renewalOf(own, 'annan', day)).toBeNull();
        expect(renewsModule(own, 'kurs', day)).toBe(false);
      }),
    );
  });

  test('holds nothing that came with or before the completion, or before the version that ends it', () => {
    fc.assert(
      fc.property(completions, rules, days, (given, rule, day) => {
        const all = given.map(([done, version]) => on(done, version)).filter((one) => one.completedOn <= day);
        const own = record({ kurs: all }, { kurs: rule });
        const renewal = renewalOf(own, 'kurs', day);
        const standing = standingOf(own, 'kurs');
        if (!renewal || !standing) return;
        const { completion } = standing;
        expect(renewal.since > completion.completedAt).toBe(true);
        for (const { version, publishedAt } of rule.newRequirements) {
          if (completion.version === null || completion.version < version)
            expect(renewal.since >= publishedAt).toBe(true);
        }
      }),
    );
  });

  test('of the grundkurs asks for every part anew, and shows only those that have come', () => {
    const parts = Object.fromEntries(PARTS.map((part) => [part, [on('2024-03-14')]]));
    const before = { ...parts, grundkurs: [on('2024-03-14')] };
    const four = Object.fromEntries(
      PARTS.slice(0, 4).map((part) => [part, [...parts[part]!, on('2027-01-10')]]),
    );
    const rule = { grundkurs: valid(36) };
    expect(completedIn(record(before, rule), (slug) => PARTS.includes(slug), '2027-01-09')).toEqual([
      'grundkurs',
    ]);
    const own = record({ ...before, ...four }, rule);
    expect(completedIn(own, (slug) => PARTS.includes(slug), '2027-01-11')).toEqual([
      ...PARTS.slice(0, 4),
      'grundkurs',
    ]);
    expect(courseToRecord(PARTS, 1, own, '2027-01-11')).toBeNull();
    const last = record({ ...before, ...four, 'del-5': [...parts['del-5']!, on('2027-01-12')] }, rule);
    expect(courseToRecord(PARTS, 1, last, '2027-01-12')).toEqual({
      completedAt: new Date('2027-01-12T10:00:00Z'),
      version: 1,
    });
  });
});

test('However people pass, the grundkurs is recorded once, and later once per open renewal', () => {
  const passes = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...PARTS)), {
    minLength: 20,
    maxLength: 120,
  });
  const validity = fc.option(fc.integer({ min: 1, max: 24 }));
  fc.assert(
    fc.property(passes, validity, (steps, validityMonths) => {
      const all = new Map<string, DatedCompletion[]>();
      const own: TrainingRecord = {
        completions: all,
        rules: new Map([['grundkurs', { ...NO_RULE, validityMonths }]]),
        demands: [],
      };
      const add = (slug: string, one: DatedCompletion) => all.set(slug, [...(all.get(slug) ?? []), one]);
      let minutes = Date.parse('2020-01-01T10:00:00Z') / 60_000;
      for (const [later, part] of steps) {
        minutes += later * 24 * 60 + 1;
        const at = new Date(minutes * 60_000);
        const day = stockholmDate(at);
        const one = { completedAt: at, completedOn: day, version: 1 };
        if (!all.has(part) || renewsModule(own, part, day)) add(part, one);
        expect(renewsModule(own, part, day)).toBe(false);
        const before = standingOf(own, 'grundkurs');
        const recorded = courseToRecord(PARTS, 1, own, day);
        if (!recorded) continue;
        expect(recorded).toEqual({ completedAt: at, version: 1 });
        if (before) {
          expect(before.expiresOn).not.toBeNull();
          expect(day >= addDays(before.expiresOn!, -RENEWAL_DAYS)).toBe(true);
          for (const slug of PARTS)
            expect(all.get(slug)!.at(-1)!.completedAt > before.completion.completedAt).toBe(true);
        }
        add('grundkurs', one);
        expect(courseToRecord(PARTS, 1, own, day)).toBeNull();
      }
      const courses = all.get('grundkurs')?.length ?? 0;
      if (validityMonths === null) expect(courses).toBeLessThanOrEqual(1);
      for (const slug of PARTS) expect(all.get(slug)?.length ?? 0).toBeLessThanOrEqual(courses + 1);
    }),
    { numRuns: 300 },
  );
});
