import type { Clock } from '../clock/clock.ts';

/** How long one waits at an inbox, and what ends the wait early. */
export interface InboxWait {
  readonly clock: Clock;
  /** By that clock. */
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** Ours. Whoever sends more before we look has his later messages dropped. */
const KEPT_MAX = 256;

/** What came by a socket and nobody has looked at yet, for one reader. */
export class Inbox<T> {
  readonly #messages: T[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  put(message: T): void {
    if (this.#messages.length < KEPT_MAX) this.#messages.push(message);
    this.#wake?.();
  }

  /** Nothing more can come; `next` rejects with the first of these once the messages are read. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  /** The next message, or undefined at `untilMs`. Rejects with the failure, or with the signal's reason. */
  async next(wait: InboxWait): Promise<T | undefined> {
    wait.signal.throwIfAborted();
    if (this.#isEmpty()) await this.#woken(wait);
    wait.signal.throwIfAborted();
    const message = this.#messages.shift();
    if (message === undefined && this.#failure) throw this.#failure;
    return message;
  }

  #isEmpty(): boolean {
    return this.#messages.length === 0 && !this.#failure;
  }

  #woken({ clock, untilMs, signal }: InboxWait): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wake = undefined;
        clock.clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = clock.setTimeout(wake, Math.max(0, untilMs - clock.now()));
      signal.addEventListener('abort', wake, { once: true });
      this.#wake = wake;
    });
  }
}
