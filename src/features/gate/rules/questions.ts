import type { ModuleDocument } from '#src/features/documents/document.ts';
import { reviewQuestions } from '#src/features/quiz/question-quality.ts';
import type { Finding } from '../findings.ts';
import { partName } from '../part-names.ts';

/** Advice on the knowledge check. What is wrong with its form comes from the schema, as errors. */
export function checkQuestions({ quiz, sections }: ModuleDocument): Finding[] {
  const named = sections.map(({ slug, meta }) => ({ slug, title: meta.title }));
  return reviewQuestions(quiz, named)
    .filter(({ rule }) => rule !== 'unknown-section')
    .map(({ rule, question, field, message, suggestion }): Finding => ({
      rule,
      severity: 'warning',
      part: partName.quiz,
      ...(question === undefined ? {} : { question }),
      ...(field === undefined ? {} : { field }),
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    }));
}
