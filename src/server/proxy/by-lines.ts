import { Buffer } from 'node:buffer';
import type { Rewriter } from './proxied-connection.ts';

/** Longer ones are passed on as they are. Ours: RFC 959 has no limit; no reply about a port is longer. */
const LINE_BYTES_MAX = 8_192;

/** What a record of TLS begins with, and no line of a dialogue: RFC 8446 section 5.1. */
const TLS_CONTENT_TYPES = [0x14, 0x15, 0x16, 0x17];

/**
 * Cuts a stream into lines, their ends included, and changes each; the rest waits for its end. From the first
 * record of TLS on all passes as it is.
 */
export class ByLines implements Rewriter {
  readonly #changeLine: (line: string) => Promise<string>;
  #rest = Buffer.alloc(0);
  #isUnderTls: boolean = false;

  constructor(changeLine: (line: string) => Promise<string>) {
    this.#changeLine = changeLine;
  }

  async change(chunk: Buffer): Promise<Buffer> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const changed: Buffer[] = [];
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      // Latin-1 keeps every byte as it is.
      changed.push(Buffer.from(await this.#changeLine(line.toString('latin1')), 'latin1'));
    }
    if (this.#isUnderTls || this.#rest.length > LINE_BYTES_MAX) changed.push(this.rest());
    return Buffer.concat(changed);
  }

  rest(): Buffer {
    return this.#take(this.#rest.length);
  }

  #nextLine(): Buffer | undefined {
    this.#isUnderTls ||= TLS_CONTENT_TYPES.includes(this.#rest[0] ?? 0);
    const end = this.#isUnderTls ? -1 : this.#rest.indexOf('\n');
    return end < 0 ? undefined : this.#take(end + 1);
  }

  #take(sizeBytes: number): Buffer {
    const taken = this.#rest.subarray(0, sizeBytes);
    this.#rest = this.#rest.subarray(sizeBytes);
    return taken;
  }
}
