import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FirstAnswerCount } from '#db/queries/evaluation.ts';
import { describeAnswers } from '#src/features/editorial/question-statistics.ts';
import { layoutEvaluation, momentToAsk } from '#src/features/evaluation/evaluation.ts';
import { gradeQuiz } from '#src/features/quiz/quiz.ts';
import { sampleQuiz } from '../support/training.ts';

const NEW = { departmentId: 1, hasBegun: false, courseOn: null, asked: [] };

describe('The self-assessment is offered', () => {
  test('before the first part, once, and never in the middle', () => {
    expect(momentToAsk(NEW, '2026-06-15')).toBe('before');
    expect(momentToAsk({ ...NEW, asked: ['before'] }, '2026-06-15')).toBeNull();
    expect(momentToAsk({ ...NEW, hasBegun: true }, '2026-06-15')).toBeNull();
  });

  test('for 90 days after the grundkurs, once, also to one who was not asked before', () => {
    const done = { ...NEW, hasBegun: true, courseOn: '2026-03-17' };
    expect(momentToAsk(done, '2026-03-17')).toBe('after');
    expect(momentToAsk(done, '2026-06-15')).toBe('after');
    expect(momentToAsk(done, '2026-06-16')).toBeNull();
    expect(momentToAsk({ ...done, asked: ['after'] }, '2026-03-17')).toBeNull();
    expect(momentToAsk({ ...done, asked: ['before'] }, '2026-03-17')).toBe('after');
  });

  test('to nobody whose answers would be counted nowhere', () => {
    expect(momentToAsk({ ...NEW, departmentId: null }, '2026-06-15')).toBeNull();
  });
});

test('The figures are shares of those who answered, with a sum over departments where there are several', () => {
  const row = (code: string, moment: 'before' | 'after', answers: number, sure: number) =>
    (['recognise', 'ask', 'act'] as const).map((question) => ({
      year: 2026,
      code,
      name: `Förvaltning ${code}`,
      moment,
      question,
      answers,
      sure: question === 'act' ? 0 : sure,
    }));
  const [year] = layoutEvaluation(
    [...row('A', 'before', 10, 3), ...row('A', 'after', 20, 15), ...row('B', 'before', 30, 13)],
    'Alla',
  );
  expect(year!.rows).toMatchObject([
    {
      code: null,
      name: 'Alla',
      before: { answers: 40, sure: { recognise: 16 }, share: { recognise: 40, act: 0 } },
    },
    { code: 'A', before: { answers: 10, share: { ask: 30 } }, after: { answers: 20, share: { ask: 75 } } },
    { code: 'B', before: { answers: 30 }, after: null },
  ]);
  expect(layoutEvaluation(row('A', 'before', 10, 3), 'Alla')[0]!.rows).toHaveLength(1);
  expect(layoutEvaluation([], 'Alla')).toEqual([]);
});

describe('The statistics of a question', () => {
  const quiz = sampleQuiz('del-1', 2);
  const [single, multiple] = quiz.questions.map(({ id }) => id);
  const count = (question: string, chosen: string[], people: number): FirstAnswerCount => ({
    moduleVersionId: 1,
    question,
    chosen,
    people,
  });

  test('are not there before ten have answered', () => {
    expect(describeAnswers(quiz, [count(single!, ['a'], 9)])).toEqual({ questions: [], tooFew: 2 });
    expect(describeAnswers(quiz, [count(single!, ['a'], 10)])).toMatchObject({
      questions: [{ number: 1, answers: 10, right: 100, wrong: null }],
      tooFew: 1,
    });
  });

  test('name the wrong option that most chose, when five or more did', () => {
    const few = describeAnswers(quiz, [count(single!, ['a'], 20), count(single!, ['b'], 4)]);
    expect(few.questions[0]).toMatchObject({ answers: 24, wrong: null });
    const more = describeAnswers(quiz, [count(single!, ['b'], 5), count(single!, ['c'], 6)]);
    expect(more.questions[0]).toMatchObject({ right: 0, wrong: { text: 'Svar c', people: 6 } });
  });

  test('count a question with several right options as right only when exactly those were chosen', () => {
    const given = [['a', 'b'], ['b', 'a'], ['a'], ['a', 'b', 'c']].map((chosen) =>
      count(multiple!, chosen, 5),
    );
    expect(describeAnswers(quiz, given).questions[0]).toMatchObject({
      answers: 20,
      right: 50,
      wrong: { text: 'Svar c', people: 5 },
    });
  });

  test('say of right and wrong what grading says', () => {
    const options = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(options, { minLength: 10, maxLength: 30 }), (all) => {
        const [described] = describeAnswers(
          quiz,
          all.map((chosen) => count(multiple!, chosen, 1)),
        ).questions;
        const right = all.filter((chosen) => gradeQuiz(quiz, { [multiple!]: chosen }).questions[1]!.isRight);
        expect(described!.right).toBeCloseTo((100 * right.length) / all.length);
        expect(described!.wrong === null || described!.wrong.people >= 5).toBe(true);
      }),
    );
  });
});
