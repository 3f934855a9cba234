import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Outcome } from '#src/cli/test-steps.ts';

/** Where a test runner leaves how it went, for `npm test` to add up. */
export async function writeOutcome(outcome: Outcome): Promise<void> {
  const file = process.env['TEST_OUTCOME'];
  if (!file) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(outcome, null, 2));
}
