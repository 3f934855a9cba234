import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HoldReply, SaveReply, Unsent } from '#src/features/editor/draft-part.ts';
import { DraftSync, HOLD_EVERY_MS, SAVE_AFTER_MS } from '#src/features/editor/draft-sync.ts';
import { KEEP_AFTER_MS } from '#src/features/editor/kept-text.ts';

const AT = '2026-11-22T08:00:00.000Z';
const saved = (revision: number): SaveReply<string> => ({ kind: 'saved', revision, at: AT });
const conflict = (revision: number, content: string | null): SaveReply<string> => ({
  kind: 'conflict',
  revision,
  content,
  by: 'Bo',
  at: AT,
});

/** A browser and a server of which a test says what they answer. */
function workshop({ kept = null as Unsent<string> | null, revision = 5, content = 'a' } = {}) {
  const sends: { base: number; content: string; answer: (reply: SaveReply<string>) => void }[] = [];
  const holds: boolean[] = [];
  const state = { kept, hold: { kind: 'mine', revision } as HoldReply, released: 0, reloads: 0 };
  const sync = new DraftSync<string>(
    { revision, content },
    {
      transport: {
        save: (base, sent) => new Promise((answer) => sends.push({ base, content: sent, answer })),
        hold: async (take) => {
          holds.push(take);
          return state.hold;
        },
        release: () => void (state.released += 1),
      },
      outbox: {
        read: async () => state.kept,
        write: async (unsent) => void (state.kept = unsent),
        clear: async () => void (state.kept = null),
      },
      merge: (_sent, typed, stored) => (typed.includes('!') ? null : `${stored}+${typed}`),
      reload: () => void (state.reloads += 1),
    },
  );
  const answer = async (reply: SaveReply<string>) => {
    sends.at(-1)!.answer(reply);
    await vi.advanceTimersByTimeAsync(0);
  };
  const open = async () => {
    await sync.start();
    await vi.advanceTimersByTimeAsync(0);
  };
  const write = async (text: string) => {
    sync.change(text);
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
  };
  return { sync, sends, holds, state, answer, open, write };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Saving', () => {
  test('Text is sent once the writer has paused, and is then said to be saved', async () => {
    const { sync, sends, state, answer, open } = workshop();
    await open();
    sync.change('ab');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
    sync.change('abc');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
    expect(sends).toEqual([]);
    expect(sync.view()).toMatchObject({ hasUnsent: true, status: { kind: 'saving' } });
    await vi.advanceTimersByTimeAsync(1);
    expect(sends).toMatchObject([{ base: 5, content: 'abc' }]);
    await answer(saved(6));
    expect(sync.view()).toMatchObject({ hasUnsent: false, status: { kind: 'saved', at: AT } });
    expect(state.kept).toBeNull();
  });

  test('What is written during a request goes in the next one, made from what the first became', async () => {
    const { sync, sends, answer, open, write } = workshop();
    await open();
    await write('ab');
    await write('abc');
    sync.saveNow();
    expect(sends).toHaveLength(1);
    await answer(saved(6));
    expect(sync.view()).toMatchObject({ content: 'abc', hasUnsent: true });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(sends[1]).toMatchObject({ base: 6, content: 'abc' });
  });

  test('Text lies in the outbox before it is sent, and is gone from it first when it is acknowledged', async () => {
    const { sync, state, answer, open, write } = workshop();
    await open();
    sync.change('ab');
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS);
    expect(state.kept).toMatchObject({ base: 5, content: 'ab', uncertain: [] });
    await write('abc');
    expect(state.kept).toMatchObject({ content: 'abc', uncertain: ['abc'] });
    await answer(saved(6));
    expect(state.kept).toBeNull();
  });

  test('Text typed the moment before its form is taken away lies in the outbox', async () => {
    const { sync, state, open } = workshop();
    await open();
    sync.change('ab');
    sync.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.kept).toMatchObject({ base: 5, content: 'ab' });
  });

  test('Text that the server refuses stays, and is sent again when it has been changed', async () => {
    const { sync, sends, state, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'refused', problems: ['för lång'] });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sync.view()).toMatchObject({
      hasUnsent: true,
      status: { kind: 'refused', problems: ['för lång'] },
    });
    expect(state.kept).toMatchObject({ content: 'ab' });
    await write('a');
    expect(sends).toHaveLength(2);
  });

  test('Leaving the page sends what is unsent and gives the part free', async () => {
    const { sync, sends, state, open } = workshop();
    await open();
    sync.change('ab');
    sync.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(sends).toHaveLength(1);
    expect(state).toMatchObject({ released: 1, kept: { content: 'ab' } });
  });
});

