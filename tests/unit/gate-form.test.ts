import { describe, expect, test } from 'vitest';
import { requireContent } from '#src/features/documents/content-reader.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { checkFacts } from '#src/features/gate/check-facts.ts';
import { checkModule } from '#src/features/gate/check-module.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import { groupFindings, placeOf } from '#src/features/gate/places.ts';
import { sitePages } from '#src/features/gate/site-pages.ts';
import { aModule, check, FACTS, link, p, rules, TODAY, withBlocks } from '../support/gate.ts';

describe('The form of a module', () => {
  test.each<[string, (module: ModuleDocument) => void, object]>([
    ['a title', ({ meta }) => (meta.title = ''), { part: 'modul', field: 'title' }],
    [
      'a section’s lead',
      ({ sections }) => (sections[0]!.meta.lead = ' '),
      { part: 'avsnitt/ett-avsnitt', field: 'lead' },
    ],
    ['goals enough', ({ meta }) => (meta.goals = ['se tecken']), { part: 'modul', field: 'goals' }],
    ['for whom it is', ({ meta }) => (meta.audience = ''), { part: 'modul', field: 'audience' }],
    ['text on every page', ({ intro }) => (intro.content = []), { part: 'modul', field: 'body' }],
    ['sections', (module) => (module.sections = []), { part: 'modul' }],
    [
      'a right answer',
      ({ quiz }) => delete quiz.questions[0]!.options[0]!.correct,
      { part: 'kunskapskontroll', question: 'fraga-1' },
    ],
    [
      'feedback',
      ({ quiz }) => (quiz.questions[0]!.options[1]!.feedback = ''),
      { part: 'kunskapskontroll', question: 'fraga-1', field: 'feedback' },
    ],
    [
      'questions about its own sections',
      ({ quiz }) => (quiz.questions[0]!.section = 'borttaget'),
      { part: 'kunskapskontroll', question: 'fraga-1', field: 'section' },
    ],
    [
      'a conversation about each section',
      (module) =>
        (module.discussion = {
          advice: ['Låt alla tala.', 'Ingen måste.'],
          sections: [{ section: 'annat', questions: ['Hur gör vi?', 'Vem gör?'] }],
          closing: ['Vad tar vi med oss?'],
        }),
      { part: 'samtal', field: 'sections' },
    ],
  ])('asks for %s', (_, change, place) => {
    const errors = check(aModule(change)).filter(({ severity }) => severity === 'error');
    expect(errors).not.toEqual([]);
    expect(errors).toContainEqual(expect.objectContaining(place));
    for (const { message, suggestion } of errors) {
      expect(message).toMatch(/\.$/);
      expect(suggestion).toMatch(/\.$/);
      expect(`${message} ${suggestion}`).not.toMatch(/Invalid|expected|undefined|Too /);
    }
  });

  test.each<[string, ModuleDocument, string[]]>([
    ['for whom it is', aModule(({ meta }) => (meta.audience = '')), ['audience audience']],
    [
      'a picture’s text',
      withBlocks({ type: 'image', attrs: { src: '/bilder/0123456789abcdef-800x600.webp', alt: '' } }),
      ['picture-text'],
    ],
    ['a safe link', withBlocks(link('http://exempel.se/', 'Exempel')), ['link-http']],
    [
      'two texts in a piece',
      withBlocks({
        type: 'factBox',
        attrs: { title: '' },
        content: [{ type: 'image', attrs: { src: '/bilder/0123456789abcdef-800x600.webp', alt: '' } }],
      }),
      ['schema title', 'picture-text'],
    ],
  ])('says once that it lacks %s', (_, module, expected) => {
    const errors = check(module).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, field }) => [rule, field].filter(Boolean).join(' '))).toEqual(expected);
  });

  test('is wrong in the block that is wrong', () => {
    const found = check(
      withBlocks(p('Vi ser.'), {
        type: 'factBox',
        attrs: { title: '' },
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Vi ser.' }] }],
      }),
    );
    expect(found).toMatchObject([{ rule: 'schema', part: 'avsnitt/ett-avsnitt', block: 1 }]);
  });

  test.each<[string, (module: ModuleDocument) => void, string]>([
    ['a goal that is a sentence', ({ meta }) => (meta.goals[0] = 'Du ser tecken.'), 'warning goal-form'],
    [
      'a summary that is no sentence',
      ({ meta }) => (meta.summary[0] = 'ser tecken'),
      'warning sentence-form',
    ],
    ['a long title', ({ meta }) => (meta.title = 'Ord '.repeat(25).trim()), 'warning title-long'],
    ['minutes that are not true', ({ sections }) => (sections[0]!.meta.minutes = 20), 'warning minutes'],
    ['a module’s minutes that are not true', ({ meta }) => (meta.minutes = 60), 'warning minutes'],
    ['a short section', ({ sections }) => sections[0]!.body.content.splice(1), 'warning length'],
  ])('gives advice on %s', (_, change, rule) => {
    expect(rules(aModule(change))).toContain(rule);
  });
});

