import { describe, expect, test } from 'vitest';
import { alignDiscussion, changeSection, emptyDiscussion } from '#src/features/editor/discussion-edit.ts';
import {
  changeQuestion,
  changeType,
  copyQuestion,
  emptyOption,
  emptyQuestion,
  insertQuestion,
  markRight,
  moveOption,
  moveQuestion,
  newId,
  oneLine,
  removeQuestion,
  unfinishedIn,
} from '#src/features/editor/quiz-edit.ts';
import { draftQuizSchema, quizSchema, type Question, type Quiz } from '#src/features/quiz/quiz.schema.ts';

const option = (id: string, correct?: true) => ({
  id,
  text: `Svar ${id}`,
  feedback: `Varför ${id}`,
  ...(correct && { correct }),
});
const question: Question = {
  id: 'q1',
  type: 'single',
  section: 'forsta',
  prompt: 'Vad gör du?',
  options: [option('a'), option('b', true), option('c')],
};
const quiz: Quiz = {
  passMark: 0.8,
  questions: [question, { ...question, id: 'q2' }, { ...question, id: 'q3' }],
};
const ids = ({ questions }: Quiz) => questions.map(({ id }) => id);
const right = (options: Question['options']) => options.filter(({ correct }) => correct).map(({ id }) => id);

describe('Questions', () => {
  test('keep their ids when they are moved, changed and put back', () => {
    expect(ids(moveQuestion(quiz, 'q1', 1))).toEqual(['q2', 'q1', 'q3']);
    expect(ids(moveQuestion(quiz, 'q1', -1))).toEqual(['q1', 'q2', 'q3']);
    expect(ids(moveQuestion(quiz, 'q3', 1))).toEqual(['q1', 'q2', 'q3']);
    expect(ids(changeQuestion(quiz, 'q2', { prompt: 'Vad gör ni?' }))).toEqual(['q1', 'q2', 'q3']);
    expect(insertQuestion(removeQuestion(quiz, 'q2'), quiz.questions[1]!, 1)).toEqual(quiz);
  });

  test('get an id that none has when they are new or copied, and may be saved at once', () => {
    const added = emptyQuestion(quiz, 'forsta');
    const copy = copyQuestion(quiz, question);
    const next = insertQuestion(insertQuestion(quiz, added, 3), copy, 4);
    expect(new Set(ids(next)).size).toBe(5);
    expect(draftQuizSchema.safeParse(next).success).toBe(true);
    expect(copy).toEqual({ ...question, id: copy.id });
  });

  test('lose a field that is emptied, so that the document stays as it was', () => {
    const situation = changeQuestion(quiz, 'q1', { situation: true });
    expect(situation.questions[0]).toMatchObject({ situation: true });
    expect(quizSchema.safeParse(situation).success).toBe(true);
    expect(Object.keys(changeQuestion(situation, 'q1', { situation: undefined }).questions[0]!)).toEqual(
      Object.keys(question),
    );
  });
});

describe('Answers', () => {
  test('have one right among them in a question with one right answer', () => {
    expect(right(markRight(question, 'c', true))).toEqual(['c']);
    expect(right(markRight({ ...question, type: 'multiple' }, 'c', true))).toEqual(['b', 'c']);
    expect(right(markRight({ ...question, type: 'multiple' }, 'b', false))).toEqual([]);
  });

  test('keep the first right one when the question comes to have one', () => {
    const several = {
      ...question,
      type: 'multiple' as const,
      options: [option('a', true), option('b', true)],
    };
    expect(right(changeType(several, 'single').options!)).toEqual(['a']);
    expect(changeType(question, 'multiple')).toEqual({ type: 'multiple' });
  });

  test('move, and get an id of their own when they are new', () => {
    expect(moveOption(question, 'c', -1).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(question.options.map(({ id }) => id)).not.toContain(emptyOption(question).id);
  });
});

test('An id that is taken is not given again', () => {
  const taken = new Set<string>();
  const id = newId('f', (candidate) => {
    if (taken.size > 2) return false;
    taken.add(candidate);
    return true;
  });
  expect(taken.has(id)).toBe(false);
  expect(id).toMatch(/^f-[a-z0-9]{8}$/);
});

test('What is left to do in a question is told until nothing is', () => {
  const all = unfinishedIn(emptyQuestion(quiz, ''));
  expect(all).toEqual({ prompt: true, section: true, options: true, right: true, feedback: true });
  expect(Object.values(unfinishedIn(question))).not.toContain(true);
  const multiple = {
    ...question,
    type: 'multiple' as const,
    options: [option('a', true), option('b', true)],
  };
  expect(unfinishedIn(multiple).right).toBe(true);
});

test('A pasted line break becomes a space', () => {
  expect(oneLine('Hon väntar.\r\n  Vad gör du?')).toBe('Hon väntar. Vad gör du?');
});

describe('A discussion', () => {
  const sections = [{ slug: 'ett' }, { slug: 'tva' }];

  test('has the sections of the module in its order, also new ones', () => {
    const earlier = { ...emptyDiscussion([{ slug: 'tva' }]), advice: ['Säg att det är frivilligt.'] };
    const written = changeSection(earlier, 'tva', ['Vad gör vi?']);
    const aligned = alignDiscussion(written, sections);
    expect(aligned.sections.map(({ section }) => section)).toEqual(['ett', 'tva']);
    expect(aligned.sections[1]!.questions).toEqual(['Vad gör vi?']);
    expect(aligned.advice).toEqual(earlier.advice);
  });

  test('keeps what was written on a section that is gone, and lets empty questions go', () => {
    const written = changeSection(emptyDiscussion([{ slug: 'borta' }, { slug: 'tom' }]), 'borta', [
      'Vad nu?',
    ]);
    expect(alignDiscussion(written, sections).sections.map(({ section }) => section)).toEqual([
      'ett',
      'tva',
      'borta',
    ]);
  });
});
