/** A PEM block (RFC 7468) within a text of one character a byte. */
export interface PemBlock {
  readonly label: string;
  /** From the first dash of BEGIN to behind the last dash of END. */
  readonly start: number;
  readonly end: number;
  /** What the Base64 stands for; undefined when it is no Base64. */
  readonly der: Buffer | undefined;
}

/** PEM lines are of 64 characters (RFC 7468 section 2). */
const LINE_LENGTH = 64;

/** The blocks of a text in their order, up to one that has no end; what stands between them is left out. */
export function pemBlocks(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let from = 0;
  for (;;) {
    const block = nextBlock(text, from);
    if (block === undefined) return blocks;
    blocks.push(block);
    from = block.end;
  }
}

/** A block with line feeds, as openssl writes it. */
export function pemOf(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += LINE_LENGTH) lines.push(base64.slice(at, at + LINE_LENGTH));
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';
/** No label of RFC 7468 is longer; what is has nothing to do with PEM. */
const LABEL_LENGTH_MAX = 40;

function nextBlock(text: string, from: number): PemBlock | undefined {
  const start = text.indexOf(BEGIN, from);
  if (start === -1) return undefined;
  const labelAt = start + BEGIN.length;
  const label = text.slice(labelAt, labelAt + LABEL_LENGTH_MAX + DASHES.length).split(DASHES, 1)[0] ?? '';
  if (label.length > LABEL_LENGTH_MAX) return undefined;
  const bodyAt = labelAt + label.length + DASHES.length;
  const ending = `-----END ${label}-----`;
  const bodyEnd = text.indexOf(ending, bodyAt);
  if (bodyEnd === -1) return undefined;
  return { label, start, end: bodyEnd + ending.length, der: fromBase64(text.slice(bodyAt, bodyEnd)) };
}

/**
 * Buffer would skip what is no Base64 and read the rest; a block that was altered must not pass for a whole
 * one.
 */
function fromBase64(body: string): Buffer | undefined {
  const base64 = body.replace(/[ \t\r\n]+/g, '');
  if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return Buffer.from(base64, 'base64');
}
