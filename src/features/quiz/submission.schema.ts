import { z } from 'zod';
import { SUBMISSION_FIELD, VERSION_FIELD } from './quiz-form.ts';
import type { SubmittedForm } from './quiz.ts';

/** An id made before sending, so that the same submission is recorded once however often it arrives. */
export const submissionIdSchema = z.uuid().toLowerCase();

const headSchema = z.object({
  submissionId: submissionIdSchema.nullable(),
  /** A PostgreSQL integer. */
  versionId: z.coerce.number().int().min(1).max(2_147_483_647).nullable(),
});

export type SubmissionHead = z.infer<typeof headSchema>;

/** Which submission a form is, and to which version; either may be missing. Null when one is malformed. */
export function parseSubmissionHead(form: SubmittedForm): SubmissionHead | null {
  const head = headSchema.safeParse({
    submissionId: form.getAll(SUBMISSION_FIELD)[0] ?? null,
    versionId: form.getAll(VERSION_FIELD)[0] ?? null,
  });
  return head.success ? head.data : null;
}
