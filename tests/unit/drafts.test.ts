import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factTasks, measureModule, moduleTasks, stateOf } from '#src/features/desk/desk.ts';
import { factsInUse, nextReview } from '#src/features/desk/next-review.ts';
import type { Body } from '#src/features/documents/body.ts';
import { moduleSlugSchema, sectionSlugSchema } from '#src/features/documents/document.schema.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { slugFor } from '#src/features/editorial/drafts.ts';
import { canonicalJson } from '#src/features/documents/canonical-json.ts';
import { isSame, mergeContent, mergeLists } from '#src/features/editorial/merge.ts';
import { compareLines } from '#src/features/publishing/document-changes.ts';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };
const free = () => false;

describe('The address of a title', () => {
  test.each([
    ['Vad menas med ”heder”?', 'vad-menas-med-heder'],
    ['Åtgärder för äldre öbor', 'atgarder-for-aldre-obor'],
    ['  Café – och é  ', 'cafe-och-e'],
    ['2021 års lag', 'avsnitt-2021-ars-lag'],
    ['???', 'avsnitt'],
  ])('%s is %s', (title, slug) => expect(slugFor(title, 'avsnitt', free)).toBe(slug));

  test('gets a number when it is taken', () => {
    const taken = new Set(['heder', 'heder-2']);
    expect(slugFor('Heder', 'avsnitt', (slug) => taken.has(slug))).toBe('heder-3');
  });

  test('is one that a module and a section may have, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (title) => {
        const isTaken = (slug: string) =>
          !moduleSlugSchema.safeParse(slug).success || !sectionSlugSchema.safeParse(slug).success;
        expect(slugFor(title, 'avsnitt', isTaken)).toMatch(/^[a-z][a-z0-9-]*$/);
      }),
      RUNS,
    );
    const isRefused = (slug: string) => !sectionSlugSchema.safeParse(slug).success;
    expect(slugFor('Kunskapskontroll', 'avsnitt', isRefused)).toBe('kunskapskontroll-2');
  });
});

/** A list, and two lists made from it by taking items away, putting some in and changing some. */
const item = fc.integer({ min: 0, max: 9 }).map((number) => ({ text: `${number}` }));
const list = fc.array(item, { maxLength: 8 });
const changed = (from: readonly unknown[], who: string) =>
  fc
    .array(fc.tuple(fc.nat({ max: 8 }), fc.constantFrom('add', 'remove', 'change'), fc.nat({ max: 99 })), {
      maxLength: 4,
    })
    .map((steps) => {
      const items = [...from];
      for (const [place, kind, number] of steps) {
        const own = { text: `${who}${number}` };
        if (kind === 'add') items.splice(place, 0, own);
        else if (place < items.length) items.splice(place, 1, ...(kind === 'change' ? [own] : []));
      }
      return items;
    });
const edits = list.chain((base) => fc.tuple(fc.constant(base), changed(base, 'a'), changed(base, 'b')));

/** How often each item stands in a list. */
function counts(items: readonly unknown[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of items) found.set(canonicalJson(one), (found.get(canonicalJson(one)) ?? 0) + 1);
  return found;
}

