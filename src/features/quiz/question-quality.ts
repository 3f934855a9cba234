/**
 * What makes questions easy to guess, hard to read or poor to learn from. It only advises: a good question
 * can break a rule, so the rules keep quiet where they are not sure.
 */
import { questionQuality as say } from '#src/i18n/question-quality.ts';
import { lengthOf, reviewQuestion, type Advice } from './question-rules.ts';
import type { Question, Quiz } from './quiz.schema.ts';

/** Something to see over in a knowledge check. */
export interface QuestionAdvice extends Advice {
  /** The question's id; none: it is about the check as a whole. */
  question?: string;
}

const FEWEST_QUESTIONS = 8;
const FEWEST_SITUATIONS = 3;
/** A check says something of its author's habits from so many questions on. */
const FEWEST_FOR_HABITS = 5;

/**
 * Everything to see over in a knowledge check, question by question and then as a whole. Unfinished
 * questions are judged by what is there.
 *
 * @param sections those of the module, in order; a question names one by slug
 */
export function reviewQuestions(
  { questions }: Pick<Quiz, 'questions'>,
  sections: readonly { slug: string; title: string }[],
): QuestionAdvice[] {
  const slugs = new Set(sections.map(({ slug }) => slug));
  return [
    ...questions.flatMap((question) => [
      ...(question.section === '' || slugs.has(question.section)
        ? []
        : [{ rule: 'unknown-section', question: question.id, field: 'section', ...say.unknownSection }]),
      ...reviewQuestion(question).map((advice) => ({ ...advice, question: question.id })),
    ]),
    ...reviewHabits(questions),
    ...reviewCoverage(questions, sections),
  ];
}

/** What the whole check gives away: the right option again and again the longest, or in one place. */
function reviewHabits(questions: readonly Question[]): QuestionAdvice[] {
  const found: QuestionAdvice[] = [];
  const judged = questions.filter(({ options }) => options.some(({ correct }) => correct));
  const longest = judged.filter(({ options }) => {
    const right = options.filter(({ correct }) => correct).map(lengthOf);
    return Math.min(...right) > Math.max(0, ...options.filter(({ correct }) => !correct).map(lengthOf));
  }).length;
  if (judged.length >= FEWEST_FOR_HABITS && longest * 2 > judged.length) {
    found.push({ rule: 'right-often-longest', ...say.rightOftenLongest(longest, judged.length) });
  }
  const places = judged
    .filter(({ type }) => type === 'single')
    .map(({ options }) => options.findIndex(({ correct }) => correct));
  for (const place of new Set(places)) {
    const times = places.filter((one) => one === place).length;
    if (places.length >= FEWEST_FOR_HABITS && times * 2 > places.length) {
      found.push({ rule: 'same-position', ...say.samePosition(place + 1, times, places.length) });
    }
  }
  return found;
}

/** Whether the check is long enough, close enough to work, and about everything. */
function reviewCoverage(
  questions: readonly Question[],
  sections: readonly { slug: string; title: string }[],
): QuestionAdvice[] {
  const found: QuestionAdvice[] = [];
  const situations = questions.filter(({ situation }) => situation).length;
  const asked = new Set(questions.map(({ section }) => section));
  const without = sections.filter(({ slug }) => !asked.has(slug)).map(({ title }) => title);
  if (questions.length < FEWEST_QUESTIONS) {
    found.push({ rule: 'few-questions', ...say.fewQuestions(questions.length) });
  }
  if (questions.length > 0 && situations < FEWEST_SITUATIONS) {
    found.push({ rule: 'few-situations', ...say.fewSituations(situations) });
  }
  if (questions.length > 0 && without.length > 0) {
    found.push({ rule: 'section-without-question', ...say.sectionsWithout(without) });
  }
  return found;
}
