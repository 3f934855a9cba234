import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suppress, type CountedUnit } from '#src/features/indicator/suppression.ts';
import { attack, type Guess, type PublishedRow } from '../attack/attack.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);

/** A municipality and its departments, of which `direct` people belong to none. */
function toTree(parts: readonly (readonly [number, number])[], direct: readonly [number, number] = [0, 0]) {
  const sum = (index: 0 | 1) => parts.reduce((total, part) => total + part[index], direct[index]);
  const place = { target: null, directEmployed: 0, directCompleted: 0 };
  return [
    {
      ...{ code: 'K', name: 'K', kind: 'municipality', parentCode: null, depth: 0, target: null },
      ...{ employed: sum(0), completed: sum(1), directEmployed: direct[0], directCompleted: direct[1] },
    },
    ...parts.map(([employed, completed], index) => ({
      ...{ code: `F${index}`, name: `F${index}`, kind: 'department', parentCode: 'K', depth: 1 },
      ...{ ...place, employed, completed },
    })),
  ] as CountedUnit[];
}

const hide = (units: readonly CountedUnit[], codes: readonly string[]): PublishedRow[] =>
  units.map((unit) => {
    const hidden = codes.includes(unit.code);
    return { ...unit, hidden, ...(hidden && { employed: null, completed: null }) };
  });
const asOf = '2026-01-01';
const say = (guesses: readonly Guess[], model: Guess['model']) =>
  guesses.filter((guess) => guess.model === model).map(({ code, key, value }) => `${code} ${key} ${value}`);

describe('the attacker', () => {
  test('finds a unit that is hidden alone', () => {
    const rows = hide(
      toTree([
        [8, 3],
        [60, 30],
      ]),
      ['F0'],
    );
    expect(say(attack([{ asOf, rows }]), 'nobody above')).toEqual(['F0 employed 8', 'F0 completed 3']);
  });

  test('finds that nobody, or everybody, has completed in any of the hidden units', () => {
    const none = hide(
      toTree([
        [8, 0],
        [12, 0],
        [60, 30],
      ]),
      ['F0', 'F1'],
    );
    expect(say(attack([{ asOf, rows: none }]), 'sums')).toEqual(['F0 completed 0', 'F1 completed 0']);
    const all = hide(
      toTree([
        [8, 8],
        [12, 12],
        [60, 30],
      ]),
      ['F0', 'F1'],
    );
    expect(say(attack([{ asOf, rows: all }]), 'sums')).toEqual(['F0 outcome 100', 'F1 outcome 100']);
  });

  test('finds a unit whose hidden sibling is shown the day after', () => {
    const units = toTree([
      [8, 3],
      [12, 6],
      [60, 30],
    ]);
    const days = [
      { asOf, rows: hide(units, ['F0', 'F1']) },
      { asOf: '2026-01-02', rows: hide(units, ['F0', 'F2']) },
    ];
    expect(say(attack(days), 'neighbours').slice(0, 2)).toEqual(['F0 employed 8', 'F0 completed 3']);
  });
});

describe('what is hidden', () => {
  const size = fc.oneof(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 10, max: 60 }));
  const anyPart = fc
    .tuple(size, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([employed, share]): [number, number] => [employed, Math.round(employed * share)]);
  /** One to four of a kind, mostly at the limits. */
  const smallPart = fc
    .tuple(fc.integer({ min: 10, max: 49 }), fc.constantFrom(0, 1, 1, 2, 4, 4), fc.boolean())
    .map(([employed, few, isMost]): [number, number] => [employed, isMost ? employed - few : few]);
  const part = fc.oneof(anyPart, smallPart);
  const departments = fc.array(part, { minLength: 2, maxLength: 6 });

  const find = (parts: readonly [number, number][], model: Guess['model']) => {
    const units = toTree(parts);
    const truth = new Map(units.map((unit) => [unit.code, unit]));
    const guesses = attack([{ asOf, rows: suppress(units) }]);
    return say(
      guesses.filter(({ code, isOfShown }) => !isOfShown && truth.get(code)!.employed > 0),
      model,
    );
  };

  test('cannot be worked out from sums, for any departments', () => {
    fc.assert(
      fc.property(departments, (parts) => {
        expect(find(parts, 'sums')).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each([
    [
      'one each',
      [
        [29, 1],
        [30, 1],
        [20, 10],
        [25, 10],
      ],
    ],
    [
      'four each',
      [
        [33, 4],
        [39, 4],
        [25, 6],
        [26, 7],
      ],
    ],
    [
      'nine people each',
      [
        [10, 0],
        [9, 0],
        [9, 0],
      ],
    ],
    [
      'nine people, and a sibling as large as the smallest shown',
      [
        [14, 0],
        [14, 0],
        [9, 0],
        [14, 0],
      ],
    ],
  ] as [string, [number, number][]][])('cannot be worked out by one who knows the rule: %s', (_, parts) => {
    expect(find(parts, 'rules')).toEqual([]);
  });

  test('cannot be worked out by one who knows the rule, in three thousand municipalities', () => {
    const found = fc
      .sample(departments, { seed: 7, numRuns: 3000 })
      .filter((parts) => find(parts, 'rules').length > 0);
    expect(found).toEqual([]);
  });
});
