import { measureReadability } from '#src/features/courses/readability.ts';
import { questionQuality as say, type QualityWords } from '#src/i18n/question-quality.ts';
import {
  isAboutOthers,
  isAbsolute,
  isMocking,
  isNegated,
  isOnlyVerdict,
  isTriviallyDifferent,
  meaningfulWords,
  toldCount,
  wordsOf,
} from './question-words.ts';
import type { Question } from './quiz.schema.ts';

/** Something to see over in a question. */
export interface Advice extends QualityWords {
  /** In kebab-case: `right-longest`. */
  rule: string;
  /** `prompt`, `type`, `section`, `options`, or of one option `options.<id>.text` and `options.<id>.feedback`. */
  field?: string;
}

type Option = Question['options'][number];

/** How many times the mean of the others a right option is when its length gives it away. */
const CLEARLY_LONGER = 1.3;
/** A few letters more are not seen. */
const VISIBLE_DIFFERENCE = 8;
const LONGEST_PROMPT = 250;
const LONGEST_SENTENCE = 25;
const HARDEST_PROMPT = 50;
/** LIX of fewer words says little. */
const FEWEST_WORDS_FOR_LIX = 12;

/** What to see over in one question. */
export function reviewQuestion(question: Question): Advice[] {
  return [
    ...reviewPrompt(question.prompt),
    ...reviewKey(question),
    ...reviewGiveaways(question),
    ...reviewOptions(question.options),
    ...reviewFeedback(question.options),
  ];
}

function reviewPrompt(prompt: string): Advice[] {
  const { lix, words } = measureReadability(prompt);
  const longest = Math.max(0, ...prompt.split(/[.!?:]+(?=\s|$|”)/u).map((one) => wordsOf(one).length));
  const found: (QualityWords & { rule: string })[] = [];
  if (isNegated(prompt)) found.push({ rule: 'negated-prompt', ...say.negated });
  if (prompt.length > LONGEST_PROMPT) found.push({ rule: 'long-prompt', ...say.promptLong(prompt.length) });
  else if (longest > LONGEST_SENTENCE) found.push({ rule: 'long-sentence', ...say.sentenceLong(longest) });
  if (words >= FEWEST_WORDS_FOR_LIX && lix > HARDEST_PROMPT) {
    found.push({ rule: 'hard-prompt', ...say.promptHard(lix) });
  }
  return found.map((advice) => ({ field: 'prompt', ...advice }));
}

/** How many answers are right, against what the question says. */
function reviewKey({ type, prompt, options }: Question): Advice[] {
  const right = options.filter(({ correct }) => correct).length;
  const told = toldCount(prompt);
  const found: Advice[] = [];
  if (right > 0 && told !== null && told !== right) {
    found.push({ rule: 'told-count', field: 'prompt', ...say.toldCount(told, right) });
  }
  if (type === 'multiple' && right === 1) {
    found.push({ rule: 'one-right-of-many', field: 'type', ...say.oneRightOfMany });
  } else if (type === 'multiple' && options.length > 2 && right === options.length - 1) {
    found.push({ rule: 'all-but-one-right', field: 'options', ...say.allButOne });
  }
  return found;
}

/** What tells the right answer from the others without knowing anything. */
function reviewGiveaways({ prompt, options }: Question): Advice[] {
  const written = options.filter(({ text }) => text.trim() !== '');
  const right = written.filter(({ correct }) => correct);
  const wrong = written.filter(({ correct }) => !correct);
  if (right.length === 0 || wrong.length === 0) return [];
  const found: Advice[] = [];
  if (isClearlyLongest(right, wrong)) {
    found.push({ rule: 'right-longest', field: 'options', ...say.rightIsLongest(right.length === 1) });
  }
  if (isOnlyPlausible(right, wrong)) {
    found.push({ rule: 'one-plausible', field: 'options', ...say.onePlausible });
  }
  const echoed = echoedWords(prompt, right, wrong);
  if (echoed.length >= 2) found.push({ rule: 'echo', field: 'options', ...say.echo(echoed) });
  return found;
}

function isClearlyLongest(right: readonly Option[], wrong: readonly Option[]): boolean {
  const shortest = Math.min(...right.map(lengthOf));
  const mean = wrong.reduce((sum, option) => sum + lengthOf(option), 0) / wrong.length;
  const longest = Math.max(...wrong.map(lengthOf));
  return shortest > longest && shortest >= CLEARLY_LONGER * mean && shortest - mean >= VISIBLE_DIFFERENCE;
}

/** Each wrong option can be crossed out for how it is written, and not for its length alone. */
function isOnlyPlausible(right: readonly Option[], wrong: readonly Option[]): boolean {
  const rightLength = Math.min(...right.map(lengthOf));
  const isLoud = ({ text }: Option) => isAbsolute(text) || isMocking(text);
  return (
    wrong.length >= 2 &&
    !right.some(isLoud) &&
    wrong.some(isLoud) &&
    wrong.every((option) => isLoud(option) || lengthOf(option) * 2 <= rightLength)
  );
}

/** Words of the prompt that stand in right options and in no wrong one. */
function echoedWords(prompt: string, right: readonly Option[], wrong: readonly Option[]): string[] {
  const inWrong = new Set(wrong.flatMap(({ text }) => [...meaningfulWords(text).keys()]));
  const inRight = new Set(right.flatMap(({ text }) => [...meaningfulWords(text).keys()]));
  return [...meaningfulWords(prompt)]
    .filter(([stem]) => inRight.has(stem) && !inWrong.has(stem))
    .map(([, word]) => word);
}

function reviewOptions(options: readonly Option[]): Advice[] {
  const found: Advice[] = [];
  for (const [index, { id, text }] of options.entries()) {
    const field = `options.${id}.text`;
    if (isAboutOthers(text)) found.push({ rule: 'about-others', field, ...say.allOfThem(text) });
    if (isMocking(text)) found.push({ rule: 'mocking-option', field, ...say.mocking(text) });
    const like = options.slice(0, index).find((earlier) => isTriviallyDifferent(earlier.text, text));
    if (like) found.push({ rule: 'alike-options', field, ...say.alike(like.text, text) });
  }
  return found;
}

function reviewFeedback(options: readonly Option[]): Advice[] {
  const found: Advice[] = [];
  for (const [index, { id, text, feedback }] of options.entries()) {
    const field = `options.${id}.feedback`;
    const plain = wordsOf(feedback).join(' ');
    const isRepeated = options.slice(0, index).some((one) => wordsOf(one.feedback).join(' ') === plain);
    if (plain === '') {
      if (text.trim() !== '') found.push({ rule: 'feedback-missing', field, ...say.feedbackMissing });
    } else if (isOnlyVerdict(feedback)) {
      found.push({ rule: 'feedback-verdict', field, ...say.feedbackVerdict });
    } else if (isRepeated) found.push({ rule: 'feedback-same', field, ...say.feedbackSame });
  }
  return found;
}

/** How long an option looks. */
export function lengthOf({ text }: Pick<Option, 'text'>): number {
  return text.trim().length;
}
