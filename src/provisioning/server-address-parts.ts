import { hostForm } from './host.ts';
import { type Protocol, protocols } from './words.ts';

/** The pieces of a server address as they are written, right or wrong. */
export interface AddressParts {
  /** Lower case, without `://`. */
  readonly scheme?: string;
  /** What stands before the `@`, percent-encoded. */
  readonly credentials?: string;
  /** With its brackets, if it has any. */
  readonly host: string;
  readonly port?: string;
  /** Percent-encoded, without slash at either end. */
  readonly path: string;
}

/** DHCP cannot carry more in one option. */
export const ADDRESS_LENGTH_MAX = 255;

const ADDRESS_FORM =
  /^(?:(?<scheme>[^:/@]*):\/\/)?(?:(?<credentials>[^/]*)@)?(?<host>\[[^\]/]*\]|[^:/]*)(?::(?<port>[^/]*))?(?:\/(?<path>.*))?$/s;

/** Takes an address apart without judging it; one that has no such parts is all host. */
export function addressParts(given: string): AddressParts {
  if (given.length > ADDRESS_LENGTH_MAX || hostForm(given) === 'IPv6') return { host: given, path: '' };
  const found = ADDRESS_FORM.exec(given)?.groups;
  if (found === undefined) return { host: given, path: '' };
  const { scheme, credentials, host = '', port, path = '' } = found;
  return {
    host,
    path: path.replace(/^\/+/, '').replace(/\/+$/, ''),
    ...(scheme !== undefined && { scheme: scheme.toLowerCase() }),
    ...(credentials !== undefined && { credentials }),
    ...(port !== undefined && { port }),
  };
}

/** Documented: M44 p106, user and password are parted by a colon; its grammar prints a semicolon. */
export function splitCredentials(credentials: string): {
  readonly user: string;
  readonly password: string;
  readonly partedBy: ':' | ';' | undefined;
} {
  const partedBy = [':', ';'] as const;
  const separator = partedBy.find((sign) => credentials.includes(sign));
  if (separator === undefined) return { user: credentials, password: '', partedBy: undefined };
  const at = credentials.indexOf(separator);
  return { user: credentials.slice(0, at), password: credentials.slice(at + 1), partedBy: separator };
}

/** The protocol a lower-case scheme stands for. */
export function protocolNamed(scheme: string): Protocol | undefined {
  return protocols.find((protocol) => protocol === scheme);
}

export function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/** Undefined if a `%` is no percent-encoding of UTF-8. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** The address with this scheme, unless it names one itself. */
export function withScheme(given: string, scheme: string): string {
  return given.includes('://') ? given : `${scheme}://${given}`;
}

/** The address for a message: whatever may be a password is masked. */
export function withoutPassword(given: string): string {
  return given.replace(/^((?:[^:/@]*:\/\/)?[^/@:;]*)[:;].*@/s, '$1:***@');
}
