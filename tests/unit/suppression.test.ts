import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSmallGroup, showAll, suppress, type CountedUnit } from '#src/features/indicator/suppression.ts';

/** A tree by what is counted in each unit itself. */
interface Plan {
  employed: number;
  completed: number;
  children: readonly Plan[];
}

const figures = fc
  .tuple(
    fc.oneof(fc.nat(9), fc.integer({ min: 10, max: 49 }), fc.integer({ min: 50, max: 90 })),
    fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  )
  .map(([employed, share]) => ({ employed, completed: Math.round(employed * share) }));

const plans: fc.Arbitrary<Plan> = fc.letrec<{ tree: Plan }>((tie) => ({
  tree: fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant({ employed: 0, completed: 0 }) },
        { weight: 2, arbitrary: figures },
      ),
      figures,
      fc.oneof(
        { maxDepth: 3, depthIdentifier: 'tree' },
        fc.constant([]),
        fc.array(tie('tree'), { minLength: 1, maxLength: 6, depthIdentifier: 'tree' }),
      ),
    )
    .map(([direct, alone, children]) => ({ ...(children.length > 0 ? direct : alone), children })),
})).tree;

function toUnits(plan: Plan, parentCode: string | null = null, code = 'K', depth = 0): CountedUnit[] {
  const below = plan.children.map((child, index) => toUnits(child, code, `${code}.${index}`, depth + 1));
  const children = below.flatMap(([child]) => (child ? [child] : []));
  const sum = (key: 'employed' | 'completed') =>
    children.reduce((total, child) => total + child[key], plan[key]);
  const unit: CountedUnit = {
    code,
    name: code,
    kind: 'team',
    parentCode,
    depth,
    target: 50,
    employed: sum('employed'),
    completed: sum('completed'),
    directEmployed: plan.employed,
    directCompleted: plan.completed,
  };
  return [unit, ...below.flat()];
}

const trees = plans.map((plan) => toUnits(plan));
const leaf = (employed: number, completed: number): Plan => ({ employed, completed, children: [] });
const hiddenCodes = (units: CountedUnit[], visible: string[] = []) =>
  suppress(units, visible)
    .filter(({ hidden }) => hidden)
    .map(({ code }) => code);
const parent = (children: Plan[], direct = leaf(0, 0)) => toUnits({ ...direct, children });

describe('small groups', () => {
  test.each([
    [0, 0, true],
    [9, 9, true],
    [10, 0, false],
    [10, 10, false],
    [10, 5, false],
    [10, 6, true],
    [12, 4, true],
    [49, 1, true],
    [49, 48, true],
    [49, 5, false],
    [50, 1, false],
    [50, 49, false],
  ])('%i people, %i completed: hidden %s', (employed, completed, isHidden) => {
    expect(isSmallGroup(employed, completed)).toBe(isHidden);
  });
});

describe('suppression by example', () => {
  test('with one small unit the smallest other one is hidden too', () => {
    expect(hiddenCodes(parent([leaf(8, 4), leaf(60, 30), leaf(80, 40)]))).toEqual(['K.0', 'K.1']);
  });

  test('two small units with ten people together need no more', () => {
    expect(hiddenCodes(parent([leaf(8, 6), leaf(9, 3), leaf(80, 40)]))).toEqual(['K.0', 'K.1']);
  });

  test('two small units with nine people together take a third with them', () => {
    expect(hiddenCodes(parent([leaf(4, 2), leaf(5, 2), leaf(60, 30), leaf(80, 40)]))).toEqual([
      'K.0',
      'K.1',
      'K.2',
    ]);
  });

  test('what can be worked out of the hidden ones together is no small group either', () => {
    const units = parent([leaf(8, 2), leaf(12, 0), leaf(30, 15), leaf(80, 40)]);
    expect(hiddenCodes(units)).toEqual(['K.0', 'K.1', 'K.2']);
  });

  test('a manager alone above her teams is protected by the smallest team', () => {
    expect(hiddenCodes(parent([leaf(20, 10), leaf(60, 30)], leaf(1, 1)))).toEqual(['K.0']);
  });

  test('a hidden unit is never alone, though those above the teams would cover for it', () => {
    const units = parent([leaf(12, 2), leaf(60, 30), leaf(80, 40)], leaf(30, 15));
    expect(hiddenCodes(units)).toEqual(['K.0', 'K.1']);
  });

  test('a large group of its own above the teams hides nothing', () => {
    expect(hiddenCodes(parent([leaf(20, 10), leaf(60, 30)], leaf(20, 10)))).toEqual([]);
  });

  test('a unit without people is hidden but hides no others', () => {
    expect(hiddenCodes(parent([leaf(0, 0), leaf(60, 30), leaf(80, 40)]))).toEqual(['K.0']);
  });

  test('everything below a hidden unit is hidden', () => {
    const big = { ...leaf(0, 0), children: [leaf(50, 20), leaf(50, 20)] };
    expect(hiddenCodes(parent([leaf(8, 4), big, leaf(200, 100)]))).toEqual(['K.0', 'K.1', 'K.1.0', 'K.1.1']);
  });

  test('a municipality that is too small shows nothing', () => {
    expect(hiddenCodes(parent([leaf(4, 2), leaf(5, 2)]))).toEqual(['K', 'K.0', 'K.1']);
  });

  test('a manager sees her own unit and those below in full, and nothing else', () => {
    const units = parent([{ ...leaf(1, 1), children: [leaf(5, 2)] }, leaf(7, 4), leaf(80, 40)]);
    expect(hiddenCodes(units)).toEqual(['K.0', 'K.0.0', 'K.1']);
    expect(hiddenCodes(units, ['K.0'])).toEqual(['K.1']);
    expect(suppress(units, ['K.0'])[1]).toMatchObject({
      hidden: false,
      employed: 6,
      completed: 3,
      outcome: 50,
    });
  });
});

