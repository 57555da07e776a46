import type { Transport } from '../transport/transport.ts';

/** Shared by all: without it each abort would make an error with a stack trace, which costs a phone 5 %. */
const SHUT = new Error('the phone shut the door');

/**
 * A check's way to its files. Shutting it ends the running transfer at that very moment, before the phone
 * goes on: an invocation that xstate stops is aborted only after the facts of its phone's next state are
 * told.
 */
export class CheckDoor {
  readonly transport: Transport;
  #shutting: AbortController | undefined;
  #onShut: (() => void) | undefined;
  #endsAfterFile: boolean = false;
  #isShut: boolean = false;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Aborted when the door is shut while a transfer is under way, or was before. */
  get signal(): AbortSignal {
    this.#shutting ??= new AbortController();
    if (this.#isShut) this.#shutting.abort(SHUT);
    return this.#shutting.signal;
  }

  /** Whether all is over, what a transfer says of its own end included. */
  get isShut(): boolean {
    return this.#isShut;
  }

  /** Whether the check is to end once the running file is taken. */
  get endsAfterFile(): boolean {
    return this.#endsAfterFile;
  }

  /** Lets the running file through, and nothing after it. */
  endAfterFile(): void {
    this.#endsAfterFile = true;
  }

  /**
   * A transfer is under way: `onShut` hears at once when the door is shut under it. Call the result at its
   * end; there is one at a time. Nothing is aborted when none is, since that costs as much as a file.
   */
  transferBegins(onShut: () => void): () => void {
    this.#onShut = onShut;
    return () => {
      this.#onShut = undefined;
    };
  }

  /** Ends what is under way and what is kept open. */
  shut(): void {
    if (this.#onShut !== undefined) {
      this.#onShut();
      this.#shutting?.abort(SHUT);
    }
    this.transport.close();
    this.#isShut = true;
  }
}
