import { checkFileName } from './file-name.ts';
import { hostForm } from './host.ts';
import { quote } from './quote.ts';
import {
  ADDRESS_LENGTH_MAX,
  type AddressParts,
  percentDecoded,
  protocolNamed,
  withoutBrackets,
} from './server-address-parts.ts';

/** The first thing that is wrong with an address, in plain words; undefined if its parts make one. */
export function complaintAbout(given: string, parts: AddressParts): string | undefined {
  if (given === '') return 'it is empty; expected an IPv4 address, a host name or a URL';
  if (given.length > ADDRESS_LENGTH_MAX) {
    return `it has ${given.length} characters; expected at most ${ADDRESS_LENGTH_MAX}`;
  }
  // Before all else, so that no piece of a password with a slash is quoted as host, port or folder.
  if (parts.path.includes('@')) return 'an @ stands behind a slash; write a slash in a password as %2F';
  return aboutScheme(given, parts) ?? aboutHost(parts) ?? aboutCredentials(parts) ?? aboutPath(parts);
}

function aboutScheme(given: string, { scheme, host }: AddressParts): string | undefined {
  if (scheme !== undefined) {
    if (protocolNamed(scheme) !== undefined) return undefined;
    return `${quote(scheme)} is no protocol of this phone; expected tftp, ftp, http or https`;
  }
  if (host === given) return undefined;
  const meant = protocolNamed(host.toLowerCase());
  if (meant !== undefined) return `a URL begins with ${meant}://`;
  return 'it names no protocol; expected tftp://, ftp://, http:// or https:// before it';
}

function aboutHost({ host, port }: AddressParts): string | undefined {
  if (host === '') return 'the host is missing';
  const form = hostForm(withoutBrackets(host));
  if (form === undefined || (host.startsWith('[') && form !== 'IPv6')) {
    return `${quote(host)} is no host; expected an IPv4 address, a host name or an IPv6 address in brackets`;
  }
  if (port === undefined || isPort(port)) return undefined;
  return `the port is ${quote(port)}; expected 1 to 65535`;
}

function isPort(text: string): boolean {
  return /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function aboutCredentials({ credentials = '' }: AddressParts): string | undefined {
  if (percentDecoded(credentials) !== undefined) return undefined;
  return 'user or password holds a % that is no percent-encoding; write % as %25';
}

function aboutPath({ path }: AddressParts): string | undefined {
  if (path === '') return undefined;
  if (/[?#]/.test(path)) return 'it has a ? or #; expected to end in a folder, without query or fragment';
  const folder = percentDecoded(path);
  if (folder === undefined) return 'the folder holds a % that is no percent-encoding; write % as %25';
  const checked = checkFileName(folder);
  return checked.ok ? undefined : `the folder ${quote(folder)} is refused: ${checked.why}`;
}