describe('suppression of any tree', () => {
  const check = (property: (units: CountedUnit[], hidden: Set<string>) => void) =>
    fc.assert(
      fc.property(trees, (units) => property(units, new Set(hiddenCodes(units)))),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000) },
    );

  test('hides every small group and everything below what is hidden', () => {
    check((units, hidden) => {
      for (const { code, parentCode, employed, completed } of units) {
        if (isSmallGroup(employed, completed)) expect(hidden).toContain(code);
        if (parentCode !== null && hidden.has(parentCode)) expect(hidden).toContain(code);
      }
    });
  });

  test('leaves nothing to be worked out about a small group from its parent and siblings', () => {
    check((units, hidden) => {
      for (const above of units.filter(({ code }) => !hidden.has(code))) {
        const children = units.filter(({ parentCode }) => parentCode === above.code);
        const shown = children.filter(({ code }) => !hidden.has(code));
        if (shown.length === 0) continue;
        const unseen = children.filter(({ code, employed }) => hidden.has(code) && employed > 0);
        const hasSmall = unseen.some(({ employed, completed }) => isSmallGroup(employed, completed));
        const hasSmallDirect =
          above.directEmployed > 0 && isSmallGroup(above.directEmployed, above.directCompleted);
        if (!hasSmall && !hasSmallDirect) {
          expect(unseen).toEqual([]);
          continue;
        }
        expect(unseen.length).toBeGreaterThanOrEqual(hasSmall ? 2 : 1);
        expect(unseen.reduce((sum, { employed }) => sum + employed, 0)).toBeGreaterThanOrEqual(10);
        const left = (key: 'employed' | 'completed') =>
          shown.reduce((rest, unit) => rest - unit[key], above[key]);
        expect(isSmallGroup(left('employed'), left('completed'))).toBe(false);
      }
    });
  });

  test('hides nothing where every group is large', () => {
    check((units, hidden) => {
      const groups = units.flatMap((unit) => [
        [unit.employed, unit.completed] as const,
        ...(unit.directEmployed > 0 ? [[unit.directEmployed, unit.directCompleted] as const] : []),
      ]);
      if (groups.every(([employed, completed]) => !isSmallGroup(employed, completed)))
        expect([...hidden]).toEqual([]);
    });
  });

  test('leaves no figure on a hidden row, and the right ones on the others', () => {
    check((units) => {
      const all = showAll(units);
      suppress(units).forEach((row, index) => {
        const { employed, completed, outcome, hidden, ...place } = row;
        if (hidden) expect([employed, completed, outcome]).toEqual([null, null, null]);
        else expect(row).toEqual(all[index]);
        expect(all[index]).toMatchObject(place);
      });
    });
  });

  test('does not depend on the order of siblings', () => {
    fc.assert(
      fc.property(trees, fc.infiniteStream(fc.nat(1_000_000)), (units, chance) => {
        const mixed = units
          .map((unit) => ({ unit, at: chance.next().value as number }))
          .sort((a, b) => a.unit.depth - b.unit.depth || a.at - b.at)
          .map(({ unit }) => unit);
        expect(hiddenCodes(mixed).toSorted()).toEqual(hiddenCodes(units).toSorted());
      }),
      { numRuns: 300 },
    );
  });
});
