import type { Quirks } from './quirks.ts';

/**
 * Documented: S41 p30, at a longer line the phone ignores the rest of the file. Assumed: bytes, without the
 * line end.
 */
export const LINE_LENGTH_MAX_BYTES = 80;

/** A line as it stands in a file, one character a byte. */
export interface LineSpan {
  /** 1-based; comments and blank lines count. */
  readonly number: number;
  /** Without the line end. */
  readonly lengthBytes: number;
  /** The first 80 bytes. */
  readonly bytes: string;
  /** What of them stands before a comment. Documented: S41 p30, everything from `#` on is ignored. */
  readonly said: string;
  readonly endsInLoneCr: boolean;
}

/** Every line of a text that has one character a byte, from `start` on; in linear time whatever it holds. */
export function* lineSpans(text: string, start: number, quirks: Quirks): Generator<LineSpan> {
  const lineEnd = quirks.readLoneCr === 'read' ? /\r\n|\n|\r/g : /\r\n|\n/g;
  let from = start;
  for (let number = 1; from < text.length; number++) {
    lineEnd.lastIndex = from;
    const end = lineEnd.exec(text);
    const to = end?.index ?? text.length;
    const bytes = text.slice(from, Math.min(to, from + LINE_LENGTH_MAX_BYTES));
    yield {
      number,
      lengthBytes: to - from,
      bytes,
      said: beforeComment(bytes),
      endsInLoneCr: end?.[0] === '\r',
    };
    from = end === null ? text.length : lineEnd.lastIndex;
  }
}

function beforeComment(bytes: string): string {
  const hash = bytes.indexOf('#');
  return hash === -1 ? bytes : bytes.slice(0, hash);
}
