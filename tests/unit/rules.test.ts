import { describe, expect, test } from 'vitest';
import type { Rule } from '#db/queries/required.ts';
import type { AudienceCount, Concerned, StoredRequirement } from '#db/queries/rules.ts';
import type { CountedUnit } from '#src/features/indicator/suppression.ts';
import {
  applyPlan,
  dayToCount,
  firstDayWithout,
  planChange,
  rulesOn,
  type RequirementChange,
} from '#src/features/rules/requirements.ts';
import { changeSchema, fieldsOf } from '#src/features/rules/requirements.schema.ts';
import { inheritedTarget } from '#src/features/rules/targets.ts';
import { targetFormSchema } from '#src/features/rules/targets.schema.ts';
import { versionFormSchema } from '#src/features/rules/versions.schema.ts';
import { reasonText, waiverFormSchema } from '#src/features/rules/waivers.schema.ts';
import { describeWhatIf } from '#src/features/rules/what-if.ts';
import { addDays } from '#src/lib/clock.ts';
import { errorsByField } from '#src/lib/form-errors.ts';

const TODAY = '2026-06-15';
const rule: Rule = {
  moduleSlug: 'grundkurs',
  unitId: null,
  audience: 'all',
  titles: null,
  validityMonths: null,
};
const stored = (
  id: number,
  from: string | null,
  until: string | null,
  more: Partial<Rule> = {},
): StoredRequirement => ({
  ...rule,
  ...more,
  id,
  from,
  until,
});

function plan(list: StoredRequirement[], change: RequirementChange) {
  const planned = planChange(list, change, TODAY);
  if (planned.kind === 'problem') return planned.problem;
  return { ...planned.plan, after: applyPlan(list, planned.plan) };
}

function periods(planned: ReturnType<typeof plan>) {
  if (typeof planned === 'string') return planned;
  return planned.after.map(({ from, until, validityMonths }) => [from, until, validityMonths]);
}

describe('A change of the requirements', () => {
  test('adds one beside those there are', () => {
    const add = {
      kind: 'add',
      rule: { ...rule, unitId: 7 },
      from: '2026-07-01',
      until: null,
      note: null,
    } as const;
    expect(periods(plan([stored(1, null, null)], add))).toEqual([
      [null, null, null],
      ['2026-07-01', null, null],
    ]);
  });

  test('is refused where the same is required already all that time', () => {
    const add = { kind: 'add', rule, from: '2026-07-01', until: '2027-01-01', note: null } as const;
    expect(plan([stored(1, null, null)], add)).toBe('twice');
    expect(plan([stored(1, null, '2026-12-01')], add)).not.toBe('twice');
    expect(plan([stored(1, null, null, { validityMonths: 12 })], add)).not.toBe('twice');
  });

  test('ends one, not before it began and not later than it ends', () => {
    const list = [stored(1, '2025-01-01', '2027-01-01')];
    expect(periods(plan(list, { kind: 'end', id: 1, until: '2026-07-01' }))).toEqual([
      ['2025-01-01', '2026-07-01', null],
    ]);
    expect(plan(list, { kind: 'end', id: 1, until: '2025-01-01' })).toBe('ends-before-it-begins');
    expect(plan(list, { kind: 'end', id: 1, until: '2027-01-01' })).toBe('ends-already');
    expect(plan(list, { kind: 'end', id: 2, until: '2026-07-01' })).toBe('unknown');
  });

  test('takes away one that has not begun, and no other', () => {
    const list = [stored(1, TODAY, null), stored(2, '2026-06-16', null), stored(3, null, null)];
    expect(plan(list, { kind: 'remove', id: 1 })).toBe('has-begun');
    expect(plan(list, { kind: 'remove', id: 3 })).toBe('has-begun');
    expect(periods(plan(list, { kind: 'remove', id: 2 }))).toHaveLength(2);
  });

  test('of validity ends one and begins another the same day, without a gap', () => {
    const list = [stored(1, null, '2028-01-01')];
    const change = { kind: 'validity', id: 1, from: '2026-09-01', validityMonths: 36, note: null } as const;
    expect(periods(plan(list, change))).toEqual([
      [null, '2026-09-01', null],
      ['2026-09-01', '2028-01-01', 36],
    ]);
    expect(plan(list, { ...change, validityMonths: null })).toBe('same-validity');
    expect(plan(list, { ...change, from: '2028-01-01' })).toBe('not-in-force');
  });

  test('of validity replaces one that has not begun', () => {
    const list = [stored(1, '2026-08-01', null)];
    const change = { kind: 'validity', id: 1, from: '2026-07-01', validityMonths: 36, note: null } as const;
    expect(periods(plan(list, change))).toEqual([['2026-08-01', null, 36]]);
    expect(plan([stored(1, '2026-06-01', null)], { ...change, from: '2026-06-01' })).toBe('not-in-force');
  });

  test('is counted on the day it begins, today when that has been, and on the last day of what is over', () => {
    const dayOf = (change: RequirementChange) => {
      const planned = planChange([stored(1, null, null)], change, TODAY);
      return planned.kind === 'plan' && dayToCount(planned.plan, TODAY, (day) => addDays(day, -1));
    };
    const add = { kind: 'add', rule: { ...rule, unitId: 7 }, note: null } as const;
    expect(dayOf({ ...add, from: '2026-07-01', until: null })).toBe('2026-07-01');
    expect(dayOf({ ...add, from: '2026-01-01', until: null })).toBe(TODAY);
    expect(dayOf({ ...add, from: '2025-01-01', until: '2026-01-01' })).toBe('2025-12-31');
    expect(dayOf({ kind: 'end', id: 1, until: '2026-08-01' })).toBe('2026-08-01');
  });
});

