import type { Outbox, Unsent } from './draft-part.ts';

/** How long after a change text is put in the outbox. */
export const KEEP_AFTER_MS = 250;
/** A browser that does not answer about its storage does not stop anybody from writing. */
const OUTBOX_WAIT_MS = 2_000;

/**
 * Sees to it that the text that is unsent lies in the outbox, whatever happens to the page. The outbox does one
 * thing at a time, in order; a browser that keeps nothing still writes and sends.
 */
export class KeptText<T> {
  readonly #outbox: Outbox<T>;
  readonly #latest: () => Unsent<T> | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<unknown> = Promise.resolve();

  /** `latest` gives what is unsent at the moment; null: nothing is. */
  constructor(outbox: Outbox<T>, latest: () => Unsent<T> | null) {
    this.#outbox = outbox;
    this.#latest = latest;
  }

  /** What an earlier visit has left; null when there is nothing, or the browser does not say. */
  async read(): Promise<Unsent<T> | null> {
    return Promise.race([
      this.#outbox.read().catch(() => null),
      new Promise<null>((resolve) => setTimeout(() => resolve(null), OUTBOX_WAIT_MS)),
    ]);
  }

  /** Keeps what is unsent in a moment; all that is written until then goes along. */
  keepSoon(): void {
    this.#timer ??= setTimeout(() => this.keepNow(), KEEP_AFTER_MS);
  }

  keepNow(): void {
    this.#endTimer();
    const unsent = this.#latest();
    if (unsent) this.#do(() => this.#outbox.write(unsent));
  }

  /** The server has it all. */
  forget(): void {
    this.#endTimer();
    this.#do(() => this.#outbox.clear());
  }

  #endTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #do(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => undefined);
  }
}
