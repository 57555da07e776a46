/** Settings that a DHCP server hands out in one text, as it wrote them. */
export interface InfoBlock {
  readonly entries: readonly { readonly name: string; readonly value: string }[];
  /** Pieces that are no `name=value`. */
  readonly unread: readonly string[];
}

/** Documented: M44 p105. */
const INFO_BLOCK_NAME = 'Nortel-SIP-Phone-B';

/** Ours. One option holds 255 bytes; longer ones come in pieces (RFC 3396). */
const LENGTH_MAX = 4_096;

/**
 * Reads an info block: `Nortel-SIP-Phone-B,name=value;name=value;`. Undefined for a text that does not begin
 * as one.
 * Documented: M44 p105 names the block; of its parameters nothing is printed. Assumed: the form of its
 * UNIStim sibling Nortel-i2004-B; what follows the first = is the value, and names are kept as written.
 */
export function parseInfoBlock(text: string): InfoBlock | undefined {
  const trimmed = text.slice(0, LENGTH_MAX).replace(/\0+$/, '');
  if (!trimmed.startsWith(INFO_BLOCK_NAME)) return undefined;
  const after = trimmed.slice(INFO_BLOCK_NAME.length);
  // Nortel-SIP-Phone-BX is somebody else.
  if (after !== '' && !/^[,; ]/.test(after)) return undefined;
  const pieces = after
    .slice(1)
    .split(';')
    .map((piece) => piece.trim());
  const wanted = pieces.filter((piece) => piece !== '');
  return {
    entries: wanted.filter(isEntry).map(entryOf),
    unread: wanted.filter((piece) => !isEntry(piece)),
  };
}

function isEntry(piece: string): boolean {
  return /^[^=\s]+\s*=/.test(piece);
}

function entryOf(piece: string): { name: string; value: string } {
  const equals = piece.indexOf('=');
  return { name: piece.slice(0, equals).trim(), value: piece.slice(equals + 1).trim() };
}