describe('The days without any requirement', () => {
  test('begin where the last one ends', () => {
    expect(firstDayWithout([], TODAY)).toBe(TODAY);
    expect(firstDayWithout([stored(1, null, null)], TODAY)).toBe(null);
    expect(firstDayWithout([stored(1, null, '2027-01-01')], TODAY)).toBe('2027-01-01');
    expect(firstDayWithout([stored(1, null, '2027-01-01'), stored(2, '2027-01-01', null)], TODAY)).toBe(null);
    expect(firstDayWithout([stored(1, null, '2027-01-01'), stored(2, '2027-01-02', null)], TODAY)).toBe(
      '2027-01-01',
    );
  });

  test('are those on which no rule applies', () => {
    const list = [stored(1, '2026-01-01', '2026-06-15'), stored(2, '2026-06-16', null)];
    expect(['2026-06-14', '2026-06-15', '2026-06-16'].map((day) => rulesOn(list, day).length)).toEqual([
      1, 0, 1,
    ]);
  });
});

const unit = (code: string, parentCode: string | null, employed: number, completed: number): CountedUnit => ({
  code,
  name: code,
  kind: parentCode === null ? 'municipality' : 'department',
  parentCode,
  depth: parentCode === null ? 0 : 1,
  target: null,
  employed,
  completed,
  directEmployed: 0,
  directCompleted: 0,
});
const concerned = (code: string, changed: number, lacking: number): Concerned => ({
  code,
  changed,
  added: changed,
  removed: 0,
  lacking,
});
const audienceOf = (code: string, people: number, having: number, title = ''): AudienceCount => ({
  code,
  title,
  people,
  having,
  directPeople: 0,
  directHaving: 0,
});

