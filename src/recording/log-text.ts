/** A quoted field of an access log; a quote in it is written `\"` by Apache, `\x22` by nginx. */
export const QUOTED = '"((?:[^"\\\\]|\\\\.)*)"';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', v: '\v', f: '\f' };

/**
 * Undoes the escapes of nginx (`\xHH` for what is not printable ASCII, `"` and `\`) and Apache (these, and
 * `\"`, `\\`, `\n`, `\t` ...). One character a byte.
 */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** One character a byte, to text: UTF-8 where it is that. */
export function decoded(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return latin1;
  }
}

/** The path of a request line without its query, percent signs undone. One character a byte in, text out. */
export function pathOfUrl(url: string): string {
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/, 1);
  return decoded(
    path.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/** Of an IPv4 phone at an IPv6 socket, `::ffff:192.0.2.7`, the IPv4 address; else what is given. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
