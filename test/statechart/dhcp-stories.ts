import { HOUR_MS } from '../../src/clock/durations.ts';
import type { GivenOffer } from '../../src/network/given-dhcp.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import type { DhcpDoor, LeaseAnswer } from '../../src/phone/dhcp-door.ts';
import { INFINITE_S } from '../../src/provisioning/lease.ts';
import type { BenchOptions } from '../phone/bench-phone.ts';

/** What happens to a phone: commands one after the other; a number is a pause in ms. */
export interface Story {
  readonly title: string;
  readonly phone: BenchOptions;
  readonly commands: readonly (PhoneCommand | number)[];
  /** A mistake of ours ends the phone, as it should. */
  readonly fails?: true;
}

const offer: GivenOffer = { address: '10.0.0.5', mask: '255.255.255.0', leaseS: 3_600 };
const on: PhoneCommand = { type: 'power.on' };
const mistaken = () => Promise.reject(new TypeError('a mistake of ours'));

const renewed = (answer: LeaseAnswer) => (given: DhcpDoor) => ({ ...given, renew: async () => answer });
const silent: LeaseAnswer = { ok: false, code: 'NO_ACK', message: 'nobody acknowledged 10.0.0.5' };
const refused: LeaseAnswer = { ok: false, code: 'NAK', message: '10.0.0.1 refused 10.0.0.5' };

/** Stories that take every way of the DHCP client, and of the phone through it. */
export const dhcpStories: readonly Story[] = [
  { title: 'a lease that is renewed', phone: { offers: [offer] }, commands: [on, HOUR_MS] },
  {
    title: 'a lease that nobody renews',
    phone: { offers: [offer], dhcp: renewed(silent) },
    commands: [on, 2 * HOUR_MS],
  },
  {
    title: 'a lease that is refused when it is to be renewed',
    phone: { offers: [offer], dhcp: renewed(refused) },
    commands: [on, HOUR_MS],
  },
  {
    title: 'a lease for ever',
    phone: { offers: [{ ...offer, leaseS: INFINITE_S }] },
    commands: [on, HOUR_MS],
  },
  { title: 'no DHCP server', phone: { offers: [] }, commands: [on, HOUR_MS] },
  {
    title: 'no DHCP server, and the last address',
    phone: {
      offers: [],
      flash: {
        settings: { CACHED_IP_ENABLED: { value: 'YES', from: 'file' } },
        lease: {
          ...{ address: '10.0.0.5', mask: '255.255.255.0', router: null, dns: [], domain: null },
          provisioningServer: null,
        },
      },
    },
    commands: [on, HOUR_MS],
  },
  {
    title: 'a phone that is up and asks for its lease',
    phone: { offers: [offer] },
    commands: [{ type: 'phone.resume' }, 60_000],
  },
  {
    title: 'a boot loader that gets its address first',
    phone: { offers: [offer], flash: { image: 'writing' } },
    commands: [on, HOUR_MS],
  },
  {
    title: 'a mistake of ours as a lease is asked for',
    phone: { offers: [], dhcp: (given) => ({ ...given, acquire: mistaken }) },
    commands: [on, 60_000],
    fails: true,
  },
  {
    title: 'a mistake of ours as a lease is renewed',
    phone: { offers: [offer], dhcp: (given) => ({ ...given, renew: mistaken }) },
    commands: [on, HOUR_MS],
    fails: true,
  },
];
