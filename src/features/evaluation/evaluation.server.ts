import { listShownAnswers } from '#db/queries/evaluation.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { evaluationWords } from '#src/i18n/evaluation.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { toCsvText } from '#src/lib/csv.ts';
import { getDb } from '#src/lib/database.ts';
import { layoutEvaluation, MOMENTS, QUESTIONS, type EvaluationYear } from './evaluation.ts';

/**
 * How sure people have been before and after the grundkurs, per year and department, latest year first.
 * Only what may be shown.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showEvaluation(actor: Actor | null): Promise<EvaluationYear[]> {
  requireRole(actor, 'samordnare', 'admin');
  return layoutEvaluation(await listShownAnswers(getDb(), stockholmToday()), evaluationWords.municipality);
}

const COLUMNS = [
  'ar',
  'enhetskod',
  'forvaltning',
  'tillfalle',
  'fraga',
  'antal_svar',
  'antal_sakra',
  'andel_sakra',
];

/** The same as a table for spreadsheets: one line per department, moment and question, without the sums. */
export function evaluationCsv(years: readonly EvaluationYear[]): string {
  const lines = years.flatMap(({ year, rows }) =>
    rows.flatMap(({ code, name, ...row }) =>
      MOMENTS.flatMap((moment) => {
        const figures = row[moment];
        if (code === null || figures === null) return [];
        return QUESTIONS.map((question) => [
          String(year),
          code,
          name,
          evaluationWords.csvMoment[moment],
          evaluationWords.csvQuestion[question],
          String(figures.answers),
          String(figures.sure[question]),
          figures.share[question].toFixed(1).replace('.', ','),
        ]);
      }),
    ),
  );
  return toCsvText([COLUMNS, ...lines]);
}
