import { isIpv4 } from '../provisioning/ipv4.ts';

/** A range of IPv4 addresses of which each phone has one. */
export interface AddressRange {
  readonly text: string;
  /** As a number. */
  readonly first: number;
  readonly size: number;
}

/** `127.1.0.0/16` without its first and last address; a sentence for anything else. */
export function parseAddressRange(text: string): AddressRange | { readonly message: string } {
  const [, address = '', prefix = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const bits = 32 - Number(prefix);
  const expected = `"${text}" is no range of addresses; expected one such as 127.1.0.0/16`;
  if (!isIpv4(address) || prefix === '' || bits < 2 || bits > 24) {
    return { message: prefix !== '' && isIpv4(address) ? `${expected}, of /8 to /30` : expected };
  }
  const network = address.split('.').reduce((sum, group) => sum * 256 + Number(group), 0);
  if (network % 2 ** bits !== 0) {
    const start = textOf(network - (network % 2 ** bits));
    return { message: `"${text}" begins in the middle of a network; expected ${start}/${prefix}` };
  }
  return { text, first: network + 1, size: 2 ** bits - 2 };
}

/** The address of a place in a range. */
export function addressAt({ first, size, text }: AddressRange, place: number): string {
  if (place >= size) throw new RangeError(`${text} has no address ${place}`);
  return textOf(first + place);
}

function textOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
