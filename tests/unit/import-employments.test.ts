import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredEmployment } from '#src/features/organisation/organisation.ts';
import {
  covers,
  overlaps,
  planEmployments,
  type ClaimedEmployment,
} from '#src/features/organisation/plan-employments.ts';

const AS_OF = '2024-06-01';
const full = { asOf: AS_OF, endMissing: true };
const partial = { asOf: AS_OF, endMissing: false };

function claim(unitCode: string, from: string, until: string | null = null): ClaimedEmployment {
  return { unitCode, title: 'lärare', isManager: false, from, until };
}

let nextId = 1;
const stored = (unitCode: string, from: string, until: string | null = null): StoredEmployment => ({
  ...claim(unitCode, from, until),
  id: (nextId += 1),
});

/** The employments as they are after the plan, as `unit from–until` in order. */
function after(
  before: StoredEmployment[],
  claims: ClaimedEmployment[],
  options: typeof full,
): StoredEmployment[] {
  const { inserted, updated, unchanged } = planEmployments(before, claims, options);
  return [...inserted.map((it) => ({ ...it, id: 0 })), ...updated.map((it) => it.after), ...unchanged];
}

const periods = (list: readonly ClaimedEmployment[]) =>
  list.map(({ unitCode, from, until }) => `${unitCode} ${from}–${until ?? ''}`).toSorted();

describe('one person', () => {
  test('who is new gets the employments of the file', () => {
    expect(
      periods(after([], [claim('A', '2019-01-01'), claim('B', '2020-01-01', '2021-01-01')], full)),
    ).toEqual(['A 2019-01-01–', 'B 2020-01-01–2021-01-01']);
  });

  test('who is in the file as before is unchanged', () => {
    const before = [stored('A', '2019-01-01')];
    expect(planEmployments(before, [claim('A', '2019-01-01')], full)).toEqual({
      inserted: [],
      updated: [],
      removed: [],
      unchanged: before,
    });
  });

  test('who is missing ends the day before, only when the file is complete', () => {
    const before = [stored('A', '2019-01-01')];
    expect(periods(after(before, [], full))).toEqual([`A 2019-01-01–${AS_OF}`]);
    expect(periods(after(before, [], partial))).toEqual(['A 2019-01-01–']);
  });

  test('who is missing keeps what has ended and what has not begun', () => {
    const before = [stored('A', '2019-01-01', '2020-01-01'), stored('B', '2024-08-01')];
    expect(periods(after(before, [], full))).toEqual(['A 2019-01-01–2020-01-01', 'B 2024-08-01–']);
  });

  test('who would have begun that very day, but is not in the file, has not been there', () => {
    expect(periods(after([stored('A', AS_OF)], [], full))).toEqual([]);
  });

  test('who moves with a new first day leaves the old unit and begins in the new', () => {
    expect(periods(after([stored('A', '2019-01-01')], [claim('B', AS_OF)], full))).toEqual([
      `A 2019-01-01–${AS_OF}`,
      `B ${AS_OF}–`,
    ]);
  });

  test('who moves with the first day of the whole employment begins in the new unit on the day of the file', () => {
    expect(periods(after([stored('A', '2019-01-01')], [claim('B', '2019-01-01')], full))).toEqual([
      `A 2019-01-01–${AS_OF}`,
      `B ${AS_OF}–`,
    ]);
  });

  test('who moves back with the first day of the whole employment begins there anew', () => {
    const before = [stored('A', '2019-01-01', '2022-01-01'), stored('B', '2022-01-01')];
    expect(periods(after(before, [claim('A', '2019-01-01')], full))).toEqual([
      'A 2019-01-01–2022-01-01',
      `A ${AS_OF}–`,
      `B 2022-01-01–${AS_OF}`,
    ]);
  });

  test('who gets a new contract in the same unit keeps the years before it', () => {
    expect(periods(after([stored('A', '2019-01-01')], [claim('A', '2024-01-01')], full))).toEqual([
      'A 2019-01-01–',
    ]);
  });

  test('who turns out to have begun earlier gets the earlier day', () => {
    expect(periods(after([stored('A', '2024-03-01')], [claim('A', '2024-02-01')], full))).toEqual([
      'A 2024-02-01–',
    ]);
  });

  test('who gets a last day ends then', () => {
    expect(
      periods(after([stored('A', '2019-01-01')], [claim('A', '2019-01-01', '2024-09-01')], full)),
    ).toEqual(['A 2019-01-01–2024-09-01']);
  });

  test('who was left out of a file by mistake and comes back has not been away', () => {
    const before = [stored('A', '2019-01-01', '2024-05-01')];
    expect(periods(after(before, [claim('A', '2019-01-01')], full))).toEqual(['A 2019-01-01–']);
  });

  test('who came back after years away keeps the gap though the file tells the first day of all', () => {
    const before = [stored('A', '2015-01-01', '2018-01-01'), stored('A', '2021-01-01')];
    expect(periods(after(before, [claim('A', '2015-01-01')], full))).toEqual([
      'A 2015-01-01–2018-01-01',
      'A 2021-01-01–',
    ]);
  });

  test('who has two employments and keeps one loses the other', () => {
    const before = [stored('A', '2019-01-01'), stored('B', '2020-01-01')];
    expect(periods(after(before, [claim('B', '2020-01-01')], full))).toEqual([
      `A 2019-01-01–${AS_OF}`,
      'B 2020-01-01–',
    ]);
  });

  test('who keeps the older of two employments keeps it as it was', () => {
    const before = [stored('A', '2019-01-01'), stored('B', '2020-01-01')];
    expect(periods(after(before, [claim('A', '2019-01-01')], full))).toEqual([
      'A 2019-01-01–',
      `B 2020-01-01–${AS_OF}`,
    ]);
  });

  test('who gets a new contract in the same unit, that very day or later, goes on working', () => {
    const before = [stored('A', '2019-01-01')];
    expect(periods(after(before, [claim('A', AS_OF)], full))).toEqual(['A 2019-01-01–']);
    expect(periods(after(before, [claim('A', '2024-09-01')], partial))).toEqual(['A 2019-01-01–']);
  });

  test('who has had two contracts that meet keeps both', () => {
    const before = [stored('A', '2019-01-01', '2022-01-01'), stored('A', '2022-01-01')];
    expect(planEmployments(before, [claim('A', '2019-01-01')], full)).toMatchObject({
      inserted: [],
      updated: [],
      removed: [],
    });
  });

  test('whose two employments in a unit shift the day they meet keeps the two', () => {
    const [first, second] = [stored('A', '2019-01-01', '2022-01-01'), stored('A', '2022-01-01')];
    const rows = [claim('A', '2019-01-01', '2022-07-01'), claim('A', '2022-07-01')];
    expect(planEmployments([first, second], rows, full)).toEqual({
      inserted: [],
      updated: [
        { before: first, after: { ...first, until: '2022-07-01' } },
        { before: second, after: { ...second, from: '2022-07-01' } },
      ],
      removed: [],
      unchanged: [],
    });
  });

  test('whose title or duty as manager changes keeps the employment', () => {
    const before = [stored('A', '2019-01-01')];
    const { updated } = planEmployments(
      before,
      [{ ...claim('A', '2019-01-01'), isManager: true, title: 'rektor' }],
      full,
    );
    expect(updated).toEqual([
      { before: before[0], after: { ...before[0], isManager: true, title: 'rektor' } },
    ]);
  });
});

