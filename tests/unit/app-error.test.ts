import { expect, test, vi } from 'vitest';
import { AppError } from '#src/lib/errors.ts';
import { failurePage } from '#src/lib/failure.ts';

test('An error thrown by another copy of the code, as in the built pages, is still known', async () => {
  vi.resetModules();
  const { AppError: Other } = await import('#src/lib/errors.ts');
  expect(Other).not.toBe(AppError);
  const error = new Other('not-found', 'no such page');
  expect(error).toBeInstanceOf(AppError);
  expect(failurePage(error)).toBe('finns-inte');
  expect(new Error('not ours')).not.toBeInstanceOf(AppError);
});