describe('Two changes to the same text', () => {
  test('that concern different paragraphs are both made', () => {
    expect(mergeLists(['a', 'b', 'c'], ['a', 'B', 'c'], ['a', 'b', 'C', 'd'])).toEqual(['a', 'B', 'C', 'd']);
    expect(mergeLists(['a', 'b'], ['b'], ['a', 'b', 'c'])).toEqual(['b', 'c']);
    expect(mergeLists(['a', 'b'], ['x', 'a', 'b'], ['A', 'b'])).toEqual(['x', 'A', 'b']);
  });

  test.each([
    ['change the same paragraph', ['a', 'b'], ['a', 'B'], ['a', 'β']],
    ['put something in at the same place', ['a', 'b'], ['a', 'x', 'b'], ['a', 'y', 'b']],
    ['take a paragraph away and change it', ['a', 'b'], ['a'], ['a', 'B']],
  ])('that %s need somebody to choose', (_, base, mine, theirs) => {
    expect(mergeLists(base, mine, theirs)).toBeNull();
  });

  test('that say the same are one', () => {
    expect(mergeLists(['a', 'b'], ['a', 'x', 'b'], ['a', 'x', 'b'])).toEqual(['a', 'x', 'b']);
  });

  test('lose nothing that either wrote, whichever comes first', () => {
    let merges = 0;
    fc.assert(
      fc.property(edits, ([base, mine, theirs]) => {
        const merged = mergeLists(base, mine, theirs);
        expect(mergeLists(base, theirs, mine)).toEqual(merged);
        if (merged === null) return;
        merges += 1;
        const [had, has] = [counts(base), counts(merged)];
        for (const own of [counts(mine), counts(theirs)])
          for (const [text, count] of own)
            if (count > (had.get(text) ?? 0) && !had.has(text)) expect(has.get(text) ?? 0).toBeGreaterThan(0);
        // And nothing stands in it that nobody has written.
        const known = new Set([...counts(mine).keys(), ...counts(theirs).keys()]);
        for (const text of has.keys()) expect(known).toContain(text);
      }),
      RUNS,
    );
    expect(merges).toBeGreaterThan(RUNS.numRuns / 5);
  });

  test('of whom one has changed nothing are the other’s', () => {
    fc.assert(
      fc.property(edits, ([base, mine]) => {
        expect(mergeLists(base, mine, base)).toEqual(mine);
        expect(mergeLists(base, base, mine)).toEqual(mine);
        expect(mergeLists(base, mine, mine)).toEqual(mine);
      }),
      RUNS,
    );
  });

  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
  const section = (title: string, sources: string[], ...texts: string[]) => ({
    meta: { title, minutes: 5, lead: '', sources },
    body: { type: 'doc', content: texts.map(paragraph) },
  });

  test('of a section are put together field by field and paragraph by paragraph', () => {
    const base = section('Titel', ['p1'], 'ett', 'två');
    const mine = section('Ny titel', ['p1'], 'ett', 'TVÅ');
    const theirs = section('Titel', ['p1', 'u3'], 'ett', 'två', 'tre');
    const both = section('Ny titel', ['p1', 'u3'], 'ett', 'TVÅ', 'tre');
    expect(mergeContent('avsnitt/x', base, mine, theirs)).toEqual(both);
    const alsoTitled = section('Annan titel', ['p1'], 'ett', 'två');
    expect(mergeContent('avsnitt/x', base, mine, alsoTitled)).toBeNull();
  });

  test('of a field that may be missing are made', () => {
    const base = section('Titel', []);
    const noted = { ...base, meta: { ...base.meta, contentNote: 'Tungt' } };
    const renamed = { ...base, meta: { ...base.meta, title: 'Ny' } };
    const both = { ...base, meta: { ...base.meta, contentNote: 'Tungt', title: 'Ny' } };
    expect(mergeContent('modul', base, noted, renamed)).toEqual(both);
    expect(mergeContent('modul', noted, base, { ...both })).toEqual(renamed);
  });

  test('of questions and facts are never put together by themselves', () => {
    expect(mergeContent('kunskapskontroll', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 })).toBeNull();
    expect(mergeContent('laws/sol', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 })).toBeNull();
  });

  test('are the same whatever order their fields came in', () => {
    expect(isSame({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
  });
});

describe('Two versions compared', () => {
  test('tell every word that is gone and every word that is new', () => {
    const words = fc.array(
      fc.array(fc.constantFrom('ett', 'två', 'tre', 'fyra'), { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = (lines: string[][]) => lines.map((line) => line.join(' '));
        const changes = compareLines(text(before), text(after)).flat();
        const said = (kind: string) =>
          changes.filter((piece) => piece.kind === kind).flatMap((piece) => piece.text.match(/\S+/g) ?? []);
        const total = (lines: string[][]) => lines.flat().length;
        // What is not told is in both.
        expect(total(after) - total(before)).toBe(said('added').length - said('removed').length);
      }),
      RUNS,
    );
  });
});

const checked = (id: string, on: string) => ({
  id,
  sources: ['p1'],
  status: 'verified' as const,
  checked: on,
});
const facts: Facts = {
  laws: [
    { ...checked('sol', '2026-05-01'), short: 'SoL', title: 'Socialtjänstlagen', text: 'Text' },
    { ...checked('gammal', '2025-01-01'), short: 'Gammal lag', title: 'Lagen', text: 'Text' },
  ],
  contacts: [],
  figures: [
    { ...checked('tal', '2026-05-01'), status: 'unverified', value: '1', label: 'Ett tal', year: '2025' },
  ],
  sources: [],
  words: [],
};
const law = (id: string) => ({ type: 'law' as const, attrs: { id } });
const text = (words: string) => ({
  type: 'paragraph' as const,
  content: [{ type: 'text' as const, text: words }],
});
const bodyOf = (...content: Body['content']): Body => ({ type: 'doc', content });
const moduleWith = (intro: Body, body: Body): ModuleDocument => ({
  slug: 'prov',
  kind: 'fordjupning',
  meta: {
    title: 'Prov',
    position: 1,
    audience: 'Alla',
    minutes: 5,
    lead: '',
    goals: [],
    summary: [],
    sources: [],
  },
  intro,
  sections: [{ slug: 'ett', meta: { title: 'Ett', minutes: 1, lead: '', sources: [] }, body }],
  quiz: { passMark: 0.8, questions: [] },
  discussion: null,
});

describe('The day of the next review', () => {
  const published = new Date('2026-03-01T10:00:00Z');

  test('is twelve months after publication', () => {
    expect(nextReview(published, [], facts)).toBe('2027-03-01');
  });

  test('is earlier when the check of a fact on the page gets old before', () => {
    expect(nextReview(published, [{ kind: 'laws', id: 'sol' }], facts)).toBe('2026-11-01');
    expect(nextReview(published, [{ kind: 'laws', id: 'finns-inte' }], facts)).toBe('2027-03-01');
  });

  test('counts facts wherever they stand', () => {
    const box = { type: 'factBox' as const, attrs: { title: 'Ruta' }, content: [law('sol')] };
    const choice = {
      type: 'choice' as const,
      attrs: { text: 'Val', verdict: 'good' as const },
      content: [law('gammal')],
    };
    const scene = { type: 'case' as const, attrs: { title: 'Fall' }, content: [text('Scen'), choice] };
    expect(factsInUse(moduleWith(bodyOf(law('sol')), bodyOf(box, scene)))).toEqual([
      { kind: 'laws', id: 'sol' },
      { kind: 'laws', id: 'gammal' },
    ]);
  });
});

describe('The desk', () => {
  const document = moduleWith(bodyOf(law('sol'), law('borta')), bodyOf(law('gammal')));
  const module = (publishedAt: string, own = document) =>
    measureModule(
      { slug: 'prov', title: 'Prov', version: 1, publishedAt: new Date(publishedAt), document: own },
      facts,
    );

  test('lists facts that are unknown, may not be shown or were checked too long ago, with their modules; those without together', () => {
    const tasks = factTasks([module('2026-03-01T10:00:00Z')], facts, '2026-06-01');
    expect(tasks).toEqual([
      { kind: 'unknown', fact: { kind: 'laws', id: 'borta' }, modules: ['Prov'] },
      {
        kind: 'stale',
        fact: { kind: 'laws', id: 'gammal' },
        name: 'Gammal lag',
        since: '2025-07-01',
        modules: ['Prov'],
      },
      { kind: 'unused', trouble: 'unusable', facts: 1 },
    ]);
  });

  test('asks for a module to be read through on the day a year after it was published', () => {
    const modules = [module('2026-03-01T10:00:00Z')];
    expect(moduleTasks(modules, '2027-02-28')).toEqual([]);
    expect(moduleTasks(modules, '2027-03-01')).toMatchObject([{ kind: 'due', since: '2027-03-01' }]);
  });

  test('names the pages that are hard to read, in the words a reader sees', () => {
    const hard = text('Verksamhetsutvecklingsorganisationen genomför kompetensförsörjningsstrategier.');
    const own = moduleWith(bodyOf(text('Vi ser dig. Du är inte själv.')), bodyOf(hard));
    const measured = module('2026-03-01T10:00:00Z', own);
    expect(measured.pages.map(({ title, words, isHard }) => [title, words, isHard])).toEqual([
      ['Prov', 7, false],
      ['Ett', 3, true],
    ]);
    expect(moduleTasks([measured], '2026-06-01')).toMatchObject([{ kind: 'hard', title: 'Ett' }]);
  });

  test('tells a planned publication from an approved draft', () => {
    expect(stateOf(undefined)).toBe('published');
    expect(stateOf({ state: 'approved', dueAt: null })).toBe('approved');
    expect(stateOf({ state: 'approved', dueAt: new Date() })).toBe('planned');
  });
});
