/**
 * What Windows-1252 has in place of the control characters 0x80 to 0x9F of Latin-1; the five it leaves free
 * stay as they are.
 */
const WINDOWS_1252_80_TO_9F =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Whether a text of one character a byte holds only ASCII. */
export function isAscii(bytes: string): boolean {
  return !/[\x80-\xff]/.test(bytes);
}

/**
 * The characters that a text of one character a byte stands for: UTF-8, else Windows-1252.
 * Assumed: each line by itself, so that one stray byte does not change the other lines of a file.
 */
export function decode(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  const utf8 = Buffer.from(bytes, 'latin1').toString('utf8');
  // U+FFFD stands where the bytes were no UTF-8. A file that really holds one had lost its text before.
  return utf8.includes('\ufffd') ? fromWindows1252(bytes) : utf8;
}

// By hand, since TextDecoder reads windows-1252 as Latin-1 in some releases of Node 22 and 23.
function fromWindows1252(bytes: string): string {
  return bytes.replace(/[\x80-\x9f]/g, (byte) => WINDOWS_1252_80_TO_9F.charAt(byte.charCodeAt(0) - 0x80));
}
