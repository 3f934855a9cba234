import { requiredCorrect } from './pass-mark.ts';
import { gradeQuiz, type Answers } from './quiz.ts';
import type { Quiz } from './quiz.schema.ts';

export interface ResultOption {
  text: string;
  feedback: string;
}

/** One question after grading, with no more of the key than it should show. */
export interface ResultQuestion {
  number: number;
  prompt: string;
  type: 'single' | 'multiple';
  isRight: boolean;
  /** What was chosen and why it holds or does not. */
  chosen: ResultOption[];
  /** Right options that were not chosen. Only after passing: before, a new attempt must mean something. */
  rightNotChosen: ResultOption[];
  /** File name of the section that answers the question. */
  section: string;
}

export interface QuizResult {
  questions: ResultQuestion[];
  correct: number;
  required: number;
  passed: boolean;
}

/** What a person sees of her own graded submission. */
export function explainResult(quiz: Quiz, answers: Answers): QuizResult {
  const { questions, correct, passed } = gradeQuiz(quiz, answers);
  return {
    correct,
    passed,
    required: requiredCorrect(quiz),
    questions: questions.map(({ question, number, chosen, isRight }) => ({
      number,
      isRight,
      prompt: question.prompt,
      type: question.type,
      section: question.section,
      chosen: chosen.map(pickWords),
      rightNotChosen: passed
        ? question.options.filter((option) => option.correct && !chosen.includes(option)).map(pickWords)
        : [],
    })),
  };
}

function pickWords({ text, feedback }: ResultOption): ResultOption {
  return { text, feedback };
}
