import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashAnswers } from '#src/features/quiz/answers-hash.ts';
import { quizSchema, type Question, type Quiz } from '#src/features/quiz/quiz.schema.ts';
import { requiredCorrect } from '#src/features/quiz/pass-mark.ts';
import { gradeQuiz, parseAnswers, toPublicQuiz } from '#src/features/quiz/quiz.ts';
import { explainResult } from '#src/features/quiz/result.ts';
import { shuffle } from '#src/features/quiz/shuffle.ts';

const SECRET = 'HEMLIG';
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A question with marked feedback; `right` tells which of its options are right. */
function question(id: string, type: Question['type'], right: boolean[]): Question {
  const options = right.map((isRight, index) => ({
    id: LETTERS[index]!,
    text: `${id} alternativ ${LETTERS[index]}`,
    ...(isRight && { correct: true as const }),
    feedback: `${SECRET} ${id} ${LETTERS[index]}`,
  }));
  return { id, type, section: '01-avsnitt', prompt: `Fråga ${id}?`, options };
}

const single = fc.integer({ min: 2, max: 6 }).chain((count) =>
  fc.integer({ min: 0, max: count - 1 }).map((right) => ({
    type: 'single' as const,
    right: Array.from({ length: count }, (_, index) => index === right),
  })),
);
const multiple = fc
  .array(fc.boolean(), { minLength: 2, maxLength: 6 })
  .filter((right) => right.includes(true) && right.includes(false))
  .map((right) => ({ type: 'multiple' as const, right }));
const percent = fc.integer({ min: 1, max: 100 });
const quizzes = fc.record({
  passMark: percent.map((value) => value / 100),
  questions: fc
    .array(fc.oneof(single, multiple), { minLength: 1, maxLength: 12 })
    .map((kinds) => kinds.map(({ type, right }, index) => question(`f${index}`, type, right))),
});

/** A quiz and one complete set of answers to it, right and wrong mixed. */
const answered = quizzes.chain((quiz) =>
  fc
    .tuple(
      ...quiz.questions.map(({ options, type }) =>
        fc.subarray(
          options.map(({ id }) => id),
          { minLength: 1, maxLength: type === 'single' ? 1 : options.length },
        ),
      ),
    )
    .map((chosen) => ({
      quiz,
      answers: Object.fromEntries(quiz.questions.map(({ id }, index) => [id, chosen[index]!])),
    })),
);

const rightIds = ({ options }: Question) => options.filter(({ correct }) => correct).map(({ id }) => id);
const form = (pairs: [string, string][]) => new URLSearchParams(pairs);
const fieldsOf = (answers: Record<string, string[]>) =>
  Object.entries(answers).flatMap(([id, chosen]) => chosen.map((option): [string, string] => [id, option]));

describe('Before answering', () => {
  test('nothing but ids, types, prompts and option texts leaves the server', () => {
    fc.assert(
      fc.property(quizzes, (quiz) => {
        const open = toPublicQuiz(quiz as Quiz);
        expect(JSON.stringify(open)).not.toMatch(new RegExp(`${SECRET}|correct|feedback|passMark|section`));
        expect(Object.keys(open)).toEqual(['questions']);
        for (const [index, shown] of open.questions.entries()) {
          expect(Object.keys(shown)).toEqual(['id', 'type', 'prompt', 'options']);
          expect(shown.options.map(Object.keys)).toEqual(shown.options.map(() => ['id', 'text']));
          expect(shown.options).toHaveLength(quiz.questions[index]!.options.length);
        }
      }),
    );
  });

  test('a field that is added to the file later stays on the server too', () => {
    const quiz = { passMark: 0.8, questions: [question('f', 'single', [true, false])] };
    Object.assign(quiz.questions[0]!.options[0]!, { hint: SECRET });
    Object.assign(quiz.questions[0]!, { explanation: SECRET });
    expect(JSON.stringify(toPublicQuiz(quiz))).not.toContain(SECRET);
  });
});

describe('Reading the answers', () => {
  const quiz = {
    passMark: 0.8,
    questions: [question('ett', 'single', [true, false]), question('tva', 'multiple', [true, true, false])],
  };

  test('complete answers come out in file order, whatever order they were sent in', () => {
    fc.assert(
      fc.property(
        answered.chain(({ quiz, answers }) =>
          fc.tuple(
            fc.constant(quiz),
            fc.constant(answers),
            fc.shuffledSubarray(fieldsOf(answers), { minLength: fieldsOf(answers).length }),
          ),
        ),
        ([quiz, answers, fields]) => {
          expect(parseAnswers(quiz, form(fields))).toEqual({ kind: 'complete', answers });
        },
      ),
    );
  });

  test('unanswered questions are named by number, and what was answered is kept', () => {
    expect(parseAnswers(quiz, form([['tva', 'b']]))).toEqual({
      kind: 'incomplete',
      answers: { ett: [], tva: ['b'] },
      missing: [1],
    });
  });

  test.each([
    [
      'an option the question does not have',
      [
        ['ett', 'z'],
        ['tva', 'a'],
      ],
    ],
    [
      'two answers where one is allowed',
      [
        ['ett', 'a'],
        ['ett', 'b'],
        ['tva', 'a'],
      ],
    ],
    [
      'a known and an unknown option',
      [
        ['ett', 'a'],
        ['tva', 'a'],
        ['tva', '__proto__'],
      ],
    ],
  ] as [string, [string, string][]][])('%s is no form of ours', (_, fields) => {
    expect(parseAnswers(quiz, form(fields))).toEqual({ kind: 'invalid' });
  });

  test('a question named as something every object has is still unanswered', () => {
    const odd = { passMark: 1, questions: [question('constructor', 'single', [true, false])] };
    expect(parseAnswers(odd, form([]))).toMatchObject({ kind: 'incomplete', missing: [1] });
    expect(gradeQuiz(odd, {}).correct).toBe(0);
  });

  test('other fields are ignored', () => {
    const fields: [string, string][] = [
      ['ett', 'a'],
      ['tva', 'b'],
      ['_inlamning', 'x'],
      ['annat', 'y'],
    ];
    expect(parseAnswers(quiz, form(fields)).kind).toBe('complete');
  });
});

