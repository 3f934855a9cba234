import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { readingText } from '#src/features/documents/reading-text.ts';
import {
  changedQuestions,
  changedSections,
  refresherMinutes,
  refresherProblem,
  refresherQuiz,
} from '#src/features/refreshers/changes.ts';
import { refresher } from '#src/i18n/refreshers.ts';
import { bodyOf, sampleDocument } from '../support/releases.ts';

const slugsOf = (from: ModuleDocument, to: ModuleDocument) =>
  changedSections(from, to).map(({ slug }) => slug);
const askedOf = (from: ModuleDocument, to: ModuleDocument) => changedQuestions(from, to).map(({ id }) => id);

/** The sample module with another body in its second section. */
function withBody(body: Body): ModuleDocument {
  const document = sampleDocument('del-3');
  return {
    ...document,
    sections: document.sections.map((section) => (section.slug === 'tva' ? { ...section, body } : section)),
  };
}

const bodies = (...content: Block[]): Body => ({ type: 'doc', content });

describe('A section has changed', () => {
  const from = sampleDocument('del-3');

  test('when it is new, or says something else', () => {
    expect(slugsOf(from, sampleDocument('del-3', { tva: 'Det andra. Och något till.' }))).toEqual(['tva']);
    const more = sampleDocument('del-3');
    const added = { ...more.sections[0]!, slug: 'nytt', body: bodyOf('Helt nytt.') };
    expect(slugsOf(from, { ...more, sections: [added, ...more.sections] })).toEqual(['nytt']);
    const lead = sampleDocument('del-3');
    lead.sections[2]!.meta = { ...lead.sections[2]!.meta, lead: 'En annan ingress.' };
    expect(slugsOf(from, lead)).toEqual(['tre']);
  });

  test('when it has lost something that stands nowhere else', () => {
    const long = sampleDocument('del-3', { tva: 'Det andra. Det här tas bort.' });
    expect(slugsOf(long, from)).toEqual(['tva']);
  });

  test('when a fact, a picture or the judgement of a choice is another', () => {
    const law = (id: string) => withBody(bodies({ type: 'law', attrs: { id } }));
    expect(slugsOf(law('heder'), law('heder'))).toEqual([]);
    expect(slugsOf(law('heder'), law('tvang'))).toEqual(['tva']);
    expect(slugsOf(withBody(bodyOf('Det andra.')), law('heder'))).toEqual(['tva']);
    const choice = (verdict: 'good' | 'harmful') =>
      withBody(
        bodies({
          type: 'case',
          attrs: { title: 'Ett fall' },
          content: [
            {
              type: 'choice',
              attrs: { text: 'Ringer hem', verdict },
              content: bodyOf('Så går det.').content,
            },
          ] as never,
        }),
      );
    expect(slugsOf(choice('good'), choice('harmful'))).toEqual(['tva']);
  });

  test('not when text was moved, divided, marked or linked, or the section was renamed', () => {
    const whole = withBody(bodyOf('Ett. Två. Tre.', 'Fyra.'));
    expect(slugsOf(whole, withBody(bodyOf('Fyra.', 'Ett.', 'Två. Tre.')))).toEqual([]);
    const marked = bodies({
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Ett. ', marks: [{ type: 'bold' }] },
        { type: 'text', text: 'Två. Tre. Fyra.', marks: [{ type: 'link', attrs: { href: '/stod/' } }] },
      ],
    });
    expect(slugsOf(whole, withBody(marked))).toEqual([]);
    const moved = sampleDocument('del-3', { ett: 'Det andra.', tva: 'Det första.' });
    expect(slugsOf(from, moved)).toEqual([]);
    const [one, ...others] = from.sections;
    const renamed = { ...from, sections: [...others, { ...one!, slug: 'annat-namn' }] };
    expect(slugsOf(from, renamed)).toEqual([]);
  });
});