describe('What a change means', () => {
  const before = [
    unit('M', null, 300, 150),
    unit('A', 'M', 100, 50),
    unit('B', 'M', 100, 50),
    unit('C', 'M', 100, 50),
  ];
  const facts = { day: TODAY, before, unitCode: null };

  test('is shown per department where all groups are large', () => {
    const after = [unit('M', null, 300, 90), ...['A', 'B', 'C'].map((code) => unit(code, 'M', 100, 30))];
    const whatIf = describeWhatIf({
      ...facts,
      after,
      concerned: [concerned('M', 150, 60), ...['A', 'B', 'C'].map((code) => concerned(code, 50, 20))],
      audience: [audienceOf('M', 150, 90), ...['A', 'B', 'C'].map((code) => audienceOf(code, 50, 30))],
    });
    expect(whatIf.isHidden).toBe(false);
    expect(whatIf.added).toBe(150);
    expect(
      whatIf.rows.map(({ before: was, after: next, lacking }) => [was.outcome, next.outcome, lacking]),
    ).toEqual([
      [50, 30, 60],
      [50, 30, 20],
      [50, 30, 20],
      [50, 30, 20],
    ]);
  });

  test('is hidden, with the number of people, when it is about a few', () => {
    const after = [unit('M', null, 300, 149), unit('A', 'M', 100, 49), ...before.slice(2)];
    const whatIf = describeWhatIf({
      ...facts,
      after,
      concerned: [concerned('M', 1, 1), concerned('A', 1, 1)],
      audience: [audienceOf('M', 1, 0), audienceOf('A', 1, 0)],
    });
    expect(whatIf.isHidden).toBe(true);
    expect(whatIf.added).toBe(null);
    expect(whatIf.rows.map(({ after: next, lacking }) => [next.outcome, lacking])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ]);
  });

  test('hides a department with a few, and another from which it could be worked out', () => {
    const after = [
      unit('M', null, 300, 118),
      unit('A', 'M', 100, 38),
      unit('B', 'M', 100, 48),
      unit('C', 'M', 100, 32),
    ];
    const whatIf = describeWhatIf({
      ...facts,
      after,
      concerned: [
        concerned('M', 80, 32),
        concerned('A', 30, 12),
        concerned('B', 5, 2),
        concerned('C', 45, 18),
      ],
      audience: null,
    });
    const shown = whatIf.rows.filter(({ after: next }) => !next.hidden).map(({ before: was }) => was.code);
    expect(shown).toEqual(['M', 'C']);
  });

  test('is hidden when one of the kinds of work has so few that trying it alone would tell of them', () => {
    const after = [unit('M', null, 300, 130), unit('A', 'M', 100, 30), ...before.slice(2)];
    const change = { ...facts, after, concerned: [concerned('M', 41, 20), concerned('A', 41, 20)] };
    const teachers = [audienceOf('M', 40, 20, 'lärare'), audienceOf('A', 40, 20, 'lärare')];
    expect(describeWhatIf({ ...change, audience: teachers }).isHidden).toBe(false);
    const head = [audienceOf('M', 1, 0, 'rektor'), audienceOf('A', 1, 0, 'rektor')];
    expect(describeWhatIf({ ...change, audience: [...teachers, ...head] }).isHidden).toBe(true);
  });
});

describe('The form of a requirement', () => {
  const ask = (query: string) => changeSchema.safeParse(fieldsOf(new URLSearchParams(query)));
  const faults = (query: string) => {
    const parsed = ask(query);
    return parsed.success ? [] : Object.keys(errorsByField(parsed.error));
  };
  const good =
    'atgard=nytt&kurs=grundkurs&enhet=Skolan+(SK-1)&for=alla&fran=2026-07-01&till=2026-12-31&manader=36';

  test('is read with the unit by its code and the day after the last', () => {
    expect(ask(good).data).toMatchObject({
      enhet: 'SK-1',
      for: 'all',
      till: '2027-01-01',
      manader: 36,
      befattning: [],
    });
    expect(ask(good.replace('Skolan+(SK-1)', '')).data).toMatchObject({ enhet: null });
  });

  test('tells what is wrong at the field', () => {
    expect(faults(good.replace('fran=2026-07-01', 'fran=2026-02-30'))).toEqual(['fran']);
    expect(faults(good.replace('manader=36', 'manader=0'))).toEqual(['manader']);
    expect(faults(good.replace('manader=36', 'manader=121'))).toEqual(['manader']);
    expect(faults(good.replace('for=alla', 'for=befattningar'))).toEqual(['befattning']);
    expect(faults(`${good}&befattning=rektor`)).toEqual(['for']);
    expect(faults(good.replace('for=alla', 'for=nagra'))).toEqual(['for']);
    expect(faults('atgard=avsluta&krav=1&sista=')).toEqual(['sista']);
    expect(faults('atgard=ta-bort&krav=x')).toEqual(['krav']);
  });
});