describe('Without contact', () => {
  test('Text is tried again, with longer pauses, until it arrives', async () => {
    const { sync, sends, state, answer, open, write } = workshop();
    await open();
    state.hold = { kind: 'unreachable' };
    await write('ab');
    const pauses: number[] = [];
    for (let tries = 1; tries <= 8; tries += 1) {
      const from = Date.now();
      await answer({ kind: 'unreachable' });
      expect(sync.view().status).toEqual({ kind: 'offline' });
      while (sends.length === tries) await vi.advanceTimersByTimeAsync(100);
      pauses.push(Date.now() - from);
    }
    expect(pauses[0]).toBeLessThan(3_000);
    expect(pauses[7]).toBeGreaterThan(40_000);
    expect(pauses[7]).toBeLessThan(80_000);
    await answer(saved(6));
    expect(sync.view()).toMatchObject({ hasUnsent: false, status: { kind: 'saved' } });
  });

  test('Text goes at once when the network is back', async () => {
    const { sync, sends, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'unreachable' });
    sync.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sends).toHaveLength(2);
  });

  test('A save whose answer was lost is no conflict with oneself', async () => {
    const { sync, sends, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'unreachable' });
    sync.change('abc');
    sync.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sends[1]).toMatchObject({ base: 5, content: 'abc' });
    await answer(conflict(6, 'ab'));
    expect(sends[2]).toMatchObject({ base: 6, content: 'abc' });
    await answer(saved(7));
    expect(sync.view().status.kind).toBe('saved');
  });

  test('A text that the server has already, as it was sent, is saved', async () => {
    const { sync, state, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer(conflict(7, 'ab'));
    expect(sync.view()).toMatchObject({ hasUnsent: false, status: { kind: 'saved', at: AT } });
    expect(state.kept).toBeNull();
  });

  test('Somebody who is signed out goes on writing, and it is saved when she has signed in', async () => {
    const { sync, sends, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'signed-out' });
    sync.change('abc');
    expect(sync.view()).toMatchObject({ content: 'abc', isReadOnly: false, status: { kind: 'signed-out' } });
    sync.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sends[1]).toMatchObject({ base: 5, content: 'abc' });
  });
});

describe('Text left in the browser', () => {
  const kept = (content: string, uncertain: string[] = [], base = 5): Unsent<string> => ({
    base,
    content,
    uncertain,
    at: Date.parse(AT),
  });

  test('It is put back and sent', async () => {
    const { sync, sends, answer, open, state } = workshop({ kept: kept('abc') });
    await open();
    expect(sync.view()).toMatchObject({ content: 'abc', loaded: 1, hasUnsent: true, isReadOnly: false });
    expect(sync.view().recoveredAt).toEqual(new Date(AT));
    expect(sends[0]).toMatchObject({ base: 5, content: 'abc' });
    await answer(saved(6));
    expect(state.kept).toBeNull();
  });

  test('It is forgotten when the server has it', async () => {
    const { sync, sends, open, state } = workshop({ kept: kept('a', ['a'], 4) });
    await open();
    expect(sync.view()).toMatchObject({ loaded: 0, hasUnsent: false, recoveredAt: null });
    expect(sends).toEqual([]);
    expect(state.kept).toBeNull();
  });

  test('It goes on from what the server got of it', async () => {
    const { sends, open } = workshop({ kept: kept('abc', ['a'], 4) });
    await open();
    expect(sends[0]).toMatchObject({ base: 5, content: 'abc' });
  });

  test('It keeps its own base when somebody else has written since', async () => {
    const { sync, sends, answer, open } = workshop({ kept: kept('abc', [], 4) });
    await open();
    expect(sends[0]).toMatchObject({ base: 4 });
    await answer(conflict(5, 'a'));
    expect(sync.view().status.kind).toBe('conflict');
  });

  test('A browser that keeps nothing still lets one write and save', async () => {
    const { sync, sends, state } = workshop();
    const refuse = () => Promise.reject(new Error('closed'));
    const other = new DraftSync<string>(
      { revision: 5, content: 'a' },
      {
        transport: {
          save: async (base, content) => {
            sends.push({ base, content, answer: () => undefined });
            return saved(6);
          },
          hold: async () => state.hold,
          release: () => undefined,
        },
        outbox: { read: refuse, write: refuse, clear: refuse },
        merge: () => null,
        reload: () => undefined,
      },
    );
    sync.stop();
    await other.start();
    other.change('ab');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(other.view()).toMatchObject({ hasUnsent: false, status: { kind: 'saved' } });
  });
});