describe('The place of a finding', () => {
  const at = (subject: string, place: Partial<Finding>) =>
    placeOf(subject, { rule: 'a-rule', severity: 'error', part: 'modul', message: '', ...place });

  test.each<[string, string, Partial<Finding>, string | null]>([
    ['a block', 'en-modul', { block: 3 }, '/redaktor/moduler/en-modul/modul?block=3#block-3'],
    [
      'a page without text',
      'en-modul',
      { field: 'body' },
      '/redaktor/moduler/en-modul/modul?block=0#block-0',
    ],
    ['a field', 'en-modul', { field: 'goals' }, '/redaktor/moduler/en-modul/modul#goals'],
    [
      'a question',
      'en-modul',
      { part: 'kunskapskontroll', question: 'ett', field: 'prompt' },
      '/redaktor/moduler/en-modul/kunskapskontroll#fraga-ett',
    ],
    [
      'the number that is rung',
      'fakta',
      { part: 'contacts/bris', field: 'phoneHref' },
      '/redaktor/fakta/contacts/bris#phone',
    ],
    ['nothing but the check', 'en-modul', { rule: 'not-checked' }, null],
  ])('is where %s is written', (_, subject, place, expected) => {
    expect(at(subject, place)).toBe(expected);
  });

  test('is named as readers know it, with the facts in their order', () => {
    const found = ['contacts/akut-112', 'laws/sol-19-1', 'laws/borta'].map((part): Finding => ({
      rule: 'a-rule',
      severity: 'error',
      part,
      message: '',
    }));
    expect(groupFindings(found, { document: null, facts: FACTS }).map(({ title }) => title)).toEqual([
      'Lagrum: 19 kap. 1 § socialtjänstlagen (2025:400) (sol-19-1)',
      'Kontakt: Centrum för offer och klienter (akut-112)',
      'Lagrum: borta',
    ]);
  });
});

describe('Facts on a page', () => {
  const law = (id: string) => withBlocks({ type: 'law', attrs: { id } });
  const with_ = (change: Partial<Facts['laws'][number]>) => ({
    facts: { ...FACTS, laws: [{ ...FACTS.laws[0]!, ...change }] },
  });

  test('are shown when they are verified and newly checked', () => {
    expect(check(law('sol-19-1'))).toEqual([]);
    const confirmed = { by: 'Anna', on: '2026-10-01' };
    expect(check(law('sol-19-1'), with_({ status: 'uncertain', confirmed }))).toEqual([]);
  });

  test.each<[string, string, Parameters<typeof with_>[0], string]>([
    ['unknown', 'finns-inte', {}, 'error fact-unknown'],
    ['unverified', 'sol-19-1', { status: 'unverified' }, 'error fact-refused'],
    ['uncertain', 'sol-19-1', { status: 'uncertain' }, 'error fact-refused'],
    ['old', 'sol-19-1', { checked: '2026-05-01' }, 'warning fact-stale'],
  ])('are found when they are %s', (_, id, change, rule) => {
    expect(rules(law(id), with_(change))).toEqual([rule]);
    expect(check(law(id), with_(change))[0]).toMatchObject({ part: 'avsnitt/ett-avsnitt', block: 0 });
  });

  test('say since when they are old', () => {
    expect(check(law('sol-19-1'), with_({ checked: '2026-05-01' }))[0]?.message).toContain('1 november 2026');
  });

  test('have sources that exist', () => {
    const module = aModule(({ meta }) => (meta.sources = ['l1', 'p9']));
    expect(check(module)).toMatchObject([{ rule: 'source-unknown', part: 'modul', field: 'sources' }]);
  });
});

