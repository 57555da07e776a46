/** One header field as it came: name in lower case and in full, value without the blanks around it. */
export interface SipHeader {
  readonly name: string;
  readonly value: string;
}

/** A message taken apart at its first empty line; text is one character a byte. */
export interface SipHead {
  readonly startLine: string;
  readonly headers: readonly SipHeader[];
  readonly bodyBytes: number;
}

export type SipHeadReading =
  | { readonly ok: true; readonly head: SipHead }
  | { readonly ok: false; readonly why: string };

/** Ours. RFC 3261 section 18.1.1 sends larger requests over TCP. */
const MESSAGE_BYTES_MAX = 16_384;
const HEADERS_MAX = 100;

/** RFC 3261 section 7.3.3, RFC 6665 section 8.2 for o and u. Those we look at. */
const compactNames: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  l: 'content-length',
  o: 'event',
};

/**
 * Reads start line and header fields (RFC 3261 section 7). Lines end in CRLF or LF; a line that begins with a
 * blank goes on with the one before; empty lines before the start line are skipped. Never throws.
 */
export function readSipHead(bytes: Buffer): SipHeadReading {
  if (bytes.length > MESSAGE_BYTES_MAX) {
    return bad(`${bytes.length} bytes; at most ${MESSAGE_BYTES_MAX} are read`);
  }
  const text = bytes.toString('latin1').replace(/^(?:\r?\n)+/, '');
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) return bad('no empty line after the header fields');
  const head = text.slice(0, end.index);
  const [startLine = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  if (lines.length > HEADERS_MAX) {
    return bad(`${lines.length} header fields; at most ${HEADERS_MAX} are read`);
  }
  const headers = lines.map(headerOf);
  const unread = headers.indexOf(undefined);
  // Whoever repeats a control character may end a line that was none.
  if (hasControls(startLine) || unread !== -1) return bad(`line ${unread + 2} is no header field`);
  const bodyBytes = text.length - end.index - end[0].length;
  return { ok: true, head: { startLine, headers: headers.filter((it) => it !== undefined), bodyBytes } };
}

/** The values of all header fields of that name (lower case, in full), in their order. */
export function valuesOf({ headers }: SipHead, name: string): readonly string[] {
  return headers.filter((header) => header.name === name).map(({ value }) => value);
}

function headerOf(line: string): SipHeader | undefined {
  const [, given, value] = /^([\w.!%*+`'~-]+)[ \t]*:(.*)$/.exec(line) ?? [];
  if (given === undefined || value === undefined || hasControls(value)) return undefined;
  const name = given.toLowerCase();
  return {
    name: Object.hasOwn(compactNames, name) ? (compactNames[name] ?? name) : name,
    value: value.trim(),
  };
}

/** Of the characters below the blank only the tab belongs into a line. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(text);
}

function bad(why: string): SipHeadReading {
  return { ok: false, why };
}