describe('Grading', () => {
  test('a question is right when exactly its right options are chosen', () => {
    fc.assert(
      fc.property(answered, ({ quiz, answers }) => {
        const grade = gradeQuiz(quiz, answers);
        for (const [index, question] of quiz.questions.entries()) {
          const expected = rightIds(question).join() === answers[question.id]!.join();
          expect(grade.questions[index]!.isRight).toBe(expected);
        }
        expect(grade.correct).toBe(grade.questions.filter(({ isRight }) => isRight).length);
      }),
    );
  });

  test('the order of questions, options and answers makes no difference', () => {
    fc.assert(
      fc.property(answered, fc.string(), ({ quiz, answers }, seed) => {
        const mixed = {
          ...quiz,
          questions: shuffle(quiz.questions, seed).map((one) => ({
            ...one,
            options: shuffle(one.options, seed),
          })),
        };
        const turned = Object.fromEntries(
          shuffle(Object.entries(answers), seed).map(([id, chosen]) => [id, chosen.toReversed()]),
        );
        const { correct, passed } = gradeQuiz(quiz, answers);
        expect(gradeQuiz(mixed, turned)).toMatchObject({ correct, passed });
      }),
    );
  });

  test.each([
    [0.8, 10, 8],
    [0.8, 9, 8],
    [0.8, 8, 7],
    [0.7, 10, 7],
    [0.29, 100, 29],
    [1, 8, 8],
    [0.01, 1, 1],
  ])('a pass mark of %d on %d questions asks for %d', (passMark, count, required) => {
    const questions = Array.from({ length: count }, (_, n) => question(`f${n}`, 'single', [true, false]));
    const quiz = { passMark, questions };
    expect(requiredCorrect(quiz)).toBe(required);
    const withRight = (right: number) =>
      gradeQuiz(quiz, Object.fromEntries(questions.map(({ id }, n) => [id, [n < right ? 'a' : 'b']])));
    expect(withRight(required)).toMatchObject({ correct: required, passed: true });
    expect(withRight(required - 1)).toMatchObject({ correct: required - 1, passed: false });
  });

  test('passing is never a matter of rounding', () => {
    fc.assert(
      fc.property(percent, fc.integer({ min: 1, max: 30 }), (mark, count) => {
        const questions = Array.from({ length: count }, (_, n) => question(`f${n}`, 'single', [true, false]));
        const least = requiredCorrect({ passMark: mark / 100, questions });
        expect(least * 100).toBeGreaterThanOrEqual(mark * count);
        expect((least - 1) * 100).toBeLessThan(mark * count);
      }),
    );
  });

  test('a file with a pass mark finer than per cent is refused', () => {
    const questions = [question('f', 'single', [true, false])];
    expect(quizSchema.safeParse({ passMark: 0.8, questions }).success).toBe(true);
    expect(quizSchema.safeParse({ passMark: 0.805, questions }).success).toBe(false);
  });
});

describe('The result', () => {
  test('explains what was chosen, and without passing not what would have been right', () => {
    fc.assert(
      fc.property(answered, ({ quiz, answers }) => {
        const result = explainResult(quiz, answers);
        for (const [index, shown] of result.questions.entries()) {
          const { id, options } = quiz.questions[index]!;
          const isChosen = (option: { id: string }) => answers[id]!.includes(option.id);
          const seen = JSON.stringify(shown);
          for (const option of options) {
            const mayBeSeen = isChosen(option) || (result.passed && option.correct === true);
            expect(seen.includes(option.feedback)).toBe(mayBeSeen);
            expect(seen.includes(option.text)).toBe(mayBeSeen);
          }
          expect(seen).not.toContain('"correct"');
        }
      }),
    );
  });
});

describe('The fingerprint of a submission', () => {
  test('is the same for the same answers in any order, and another for anything else', () => {
    fc.assert(
      fc.property(answered, fc.string(), ({ quiz, answers }, seed) => {
        const turned = Object.fromEntries(
          shuffle(Object.entries(answers), seed).map(([id, chosen]) => [id, chosen.toReversed()]),
        );
        expect(hashAnswers(7, turned)).toEqual(hashAnswers(7, answers));
        expect(hashAnswers(8, answers)).not.toEqual(hashAnswers(7, answers));
        const { id, options } = quiz.questions[0]!;
        const other = options.map((option) => option.id).filter((option) => !answers[id]!.includes(option));
        expect(hashAnswers(7, { ...answers, [id]: other })).not.toEqual(hashAnswers(7, answers));
      }),
    );
  });
});

describe('The order of the options', () => {
  test('is decided by the submission and keeps every option', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        expect(shuffle(items, seed)).toEqual(shuffle(items, seed));
        expect(shuffle(items, seed).toSorted()).toEqual(items.toSorted());
      }),
    );
  });

  test('puts each option in each place about as often', () => {
    const places = new Map<string, number>();
    for (let n = 0; n < 4000; n++) {
      for (const [place, option] of shuffle(['a', 'b', 'c', 'd'], crypto.randomUUID()).entries()) {
        places.set(`${option}${place}`, (places.get(`${option}${place}`) ?? 0) + 1);
      }
    }
    expect(places.size).toBe(16);
    for (const count of places.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});
