import { now } from '#src/lib/clock.ts';
import { isSame } from '#src/features/editorial/merge.ts';
import {
  type DraftPartInput,
  type DraftPartView,
  type DraftStatus,
  type DraftTransport,
  type HoldReply,
  type Outbox,
  type SaveReply,
  type Unsent,
} from './draft-part.ts';
import { KeptText } from './kept-text.ts';

/** How long after the last change a save is sent. */
export const SAVE_AFTER_MS = 1_200;
/** How often the server hears that the part is still open here, or is asked whether it has become free. */
export const HOLD_EVERY_MS = 20_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
const MOST_UNCERTAIN = 3;

interface Surroundings<T> {
  transport: DraftTransport<T>;
  outbox: Outbox<T>;
  /** Puts what was typed since `sent` into what the server has made of `sent`; null: both changed the same. */
  merge: (sent: T, typed: T, stored: T) => T | null;
  /** Loads the page again, with the text as it stands on the server. */
  reload: () => void;
}

/**
 * Keeps one part of a draft in step with the server: sends what is written, one request at a time, and
 * sees to it that no text is only in memory for longer than a moment. Knows nothing of React or the page.
 *
 * The server answers one of: saved; somebody else saved in between (the writer chooses); somebody else has
 * it open; the draft is closed; not signed in; refused. No answer at all means that the text may or may not
 * have arrived: it is sent again, and a "conflict" with one's own text is no conflict.
 */
