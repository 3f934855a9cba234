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

test.each(['22021', '22P05'])('A null byte in what was sent is the fault of the sender (%s)', (code) => {
  const refused = new Error('query failed', { cause: Object.assign(new Error('refused'), { code }) });
  expect(failurePage(refused)).toBe('felaktig-adress');
});
