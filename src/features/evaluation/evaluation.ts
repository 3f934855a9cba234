/** Rules of the self-assessment: who is asked when, and what is shown of it. */
import type { AssessmentQuestion, AssessmentStanding, Moment, ShownAnswers } from '#db/queries/evaluation.ts';
import { addDays } from '#src/lib/clock.ts';

export const MOMENTS = ['before', 'after'] as const satisfies readonly Moment[];
export const QUESTIONS = ['recognise', 'ask', 'act'] as const satisfies readonly AssessmentQuestion[];
export const ANSWERS = [1, 2, 3, 4, 5] as const;

/** Later than this after the grundkurs, the answer would tell of other things than the course. */
const DAYS_AFTER_COURSE = 90;

/**
 * What a person is asked on a day, or null. Before: until she has completed any part. After: for some time
 * after completing the grundkurs herself. Each once in a lifetime, and only where the answers are counted.
 */
export function momentToAsk(standing: AssessmentStanding, day: string): Moment | null {
  const { departmentId, hasBegun, courseOn, asked } = standing;
  if (departmentId === null) return null;
  if (!hasBegun) return asked.includes('before') ? null : 'before';
  const isFresh = courseOn !== null && day <= addDays(courseOn, DAYS_AFTER_COURSE);
  return isFresh && !asked.includes('after') ? 'after' : null;
}

/** What those of one place answered at one moment. */
export interface MomentFigures {
  /** How many have answered. */
  answers: number;
  /** Share in per cent who are quite or very sure, per question. */
  share: Record<AssessmentQuestion, number>;
  sure: Record<AssessmentQuestion, number>;
}

/** One department, or the municipality, in a year; null where too few have answered. */
export interface EvaluationRow {
  /** Null: the whole municipality. */
  code: string | null;
  name: string;
  before: MomentFigures | null;
  after: MomentFigures | null;
}

export interface EvaluationYear {
  year: number;
  rows: EvaluationRow[];
}

/**
 * The shown answers by year and department, the municipality first where several departments have any:
 * the sum of what is shown, so that it tells nothing of what still waits.
 */
export function layoutEvaluation(shown: readonly ShownAnswers[], municipality: string): EvaluationYear[] {
  const years = [...new Set(shown.map(({ year }) => year))].sort((a, b) => b - a);
  return years.map((year) => {
    const ofYear = shown.filter((row) => row.year === year);
    const codes = [...new Set(ofYear.map(({ code }) => code))];
    const rows = codes.map((code) =>
      toRow(
        code,
        ofYear.filter((row) => row.code === code),
      ),
    );
    const total = { ...toRow(null, ofYear), name: municipality };
    return { year, rows: rows.length > 1 ? [total, ...rows] : rows };
  });
}

function toRow(code: string | null, shown: readonly ShownAnswers[]): EvaluationRow {
  const of = (moment: Moment) => toFigures(shown.filter((row) => row.moment === moment));
  return { code, name: shown[0]?.name ?? '', before: of('before'), after: of('after') };
}

function toFigures(shown: readonly ShownAnswers[]): MomentFigures | null {
  if (shown.length === 0) return null;
  const sum = (question: AssessmentQuestion, count: (row: ShownAnswers) => number) =>
    shown.filter((row) => row.question === question).reduce((total, row) => total + count(row), 0);
  const perQuestion = (value: (question: AssessmentQuestion) => number) => ({
    recognise: value('recognise'),
    ask: value('ask'),
    act: value('act'),
  });
  const answers = sum('recognise', (row) => row.answers);
  const sure = perQuestion((question) => sum(question, (row) => row.sure));
  return { answers, sure, share: perQuestion((question) => (100 * sure[question]) / answers) };
}