export class DraftSync<T> {
  readonly #transport: DraftTransport<T>;
  readonly #kept: KeptText<T>;
  readonly #merge: Surroundings<T>['merge'];
  readonly #reload: Surroundings<T>['reload'];
  readonly #listeners = new Set<() => void>();
  #view: DraftPartView<T>;
  #base: number;
  #isReady = false;
  #isStopped = false;
  #isSending = false;
  #isAsking = false;
  #holds = false;
  #uncertain: T[] = [];
  #retries = 0;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #holdTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(input: Pick<DraftPartInput<T>, 'revision' | 'content'>, surroundings: Surroundings<T>) {
    this.#transport = surroundings.transport;
    this.#kept = new KeptText(surroundings.outbox, () => this.#unsent());
    this.#merge = surroundings.merge;
    this.#reload = surroundings.reload;
    this.#base = input.revision;
    this.#view = {
      content: input.content,
      status: { kind: 'saved', at: null },
      hasUnsent: false,
      isReadOnly: true,
      loaded: 0,
      recoveredAt: null,
    };
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly view = (): DraftPartView<T> => this.#view;

  /** Puts back what this browser has kept, and asks for the part to write in. */
  async start(): Promise<void> {
    this.#isStopped = false;
    const holding = this.#transport.hold(false);
    if (!this.#isReady) await this.#recover();
    this.#isReady = true;
    this.#onHold(await holding);
  }

  /** Ends all timers; what is unsent is in the outbox. */
  stop(): void {
    this.#isStopped = true;
    this.#kept.keepNow();
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#holdTimer);
  }

  /** The writer changed something. */
  readonly change = (next: T): void => {
    if (this.#view.isReadOnly || next === this.#view.content) return;
    const waits = this.#view.status.kind === 'offline' || this.#view.status.kind === 'signed-out';
    this.#show({ content: next, hasUnsent: true, ...(!waits && { status: { kind: 'saving' } }) });
    this.#kept.keepSoon();
    if (!waits) this.#sendIn(SAVE_AFTER_MS);
  };

  /** Sends at once what is unsent: the page is left or hidden, the network is back, somebody signed in. */
  readonly saveNow = (): void => {
    void this.#send();
  };

  /** Nobody looks at the page: the part becomes free to others after a while. */
  readonly sleep = (): void => {
    this.saveNow();
    clearTimeout(this.#holdTimer);
  };

  /** The page is looked at again: what waited goes on. */
  readonly wake = (): void => {
    if (!this.#isReady || this.#isStopped) return;
    void this.#ask(false);
    this.saveNow();
  };

  /** The page may be going away for good. */
  readonly leave = (): void => {
    this.#kept.keepNow();
    this.saveNow();
    if (this.#holds) this.#transport.release();
    this.#holds = false;
  };

  /** Takes the part from whoever has it. */
  readonly takeOver = (): void => {
    void this.#ask(true);
  };

  /** Answers a conflict: what is here becomes a new revision after theirs. */
  readonly keepMine = (): void => {
    const { status } = this.#view;
    if (status.kind !== 'conflict') return;
    this.#base = status.revision;
    this.#show({ status: { kind: 'saving' }, hasUnsent: true });
    // Whoever saved the other text may still have the part open.
    void this.#ask(true).then(this.saveNow);
  };

  /** Answers a conflict: theirs is what is written on. */
  readonly takeTheirs = (): void => {
    const { status } = this.#view;
    if (status.kind !== 'conflict') return;
    if (status.content === null) return this.#stopFor({ kind: 'closed' });
    this.#replace(status.content, status.revision, status.at);
  };

  async #recover(): Promise<void> {
    const unsent = await this.#kept.read();
    if (!unsent) return;
    const { content } = this.#view;
    if (isSame(unsent.content, content)) return this.#kept.forget();
    this.#uncertain = [...unsent.uncertain];
    // The server may have got an earlier part of this text: then it goes on from there.
    const isOwn = unsent.uncertain.some((sent) => isSame(sent, content));
    if (!isOwn) this.#base = unsent.base;
    this.#show({
      content: unsent.content,
      hasUnsent: true,
      status: { kind: 'saving' },
      recoveredAt: new Date(unsent.at),
      loaded: this.#view.loaded + 1,
    });
  }

  async #send(): Promise<void> {
    clearTimeout(this.#saveTimer);
    const { content, hasUnsent, status } = this.#view;
    const isAnswered = status.kind === 'conflict' || status.kind === 'held' || status.kind === 'closed';
    if (this.#isSending || !this.#isReady || this.#isStopped || !hasUnsent || isAnswered) return;
    this.#isSending = true;
    const uncertain = this.#uncertain;
    this.#uncertain = [...uncertain, content].slice(-MOST_UNCERTAIN);
    this.#kept.keepNow();
    const reply = await this.#transport.save(this.#base, content);
    this.#isSending = false;
    this.#onSave(reply, content, uncertain);
  }

  #onSave(reply: SaveReply<T>, sent: T, uncertain: readonly T[]): void {
    if (reply.kind === 'unreachable') return this.#waitFor({ kind: 'offline' });
    this.#retries = 0;
    switch (reply.kind) {
      case 'saved':
        return this.#onSaved(reply.revision, reply.at, sent);
      case 'merged':
        return this.#onMerged(reply.content, reply.revision, reply.at, sent);
      case 'conflict': {
        if (isSame(reply.content, sent)) return this.#onSaved(reply.revision, reply.at, sent);
        const isOwn = uncertain.some((one) => isSame(one, reply.content));
        this.#uncertain = [];
        // Nobody has changed anything, so it was refused because somebody else has it open.
        if (reply.revision === this.#base && reply.content !== null) {
          this.#holds = false;
          this.#askIn(HOLD_EVERY_MS);
          return this.#stopFor({ kind: 'held', by: reply.by });
        }
        if (!isOwn) return this.#stopFor(reply);
        this.#base = reply.revision;
        return void this.#send();
      }
      case 'refused':
        this.#uncertain = [];
        // What was written meanwhile may be right.
        if (this.#view.content !== sent) return this.#sendIn(SAVE_AFTER_MS);
        return this.#show({ status: { kind: 'refused', problems: reply.problems } });
      case 'signed-out':
        this.#uncertain = [...uncertain];
        return this.#waitFor({ kind: 'signed-out' });
      case 'held':
        this.#uncertain = [...uncertain];
        this.#holds = false;
        this.#askIn(HOLD_EVERY_MS);
        return this.#stopFor(reply);
      case 'closed':
        return this.#stopFor(reply);
    }
  }

  #onSaved(revision: number, at: string, sent: T): void {
    this.#base = revision;
    this.#uncertain = [];
    this.#holds = true;
    if (this.#view.content === sent) {
      this.#show({ status: { kind: 'saved', at }, hasUnsent: false });
      return this.#kept.forget();
    }
    // Written while the request was under way: kept with its new base, and sent after the same wait.
    this.#show({ status: { kind: 'saving' } });
    this.#kept.keepNow();
    this.#sendIn(SAVE_AFTER_MS);
  }

  #onMerged(stored: T, revision: number, at: string, sent: T): void {
    const typed = this.#view.content;
    const merged = typed === sent ? stored : this.#merge(sent, typed, stored);
    // Made from what was there before: the server finds what is in the way, and asks.
    if (merged === null) return this.#sendIn(0);
    this.#replace(merged, revision, at);
    if (merged === stored) return;
    this.#show({ status: { kind: 'saving' }, hasUnsent: true });
    this.#kept.keepNow();
    this.#sendIn(SAVE_AFTER_MS);
  }

  async #ask(take: boolean): Promise<void> {
    const { kind } = this.#view.status;
    if (this.#isAsking || this.#isStopped || kind === 'closed' || kind === 'conflict') return;
    clearTimeout(this.#holdTimer);
    this.#isAsking = true;
    const reply = await this.#transport.hold(take);
    this.#isAsking = false;
    this.#onHold(reply);
  }

  #onHold(reply: HoldReply): void {
    if (this.#isStopped) return;
    const { status, hasUnsent } = this.#view;
    if (status.kind === 'conflict' || status.kind === 'closed') return;
    if (reply.kind === 'closed') return this.#stopFor(reply);
    this.#askIn(HOLD_EVERY_MS);
    if (reply.kind === 'held') {
      this.#holds = false;
      return this.#stopFor(reply);
    }
    if (reply.kind === 'mine') {
      this.#holds = true;
      if (reply.revision !== this.#base && !hasUnsent && !this.#isSending) return this.#reload();
      const wasShut = status.kind === 'held' || status.kind === 'signed-out';
      if (wasShut && !hasUnsent) this.#show({ status: { kind: 'saved', at: null } });
      if (status.kind === 'held' && hasUnsent) this.#show({ status: { kind: 'saving' } });
    }
    if (reply.kind === 'signed-out' && status.kind === 'saved') this.#show({ status: reply });
    this.#show({});
    if (reply.kind === 'mine' && hasUnsent) void this.#send();
  }

  /** Another text than the one that was written on here. */
  #replace(content: T, revision: number, at: string | null): void {
    this.#base = revision;
    this.#uncertain = [];
    this.#show({
      content,
      status: { kind: 'saved', at },
      hasUnsent: false,
      recoveredAt: null,
      loaded: this.#view.loaded + 1,
    });
    this.#kept.forget();
  }

  /** Nothing more is sent until the writer has chosen, or the part is free. */
  #stopFor(status: DraftStatus<T>): void {
    clearTimeout(this.#saveTimer);
    this.#kept.keepNow();
    this.#show({ status });
  }

  /** Tries again after a while, longer each time; with some chance in it, so that not all come at once. */
  #waitFor(status: DraftStatus<T>): void {
    this.#show({ status });
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#retries, LONGEST_RETRY_MS);
    this.#retries += 1;
    this.#sendIn(wait * (0.75 + Math.random() / 2));
  }

  #sendIn(wait: number): void {
    clearTimeout(this.#saveTimer);
    if (!this.#isStopped) this.#saveTimer = setTimeout(() => void this.#send(), wait);
  }

  #askIn(wait: number): void {
    clearTimeout(this.#holdTimer);
    if (!this.#isStopped) this.#holdTimer = setTimeout(() => void this.#ask(false), wait);
  }

  #unsent(): Unsent<T> | null {
    const { content, hasUnsent } = this.#view;
    if (!hasUnsent) return null;
    return { base: this.#base, content, uncertain: this.#uncertain, at: now().getTime() };
  }

  #show(part: Partial<DraftPartView<T>>): void {
    const view = { ...this.#view, ...part };
    const { kind } = view.status;
    const isReadOnly = !this.#isReady || kind === 'held' || kind === 'conflict' || kind === 'closed';
    this.#view = { ...view, isReadOnly };
    for (const listener of this.#listeners) listener();
  }
}
