import { formatDuration } from '../clock/durations.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import { INFINITE_S } from '../provisioning/lease.ts';
import { type Saying, say } from './saying.ts';
import { shownLease } from './secrets.ts';

/** What is said of the phone's address and the way to it. */
export function networkSayingsOf(event: PhoneEvent): Saying[] {
  switch (event.type) {
    case 'dhcp.started':
      return [say('DHCP', event.series === 1 ? 'asks for an address' : `asks again, ${seriesWords(event)}`)];
    case 'dhcp.sent':
      return [say('DHCP', `${event.message} sent, waits ${formatDuration(event.waitMs)}`, 'quiet')];
    case 'dhcp.offered':
      return [
        say('DHCP', `${whoOf(event.server)} offers ${event.address} for ${spell(event.leaseS)}`, 'quiet'),
      ];
    case 'dhcp.refused':
      return [
        say('DHCP', `${whoOf(event.server)} refused${event.message && `: ${event.message}`}`, 'doubtful'),
      ];
    case 'dhcp.failed':
      return [say('DHCP', `${event.message} (${event.code}): ${consequences[event.follows]}`, 'bad')];
    case 'dhcp.leased':
      return [say('DHCP', leaseWords(shownLease(event.lease)), 'good')];
    case 'dhcp.cached':
      return [
        say('DHCP', `no server answers: the last address, ${event.lease.address}, is used`, 'doubtful'),
      ];
    case 'dhcp.renewed':
      return [say('DHCP', `${event.lease.server} renewed ${renewal(event.lease)}`, 'quiet')];
    case 'dhcp.rebound':
      return [say('DHCP', `${event.lease.server}, asked among all, renewed ${renewal(event.lease)}`)];
    case 'dhcp.lost':
      return [say('DHCP', `the lease of ${event.address} ${lossReasons[event.why]}`, 'bad')];
    default:
      return [];
  }
}

/** A time of a lease, for people. */
export function spell(seconds: number): string {
  return seconds === INFINITE_S ? 'ever' : formatDuration(seconds * 1_000);
}

function seriesWords({ series, seriesMax }: Fact<'dhcp.started'>): string {
  return seriesMax === null ? `series ${series}` : `series ${series} of ${seriesMax}`;
}

function leaseWords({
  address,
  mask,
  server,
  leaseS,
  provisioningServer,
}: Fact<'dhcp.leased'>['lease']): string {
  const named =
    provisioningServer === null ? 'names no provisioning server' : `option 66 ${provisioningServer}`;
  return `${address} mask ${mask}, leased by ${whoOf(server)} for ${spell(leaseS)}; ${named}`;
}

/** A lease given by hand without server and router is nobody's: 0.0.0.0 (RFC 2131, 2). */
function whoOf(server: string): string {
  return server === '0.0.0.0' ? 'a server without an address' : server;
}

function renewal({ address, leaseS }: Fact<'dhcp.leased'>['lease']): string {
  return `${address} for ${spell(leaseS)}`;
}

const consequences: Readonly<Record<Fact<'dhcp.failed'>['follows'], string>> = {
  series: 'asked again soon',
  renewal: 'the lease goes on, asked again later',
  'last-address': 'CACHED_IP_ENABLED is YES',
  nothing: 'given up, the phone has no address',
};

const lossReasons: Readonly<Record<Fact<'dhcp.lost'>['why'], string>> = {
  expired: 'is over, and nobody renewed it',
  refused: 'was refused as it was to be renewed',
};
