import { expect, test } from 'vitest';
import { describeFailure } from '#src/features/auth/sign-in-page.ts';

test.each([
  [1, '1 sekund'],
  [59, '59 sekunder'],
  [60, '1 minut'],
  [61, '2 minuter'],
  [600, '10 minuter'],
])('Whoever has to wait %i seconds reads "%s"', (seconds, words) => {
  const failure = describeFailure({ kind: 'limited', seconds });
  expect(failure).toMatchObject({ status: 429, retryAfter: seconds });
  expect(failure.error).toContain(`Vänta ${words} och`);
});

test('Whoever comes when too many sign in at once is asked to come back, and nothing more is said', () => {
  expect(describeFailure({ kind: 'busy' })).toMatchObject({ status: 503, retryAfter: 30 });
});
