import type { Problem } from './problem.ts';
import { problem } from './problem-codes.ts';
import { quote } from './quote.ts';
import { complaintAbout } from './server-address-complaint.ts';
import {
  type AddressParts,
  addressParts,
  percentDecoded,
  protocolNamed,
  splitCredentials,
  withoutBrackets,
  withoutPassword,
} from './server-address-parts.ts';
import type { Protocol } from './words.ts';

/** Where a phone gets its provisioning file: `http://user:secret@files.example:8080/phones`, taken apart. */
export interface ServerAddress {
  readonly protocol: Protocol;
  /** IPv4, IPv6 without brackets, or a name; lower case. */
  readonly host: string;
  /** Absent: not named. */
  readonly port?: number;
  /** Of the same server over other protocols, where somebody named them. */
  readonly otherPorts?: Readonly<Partial<Record<Protocol, number>>>;
  /**
   * Folder before every file name, not percent-encoded, without slash at either end; empty for the server's
   * root.
   */
  readonly path: string;
  readonly user?: string;
  readonly password?: string;
}

/**
 * An address with what is doubtful about it, or a sentence that says what was found and what was expected.
 */
export type ParsedServerAddress =
  | { readonly ok: true; readonly address: ServerAddress; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly message: string };

/** Observed: beside the password in the phone's Device Settings stands "enter 1 to 49 characters". */
const TYPED_PASSWORD_LENGTH_MAX = 49;

/**
 * Reads a provisioning server address as DHCP option 66 brings it or a person types it. No message repeats a
 * password.
 * Documented: M44 p105 and p106, dotted IPv4 is a TFTP server; `<proto>://user:password@host:port/path`.
 * Assumed: a bare host name means TFTP too.
 */
export function parseServerAddress(text: string, from: 'option-66' | 'typed'): ParsedServerAddress {
  // Some DHCP servers end the option with a NUL.
  const given = (from === 'option-66' ? text.replace(/\0+$/, '') : text).trim();
  const parts = addressParts(given);
  const complaint = complaintAbout(given, parts);
  if (complaint !== undefined) {
    return { ok: false, message: `server address ${quote(withoutPassword(given))}: ${complaint}` };
  }
  const address = addressOf(parts);
  return { ok: true, address, problems: doubtsAbout(address, parts, from) };
}

function addressOf({ scheme, host, port, path, credentials = '' }: AddressParts): ServerAddress {
  const { user, password } = splitCredentials(credentials);
  return {
    protocol: protocolNamed(scheme ?? '') ?? 'tftp',
    host: withoutBrackets(host).toLowerCase(),
    path: percentDecoded(path) ?? path,
    ...(port !== undefined && { port: Number(port) }),
    ...(user !== '' && { user: percentDecoded(user) ?? user }),
    ...(password !== '' && { password: percentDecoded(password) ?? password }),
  };
}

function doubtsAbout(
  { path, password = '' }: ServerAddress,
  { credentials = '' }: AddressParts,
  from: 'option-66' | 'typed',
): readonly Problem[] {
  const problems: Problem[] = [];
  if (splitCredentials(credentials).partedBy === ';') {
    const message = 'user and password of the server address are parted by a semicolon; read like a colon';
    problems.push(problem('CREDENTIALS_SEMICOLON', { message }));
  }
  if (from === 'typed' && password.length > TYPED_PASSWORD_LENGTH_MAX) {
    const message = `the password has ${password.length} characters; Device Settings takes at most ${TYPED_PASSWORD_LENGTH_MAX}`;
    problems.push(problem('PASSWORD_TOO_LONG', { message }));
  }
  if (/\.(?:cfg|dat|bin)$/i.test(path)) {
    const message = `the server address ends in ${quote(path)}; the phone takes that as a folder and adds its own file name`;
    problems.push(problem('ADDRESS_NAMES_FILE', { message }));
  }
  return problems;
}