const DAYS = Array.from({ length: 14 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}-01`).map(
  (day) => (day > '2024-12-01' ? `2025-${String(Number(day.slice(5, 7)) - 12).padStart(2, '0')}-01` : day),
);
const ranges = fc
  .tuple(fc.nat(11), fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 12 })))
  .map(([first, length]) => ({
    from: DAYS[first]!,
    until: length === null ? null : DAYS[Math.min(first + length, DAYS.length - 1)]!,
  }));
/** Employments that never overlap in one unit. */
const lists = fc
  .array(fc.tuple(fc.constantFrom('A', 'B', 'C'), ranges, fc.boolean()), { maxLength: 7 })
  .map((drafts) =>
    drafts.reduce<ClaimedEmployment[]>((kept, [unitCode, range, isManager]) => {
      const next = { ...claim(unitCode, range.from, range.until), isManager };
      return kept.some((it) => it.unitCode === unitCode && overlaps(it, next)) ? kept : [...kept, next];
    }, []),
  );
const cases = fc.record({
  before: lists.map((list) => list.map((it, index) => ({ ...it, id: index + 1 }))),
  claims: lists,
  asOf: fc.constantFrom(...DAYS),
  endMissing: fc.boolean(),
});
const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 3000) };
const isThere = (list: readonly ClaimedEmployment[], unitCode: string, day: string) =>
  list.some((it) => it.unitCode === unitCode && covers(it, day));
const EVERYWHERE = ['A', 'B', 'C'].flatMap((unitCode) => DAYS.map((day) => ({ unitCode, day })));

describe('any person', () => {
  test('never has two employments in one unit on the same day', () => {
    fc.assert(
      fc.property(cases, ({ before, claims, ...options }) => {
        const result = after(before, claims, options);
        for (const [index, one] of result.entries()) {
          for (const other of result.slice(index + 1)) {
            expect(one.unitCode === other.unitCode && overlaps(one, other), periods(result).join(' | ')).toBe(
              false,
            );
          }
        }
      }),
      runs,
    );
  });

  test('is unchanged by the same file again', () => {
    fc.assert(
      fc.property(cases, ({ before, claims, ...options }) => {
        const result = after(before, claims, options).map((it, index) => ({ ...it, id: index + 1 }));
        const again = planEmployments(result, claims, options);
        expect({ ...again, unchanged: again.unchanged.length }).toEqual({
          inserted: [],
          updated: [],
          removed: [],
          unchanged: result.length,
        });
      }),
      runs,
    );
  });

  test('works on the day of a complete file where the file says, and nowhere else', () => {
    fc.assert(
      fc.property(cases, ({ before, claims, asOf }) => {
        const result = after(before, claims, { asOf, endMissing: true });
        for (const unitCode of ['A', 'B', 'C']) {
          expect(isThere(result, unitCode, asOf)).toBe(isThere(claims, unitCode, asOf));
        }
      }),
      runs,
    );
  });

  test('loses no day before that of the file unless a row of the unit ends, and gains none that no row claims', () => {
    fc.assert(
      fc.property(cases, ({ before, claims, ...options }) => {
        const result = after(before, claims, options);
        for (const { unitCode, day } of EVERYWHERE) {
          const [was, is] = [isThere(before, unitCode, day), isThere(result, unitCode, day)];
          const rows = claims.filter((it) => it.unitCode === unitCode);
          if (was && !is && day < options.asOf)
            expect(rows.some(({ until }) => until !== null && until <= day)).toBe(true);
          if (!was && is) expect(isThere(rows, unitCode, day)).toBe(true);
        }
      }),
      runs,
    );
  });
});