describe('A refresher', () => {
  const from = sampleDocument('del-3');

  test('asks about changed sections, and what is asked anew or otherwise', () => {
    const to = sampleDocument('del-3', { tva: 'Nytt.' });
    expect(askedOf(from, to)).toEqual(['tva-1', 'tva-2']);
    to.quiz.questions[0] = { ...to.quiz.questions[0]!, prompt: 'En annan fråga?' };
    expect(askedOf(from, to)).toEqual(['ett-1', 'tva-1', 'tva-2']);
    expect(refresherQuiz(from, to).passMark).toBe(0.8);
    expect(refresherMinutes(changedSections(from, to), refresherQuiz(from, to))).toBe(6);
  });

  test('asks the whole check when nothing of it is about what has changed, and the editor is told', () => {
    const to = sampleDocument('del-3', { tva: 'Nytt.' });
    to.quiz = { ...to.quiz, questions: to.quiz.questions.filter(({ section }) => section !== 'tva') };
    expect(refresherQuiz(from, to)).toEqual(to.quiz);
    expect(refresherProblem(from, to)).toContain('Avsnitt tva');
    expect(refresherProblem(from, from)).toContain('skiljer sig');
    expect(refresherProblem(from, sampleDocument('del-3', { tva: 'Nytt.' }))).toBeNull();
  });

  test('is told of in words, with how much, how long and by when', () => {
    expect(refresher.offerTitle('Del 3')).toBe('Del 3 har fått nytt innehåll');
    expect(refresher.todo(2, 8, '2027-03-14')).toBe(
      'Du behöver gå igenom två avsnitt, ungefär 8 minuter, senast 14 mars 2027.',
    );
  });
});

describe('Whatever is written', () => {
  const sentence = fc
    .tuple(fc.constantFrom('Hon', 'Han', 'De', 'En elev'), fc.integer({ min: 0, max: 40 }))
    .map(([who, number]) => `${who} säger ${number}.`);
  const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
  const sections = fc.dictionary(
    fc.constantFrom('ett', 'tva', 'tre', 'fyra', 'fem'),
    fc.array(paragraph, { minLength: 1, maxLength: 4 }),
    { minKeys: 1 },
  );
  const documents = sections.map((texts): ModuleDocument => {
    const base = sampleDocument('del-3');
    const made = Object.entries(texts).map(([slug, paragraphs]) => ({
      ...base.sections[0]!,
      slug,
      body: bodyOf(...paragraphs),
    }));
    return { ...base, sections: made };
  });
  const sentencesOf = (body: Body) => readingText(body).flatMap(({ text }) => text.split(/(?<=\.) /));

  test('the same document has not changed, in whatever order its sections and paragraphs stand', () => {
    fc.assert(
      fc.property(documents, fc.infiniteStream(fc.nat()), (document, random) => {
        const mix = <T>(items: readonly T[]) =>
          items
            .map((item) => ({ item, place: random.next().value as number }))
            .sort((a, b) => a.place - b.place)
            .map(({ item }) => item);
        const mixed = {
          ...document,
          sections: mix(document.sections).map((section) => ({
            ...section,
            body: { ...section.body, content: mix(section.body.content) },
          })),
        };
        expect(changedSections(document, structuredClone(document))).toEqual([]);
        expect(changedSections(document, mixed)).toEqual([]);
        expect(changedQuestions(document, mixed)).toEqual([]);
      }),
    );
  });

  test('every sentence that was not there before is in a changed section, and none but those is asked of', () => {
    fc.assert(
      fc.property(documents, documents, (from, to) => {
        const changed = new Set(slugsOf(from, to));
        const before = new Set(from.sections.flatMap(({ body }) => sentencesOf(body)));
        const after = new Set(to.sections.flatMap(({ body }) => sentencesOf(body)));
        for (const { slug, body } of to.sections) {
          const own = from.sections.find((section) => section.slug === slug);
          const isNew = sentencesOf(body).some((one) => !before.has(one));
          const hasLost = own !== undefined && sentencesOf(own.body).some((one) => !after.has(one));
          expect(changed.has(slug)).toBe(isNew || hasLost);
        }
        expect(changedQuestions(from, to).every(({ section }) => changed.has(section))).toBe(true);
        expect(refresherQuiz(from, to).questions.length).toBeGreaterThan(0);
      }),
    );
  });
});
