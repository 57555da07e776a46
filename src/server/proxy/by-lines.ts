import { Buffer } from 'node:buffer';

/** Longer ones are passed on as they are. Ours: RFC 959 has no limit; no reply about a port is longer. */
const LINE_BYTES_MAX = 8_192;

/** Cuts a stream into lines, their ends included, and changes each; the rest waits for its end. */
export function byLines(change: (line: string) => Promise<string>): (chunk: Buffer) => Promise<Buffer> {
  let rest = Buffer.alloc(0);
  return async (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const changed: string[] = [];
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      // Latin-1 keeps every byte as it is.
      changed.push(await change(rest.toString('latin1', 0, end + 1)));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LINE_BYTES_MAX) {
      changed.push(rest.toString('latin1'));
      rest = Buffer.alloc(0);
    }
    return Buffer.from(changed.join(''), 'latin1');
  };
}