describe('The form of a target', () => {
  const read = (mal: string) => targetFormSchema.safeParse({ enhet: 'SK', ar: '2026', mal }).data?.mal;

  test.each([
    ['80', 80],
    ['62,5', 62.5],
    ['62.5 %', 62.5],
    ['100', 100],
    ['0', 0],
    ['100,1', undefined],
    ['-1', undefined],
    ['12,34', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, percent) => {
    expect(read(text)).toBe(percent);
  });

  test('shows what a unit inherits from the nearest above', () => {
    const units = [unit('M', null, 1, 1), { ...unit('A', 'M', 1, 1) }, { ...unit('T', 'A', 1, 1), depth: 2 }];
    const targets = [
      { code: 'M', year: 2026, percent: 80 },
      { code: 'T', year: 2026, percent: 95 },
      { code: 'A', year: 2025, percent: 90 },
    ];
    expect(inheritedTarget(units, targets, 'T', 2026)).toEqual({ percent: 80, unit: 'M' });
    expect(inheritedTarget(units, targets, 'T', 2025)).toEqual({ percent: 90, unit: 'A' });
    expect(inheritedTarget(units, targets, 'M', 2026)).toBe(null);
  });
});

describe('The form of a waiver', () => {
  const good = {
    anstnr: ' 1001 ',
    kurs: 'grundkurs',
    fran: '2026-06-15',
    till: '2028-06-14',
    skal: 'foraldraledig',
    text: '',
  };
  const faults = (change: Partial<typeof good>) => {
    const parsed = waiverFormSchema(TODAY).safeParse({ ...good, ...change });
    return parsed.success ? [] : Object.keys(errorsByField(parsed.error));
  };

  test('takes 24 months and not a day more', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ till: '2028-06-15' })).toEqual(['till']);
  });

  test('asks for days in order, not over, and a reason in words only where it is another', () => {
    expect(faults({ till: '2026-06-14' })).toEqual(['till']);
    expect(faults({ fran: '2027-01-01', till: '2026-12-31' })).toEqual(['till']);
    expect(faults({ fran: '2024-06-14', till: '2026-06-15' })).toEqual(['fran', 'till']);
    expect(faults({ skal: 'annat' })).toEqual(['text']);
    expect(faults({ text: 'långt borta' })).toEqual(['text']);
    expect(faults({ skal: 'annat', text: 'x'.repeat(201) })).toEqual(['text']);
    expect(reasonText('annat', 'Fackligt uppdrag')).toBe('Annat: Fackligt uppdrag');
  });
});

describe('The form of a version that is a new requirement', () => {
  const read = (form: Record<string, string>) =>
    versionFormSchema(TODAY).safeParse({ version: '3', skal: 'Ny lag', ...form });

  test('takes a last day or a number of months, and one of them', () => {
    expect(read({ till: '2027-01-31' }).data?.until).toBe('2027-01-31');
    expect(read({ manader: '6' }).data?.until).toBe('2026-12-15');
    expect(read({}).success).toBe(false);
    expect(read({ till: '2027-01-31', manader: '6' }).success).toBe(false);
    expect(read({ till: '2026-06-14' }).success).toBe(false);
    expect(read({ manader: '6', skal: ' ' }).success).toBe(false);
  });
});
