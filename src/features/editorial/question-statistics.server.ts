import { countFirstAnswers } from '#db/queries/evaluation.ts';
import { listModules } from '#db/queries/modules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { nameOfModule } from '#src/features/completions/module-name.ts';
import { quizSchema } from '#src/features/quiz/quiz.schema.ts';
import { getDb } from '#src/lib/database.ts';
import { describeAnswers, type QuestionStatistics } from './question-statistics.ts';

export interface QuestionsPage {
  /** The most misunderstood first. */
  questions: (QuestionStatistics & { slug: string; module: string; version: number })[];
  /** Modules with questions that too few have answered. */
  tooFew: { module: string; questions: number }[];
}

/**
 * How the questions of the published knowledge checks are answered the first time. No names, no units.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showQuestions(actor: Actor | null): Promise<QuestionsPage> {
  requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const published = (await listModules(db)).flatMap(({ module, version }) => {
    if (version?.quiz == null) return [];
    const name = nameOfModule(module.slug, version.title);
    return [{ slug: module.slug, name, version, quiz: quizSchema.parse(version.quiz) }];
  });
  const counts = await countFirstAnswers(
    db,
    published.map(({ version }) => version.id),
  );
  const modules = published.map(({ slug, name, version, quiz }) => {
    const own = counts.filter(({ moduleVersionId }) => moduleVersionId === version.id);
    return { slug, name, version: version.version, ...describeAnswers(quiz, own) };
  });
  return {
    questions: modules
      .flatMap(({ slug, name, version, questions }) =>
        questions.map((question) => ({ ...question, slug, module: name, version })),
      )
      .toSorted((a, b) => a.right - b.right || b.answers - a.answers),
    tooFew: modules.flatMap(({ name, tooFew }) => (tooFew > 0 ? [{ module: name, questions: tooFew }] : [])),
  };
}
