import { expect, test } from 'vitest';
import { nextSubmissionId } from '#src/features/quiz/submission-id.ts';
import { submissionIdSchema } from '#src/features/quiz/submission.schema.ts';

test('Every tab of a session has the same submission until one is handed in', () => {
  const id = nextSubmissionId('session-a', 7, 0);
  expect(submissionIdSchema.parse(id)).toBe(id);
  expect(nextSubmissionId('session-a', 7, 0)).toBe(id);
  const others = [
    nextSubmissionId('session-a', 7, 1),
    nextSubmissionId('session-a', 8, 0),
    nextSubmissionId('session-b', 7, 0),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});
