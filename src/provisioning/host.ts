/** What a host can be written as; lower case, without brackets. */
export type HostForm = 'IPv4' | 'IPv6' | 'name';

/** Documented: RFC 1035 section 2.3.4, the longest host name; each label has at most 63 characters. */
const HOST_LENGTH_MAX = 253;

/**
 * What a text is as a host: a dotted IPv4 address, an IPv6 one (without brackets), a name, or undefined for
 * none of them.
 */
export function hostForm(text: string): HostForm | undefined {
  if (text.length > HOST_LENGTH_MAX) return undefined;
  if (/^[0-9.]+$/.test(text)) return isIpv4(text) ? 'IPv4' : undefined;
  if (text.includes(':')) return URL.canParse(`http://[${text}]/`) ? 'IPv6' : undefined;
  return isHostName(text) ? 'name' : undefined;
}

/** Whether two hosts are written alike; nothing is resolved. */
export function sameHost(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

function canonical(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function isIpv4(text: string): boolean {
  const groups = text.split('.');
  return groups.length === 4 && groups.every((group) => /^[0-9]{1,3}$/.test(group) && Number(group) <= 255);
}

// Underscores are no part of host names by RFC 1123; names in the field have them all the same.
function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  return labels.every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label));
}
