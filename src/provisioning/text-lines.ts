import { LINE_LENGTH_MAX_BYTES, type LineSpan, lineSpans } from './line-spans.ts';
import type { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import { quote } from './quote.ts';
import { TextDoubts } from './text-doubts.ts';
import { decode } from './text-encoding.ts';

/** A line that says something: without its comment and the blanks around it, never empty. */
export interface TextLine {
  /** 1-based; comments and blank lines count. */
  readonly number: number;
  readonly text: string;
  /** A comment begins directly behind other characters, so that a `#` in a value may have been meant. */
  readonly cutAtHash: boolean;
}

/** A file up to the line that ended its reading, and what was lost from there on. */
export interface TextLines {
  readonly lines: readonly TextLine[];
  readonly cut?: CutOff;
}

export interface CutOff {
  /** The over-long line. */
  readonly line: number;
  readonly lengthBytes: number;
  /** That line and those after it, the first 80 bytes of each. */
  readonly lost: readonly TextLine[];
}

/**
 * The lines of a provisioning or configuration file as a phone reads them, comments and blank lines left out.
 * Takes any bytes, in linear time; what is doubtful about the lines that are read goes to `told`.
 */
export function readTextLines(bytes: Uint8Array, quirks: Quirks, told: ProblemList): TextLines {
  // One character a byte, so that lengths in characters are lengths in bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const doubts = new TextDoubts(told, quirks);
  const lines: TextLine[] = [];
  const lost: TextLine[] = [];
  let cut: CutOff | undefined;
  for (const span of lineSpans(text, skipByteOrderMark(text, quirks, told), quirks)) {
    if (cut === undefined && span.lengthBytes > LINE_LENGTH_MAX_BYTES) {
      cut = { line: span.number, lengthBytes: span.lengthBytes, lost };
    }
    if (cut === undefined) doubts.look(span);
    const line = textLine(span);
    if (line !== undefined) (cut === undefined ? lines : lost).push(line);
  }
  doubts.tellCounted();
  return cut === undefined ? { lines } : { lines, cut };
}

/**
 * Tells that reading ended at an over-long line, and what stood behind it: `[TONES]`, `BANNER`, `the rest of
 * [FW]`.
 */
export function tellCutOff(cut: CutOff, lost: readonly string[], told: ProblemList): void {
  const loss = lost.length === 0 ? 'nothing else was lost' : `lost: ${listed(lost)}`;
  told.tell('LINE_TOO_LONG', {
    line: cut.line,
    message: `the line has ${cut.lengthBytes} bytes; expected at most ${LINE_LENGTH_MAX_BYTES}. A phone stops reading here; ${loss}`,
  });
}

/** Assumed: the mark is no part of the first line's 80 bytes. */
function skipByteOrderMark(text: string, quirks: Quirks, told: ProblemList): number {
  if (!text.startsWith('\xef\xbb\xbf')) return 0;
  const read = quirks.readBom === 'read';
  const consequence = read ? 'unproven: a real phone may not read this' : 'this phone does not read the file';
  told.tell('BYTE_ORDER_MARK', {
    line: 1,
    message: `the file begins with a byte-order mark; ${consequence}`,
  });
  return read ? 3 : text.length;
}

function textLine({ number, bytes, said }: LineSpan): TextLine | undefined {
  const text = decode(withoutBlanks(said));
  if (text === '') return undefined;
  return { number, text, cutAtHash: said.length < bytes.length && !/[ \t\v\f\r]$/.test(said) };
}

// Not trim(): it would take 0xA0, which ends the UTF-8 of an "a" with grave accent.
function withoutBlanks(bytes: string): string {
  return bytes.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');
}

/** Names listed in one message. */
const NAMES_MAX = 20;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MAX).map(printable).join(', ');
  return names.length > NAMES_MAX ? `${shown} and ${names.length - NAMES_MAX} more` : shown;
}

/** A name as it is, or quoted if it could do harm or fill the screen. */
function printable(name: string): string {
  return /^[ -~]{1,40}$/.test(name) ? name : quote(name);
}
