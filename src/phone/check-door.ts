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
  readonly #shutting = new AbortController();
  #endsAfterFile = false;
  #isShut = false;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Aborted when the door is shut. */
  get signal(): AbortSignal {
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

  /** Ends what is under way and what is kept open. */
  shut(): void {
    this.#shutting.abort(SHUT);
    this.transport.close();
    this.#isShut = true;
  }
}
