import { describe, expect, test } from 'vitest';
import { createQueue } from '#src/lib/queue.ts';

/** A job that ends when it is told to. */
function job<T>(result: T) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let isRunning = false;
  return {
    run: async () => {
      isRunning = true;
      await ended;
      return result;
    },
    end: () => end(),
    isRunning: () => isRunning,
  };
}

describe('The queue in front of the password check', () => {
  test('runs as many as it may, keeps the next waiting and turns the rest away', async () => {
    const queue = createQueue(2, 1);
    const [first, second, third, fourth] = [job(1), job(2), job(3), job(4)] as const;
    const running = [queue(first.run), queue(second.run)];
    const waiting = queue(third.run);
    expect(await queue(fourth.run)).toBeNull();
    expect([first, second, third, fourth].map((one) => one.isRunning())).toEqual([true, true, false, false]);
    first.end();
    expect(await running[0]).toBe(1);
    third.end();
    expect(await waiting).toBe(3);
    second.end();
    expect(await running[1]).toBe(2);
  });

  test('gives the place on when a job fails', async () => {
    const queue = createQueue(1, 1);
    const failing = queue(async () => Promise.reject(new Error('broken')));
    const next = queue(async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
    expect(await queue(async () => 'again')).toBe('again');
  });
});