describe('Two writers', () => {
  test('A part that somebody has open can be read, is asked for now and then, and opens when it is free', async () => {
    const { sync, holds, state, open } = workshop();
    state.hold = { kind: 'held', by: 'Bo' };
    await open();
    sync.change('ab');
    expect(sync.view()).toMatchObject({ content: 'a', isReadOnly: true, status: { kind: 'held', by: 'Bo' } });
    state.hold = { kind: 'mine', revision: 5 };
    await vi.advanceTimersByTimeAsync(HOLD_EVERY_MS);
    expect(holds).toEqual([false, false]);
    expect(sync.view()).toMatchObject({ isReadOnly: false, status: { kind: 'saved' } });
    expect(state.reloads).toBe(0);
  });

  test('Taking over loads what the other has written', async () => {
    const { sync, holds, state, open } = workshop();
    state.hold = { kind: 'held', by: 'Bo' };
    await open();
    state.hold = { kind: 'mine', revision: 8 };
    sync.takeOver();
    await vi.advanceTimersByTimeAsync(0);
    expect(holds).toEqual([false, true]);
    expect(state.reloads).toBe(1);
  });

  test('Text of somebody who was taken over from stays in the browser, and is sent when she takes it back', async () => {
    const { sync, sends, state, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'held', by: 'Bo' });
    expect(sync.view()).toMatchObject({ isReadOnly: true, hasUnsent: true, status: { kind: 'held' } });
    expect(state.kept).toMatchObject({ content: 'ab' });
    state.hold = { kind: 'mine', revision: 6 };
    sync.takeOver();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.reloads).toBe(0);
    expect(sends[1]).toMatchObject({ base: 5, content: 'ab' });
  });

  test('A save that only somebody else’s hold stood against is no conflict about the text', async () => {
    const { sync, sends, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer(conflict(5, 'a'));
    expect(sync.view()).toMatchObject({ hasUnsent: true, status: { kind: 'held', by: 'Bo' } });
    sync.takeOver();
    await vi.advanceTimersByTimeAsync(0);
    expect(sends[1]).toMatchObject({ base: 5, content: 'ab' });
  });

  test('In a conflict one can keep the own text as a new revision', async () => {
    const { sync, sends, holds, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer(conflict(6, 'b'));
    sync.change('abc');
    expect(sync.view()).toMatchObject({ content: 'ab', isReadOnly: true });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sends).toHaveLength(1);
    sync.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(holds.at(-1)).toBe(true);
    expect(sends[1]).toMatchObject({ base: 6, content: 'ab' });
  });

  test('In a conflict one can go on with the other text', async () => {
    const { sync, sends, state, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer(conflict(6, 'b'));
    sync.takeTheirs();
    await vi.advanceTimersByTimeAsync(0);
    expect(sync.view()).toMatchObject({ content: 'b', loaded: 1, hasUnsent: false, isReadOnly: false });
    expect(state.kept).toBeNull();
    await write('bc');
    expect(sends[1]).toMatchObject({ base: 6, content: 'bc' });
  });

  test('Texts that the server has put together go on together with what was typed meanwhile', async () => {
    const { sync, sends, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'merged', revision: 7, at: AT, content: 'ab+x' });
    expect(sync.view()).toMatchObject({ content: 'ab+x', loaded: 1, hasUnsent: false });
    await write('ab+xy');
    sync.change('z');
    await answer({ kind: 'merged', revision: 9, at: AT, content: 'q' });
    expect(sync.view()).toMatchObject({ content: 'q+z', hasUnsent: true });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(sends[2]).toMatchObject({ base: 9, content: 'q+z' });
  });

  test('A draft that was closed takes nothing more, and keeps what was not sent', async () => {
    const { sync, state, answer, open, write } = workshop();
    await open();
    await write('ab');
    await answer({ kind: 'closed' });
    expect(sync.view()).toMatchObject({ isReadOnly: true, hasUnsent: true, status: { kind: 'closed' } });
    expect(state.kept).toMatchObject({ content: 'ab' });
  });
});
