import { plainAddress } from '../transport/ftp-address.ts';
import type { Answer } from './answer.ts';
import { type AskedFile, type FaultPlan, faultsFor, type PhoneFaults } from './phone-faults.ts';

/** A request as a server sees it. */
export interface HeardRequest extends AskedFile {
  /** Of the phone, as its socket has it. */
  readonly address: string | undefined;
}

/** What the rules of a run do to the requests that servers hear. */
export interface ServerFaults {
  /** A server's answer to the request it just heard; counts it. */
  alter(heard: HeardRequest, answer: Answer): Answer;
}

/** Phones whose counters are kept; beyond it the one heard of first starts anew. Ours. */
const PHONES_MAX = 100_000;

/**
 * The faults of servers that share one set of rules, whatever their protocol. A server knows a phone by its
 * address alone. Where several share an address, the second and every further one that shows itself by the
 * MAC in `SIP<MAC>.cfg` has counters of its own for that file.
 */
export function serverFaults(plan: FaultPlan): ServerFaults {
  const phones = new Map<string, PhoneFaults>();
  const firstMacs = new Map<string, string>();
  const faultsOf = (phone: string): PhoneFaults => {
    const known = phones.get(phone);
    if (known !== undefined) return known;
    const faults = faultsFor(phone, plan);
    keep(phones, phone, faults);
    return faults;
  };
  return {
    alter({ protocol, path, address }, answer) {
      const host = plainAddress(address);
      const mac = macIn(path);
      if (mac !== undefined && !firstMacs.has(host)) keep(firstMacs, host, mac);
      const phone = mac === undefined || mac === firstMacs.get(host) ? host : mac;
      return faultsOf(phone).alter({ protocol, path: path.replace(/^\/+/, '') }, answer);
    },
  };
}

function macIn(path: string): string | undefined {
  return /(?:^|\/)SIP([0-9A-F]{12})\.cfg$/i.exec(path)?.[1]?.toUpperCase();
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  const [oldest] = map.keys();
  if (map.size >= PHONES_MAX && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
