/** Whether a text is a dotted IPv4 address of four groups. */
export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** Whether a dotted IPv4 text is a network mask: ones, then zeros. */
export function isMask(text: string): boolean {
  if (!isIpv4(text)) return false;
  const hostBits = ~numberOf(text) >>> 0;
  return (hostBits & (hostBits + 1)) === 0;
}

/** The mask an address has by its class (RFC 950 section 2.1). */
export function naturalMask(address: string): string {
  const [first = 0] = groupsOf(address);
  if (first < 128) return '255.0.0.0';
  return first < 192 ? '255.255.0.0' : '255.255.255.0';
}

/** The broadcast address of a network. */
export function broadcastOf(address: string, mask: string): string {
  return textOf((numberOf(address) | ~numberOf(mask)) >>> 0);
}

/** Whether two addresses are of one network. */
export function sameNetwork(one: string, other: string, mask: string): boolean {
  return (numberOf(one) & numberOf(mask)) === (numberOf(other) & numberOf(mask));
}

function groupsOf(text: string): readonly number[] {
  return text.split('.').map(Number);
}

function numberOf(text: string): number {
  return groupsOf(text).reduce((sum, group) => ((sum << 8) | group) >>> 0, 0);
}

function textOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
}
