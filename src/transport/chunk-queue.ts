import { Buffer } from 'node:buffer';

/** Who fills a `ChunkQueue`, as far as the queue needs to tell it something. */
export interface ChunkSource {
  /** The reader wants its first chunk. */
  start(): void;
  /** There is room again, after `full` was true. */
  resume(): void;
  /** The reader went away before the end. */
  abandon(): void;
}

/** Small pieces are handed over together: a promise for each block of 512 bytes costs more than the copy. */
const BATCH_BYTES = 16 * 1024;
/** Bytes that may wait for a slow reader before the source is told to pause. */
const WAITING_BYTES_MAX = 8 * BATCH_BYTES;

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Pieces of a file between a source that pushes and one `for await` that pulls. Pieces are gathered into
 * chunks of `BATCH_BYTES`; what came before an end or a failure is handed over before it.
 */
export class ChunkQueue implements AsyncIterableIterator<Uint8Array> {
  readonly #source: ChunkSource;
  #pieces: Uint8Array[] = [];
  #piecesBytes = 0;
  readonly #chunks: Uint8Array[] = [];
  #chunksBytes = 0;
  #state: 'new' | 'open' | 'ended' = 'new';
  #failure: Error | undefined;
  #reader:
    | { resolve(result: IteratorResult<Uint8Array, undefined>): void; reject(failure: Error): void }
    | undefined;

  constructor(source: ChunkSource) {
    this.#source = source;
  }

  /** As much waits for the reader as may; the source should pause until `resume`. */
  get full(): boolean {
    return this.#chunksBytes >= WAITING_BYTES_MAX;
  }

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#piecesBytes += piece.length;
    if (this.#piecesBytes >= BATCH_BYTES) this.#gather();
  }

  end(): void {
    if (this.#piecesBytes > 0) this.#gather();
    this.#state = 'ended';
    if (this.#reader) this.#settle();
  }

  fail(failure: Error): void {
    this.#failure = failure;
    this.end();
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#reader) throw new Error('A second read was asked for before the first was answered');
    const answer = new Promise<IteratorResult<Uint8Array, undefined>>((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
    if (this.#state === 'new') {
      this.#state = 'open';
      this.#source.start();
    } else if (this.#chunks.length > 0 || this.#state === 'ended') {
      this.#settle();
    }
    return answer;
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    const wasOpen = this.#state === 'open';
    this.#state = 'ended';
    this.#failure = undefined;
    this.#chunks.length = 0;
    if (wasOpen) this.#source.abandon();
    return Promise.resolve(END);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #gather(): void {
    const [first] = this.#pieces;
    const chunk = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces, this.#piecesBytes);
    this.#pieces = [];
    this.#piecesBytes = 0;
    this.#chunks.push(chunk);
    this.#chunksBytes += chunk.length;
    if (this.#reader) this.#settle();
  }

  /** Answers the waiting reader: a chunk if there is one, else how it ended. */
  #settle(): void {
    const reader = this.#reader;
    this.#reader = undefined;
    const chunk = this.#chunks.shift();
    if (chunk) {
      const wasFull = this.full;
      this.#chunksBytes -= chunk.length;
      reader?.resolve({ done: false, value: chunk });
      if (wasFull && !this.full && this.#state === 'open') this.#source.resume();
    } else if (this.#failure) {
      reader?.reject(this.#failure);
      this.#failure = undefined;
    } else {
      reader?.resolve(END);
    }
  }
}
