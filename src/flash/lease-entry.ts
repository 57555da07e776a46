import type { KeptLease } from '../device/flash-contents.ts';
import { isIpv4, isMask } from '../provisioning/ipv4.ts';
import type { JsonValue } from './json-value.ts';

const example = 'an object such as {"address":"10.0.0.5","mask":"255.255.255.0"}, or null';
const known = ['address', 'mask', 'router', 'dns', 'domain', 'provisioningServer'];

/** Reads `lease`, what is kept of the last one; only address and mask must be there. Tells what is wrong. */
export function readLease(value: JsonValue | undefined): KeptLease | null {
  if (value === undefined || value.isNull()) return null;
  const members = value.members(example);
  if (members === undefined) return null;
  for (const [name, member] of members) if (!known.includes(name)) member.unknown(name, 'key', known);
  for (const name of ['address', 'mask']) {
    if (!members.has(name)) value.tell(`has no ${name}; expected ${example}`);
  }
  return {
    address: readAddress(members.get('address')) ?? '',
    mask: readMask(members.get('mask')) ?? '',
    router: readAddress(members.get('router')) ?? null,
    dns:
      members
        .get('dns')
        ?.list('a list of addresses')
        ?.flatMap((one) => readAddress(one) ?? []) ?? [],
    domain: readText(members.get('domain'), 'a domain in quotes, or null'),
    provisioningServer: readText(members.get('provisioningServer'), 'option 66 in quotes, or null'),
  };
}

function readAddress(value: JsonValue | undefined): string | undefined {
  return readLike(value, isIpv4, 'dotted IPv4 in quotes, such as "10.0.0.5"');
}

function readMask(value: JsonValue | undefined): string | undefined {
  return readLike(value, isMask, 'a network mask in quotes, such as "255.255.255.0"');
}

function readLike(
  value: JsonValue | undefined,
  fits: (text: string) => boolean,
  expected: string,
): string | undefined {
  if (value === undefined || value.isNull()) return undefined;
  const text = value.text(expected);
  return text === undefined || fits(text) ? text : value.wrong(expected);
}

function readText(value: JsonValue | undefined, expected: string): string | null {
  return value === undefined || value.isNull() ? null : (value.text(expected) ?? null);
}