describe('The facts themselves', () => {
  const facts = (change: (facts: Facts) => void = () => undefined, modules: ModuleDocument[] = []) => {
    const changed = structuredClone(FACTS);
    change(changed);
    return checkFacts({ facts: changed, before: FACTS, modules }, { today: TODAY });
  };
  const shown = withBlocks({ type: 'contact', attrs: { id: 'akut-112' } });

  test('pass as they are', () => {
    expect(facts(undefined, [shown])).toEqual([]);
  });

  test.each<[string, (facts: Facts) => void, object]>([
    [
      'an empty text',
      ({ laws }) => (laws[0]!.text = ''),
      { rule: 'schema', part: 'laws/sol-19-1', field: 'text' },
    ],
    [
      'a day to come',
      ({ laws }) => (laws[0]!.checked = '2026-11-23'),
      { rule: 'day-in-future', field: 'checked' },
    ],
    [
      'a source that is not there',
      ({ figures }) => (figures[0]!.sources = ['x']),
      { rule: 'source-unknown', part: 'figures/andel' },
    ],
    [
      'another number than is shown',
      ({ contacts }) => (contacts[0]!.phoneHref = 'tel:020505051'),
      { rule: 'telephone', part: 'contacts/akut-112' },
    ],
    [
      'no way to be reached',
      ({ contacts }) => Object.assign(contacts[0]!, { phone: null, phoneHref: null }),
      { rule: 'contact-reach' },
    ],
    [
      'a page without its contact',
      (all) => (all.contacts = []),
      { rule: 'fact-used', part: 'contacts/akut-112' },
    ],
    [
      'a page with a hidden contact',
      ({ contacts }) => (contacts[0]!.status = 'unverified'),
      { rule: 'fact-used', field: 'status' },
    ],
    ['a page without its source', (all) => (all.sources = []), { rule: 'fact-used', part: 'sources/l1' }],
  ])('are refused with %s', (_, change, finding) => {
    expect(facts(change, [shown])).toContainEqual(expect.objectContaining({ severity: 'error', ...finding }));
  });

  test('name the pages that a change is seen on', () => {
    const found = facts(({ contacts }) => (contacts[0]!.role = 'Ger annat stöd.'), [shown]);
    expect(found).toMatchObject([{ rule: 'fact-changed', severity: 'warning', part: 'contacts/akut-112' }]);
    expect(found[0]?.message).toContain('”Ett avsnitt”');
    // A new day of checking changes no page.
    expect(facts(({ contacts }) => (contacts[0]!.checked = TODAY), [shown])).toEqual([]);
  });

  test.each([
    ['+46 8 405 50 05', 'tel:+4684055005'],
    ['08-405 50 05', 'tel:+4684055005'],
    ['112', 'tel:112'],
  ])('may write a number as %s', (phone, phoneHref) => {
    expect(facts(({ contacts }) => Object.assign(contacts[0]!, { phone, phoneHref }))).toEqual([]);
  });
});

describe('What is shipped', () => {
  const { modules, facts } = requireContent('content');
  const pages = new Map(sitePages(modules.map(({ slug, sections }) => ({ moduleSlug: slug, sections }))));
  const today = facts.laws
    .map(({ checked }) => checked)
    .toSorted()
    .at(-1)!;

  test.each(modules.map((module) => [module.slug, module] as const))('%s passes the gate', (_, module) => {
    const found = checkModule(module, { facts, words: facts.words, today, pages });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(found.length).toBeLessThan(6);
  });

  test('and so do the facts', () => {
    const found = checkFacts({ facts, before: facts, modules }, { today });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
