import type { z } from 'zod';
import type { PhoneEvent } from '../events/phone-event.ts';
import type { leaseOutcomeSchema } from './outcome.schema.ts';
import { shownLease } from './secrets.ts';

export type LeaseOutcome = Readonly<z.infer<typeof leaseOutcomeSchema>>;

/** The address a phone has from DHCP after a fact; null: none. */
export function leaseAfter(lease: LeaseOutcome | null, event: PhoneEvent): LeaseOutcome | null {
  switch (event.type) {
    case 'dhcp.leased':
    case 'dhcp.renewed':
    case 'dhcp.rebound': {
      const { broadcast: _, ...told } = event.lease;
      return shownLease<LeaseOutcome>({ how: 'leased', ...told });
    }
    case 'dhcp.cached':
      return shownLease<LeaseOutcome>({
        ...{ how: 'last-address', ...event.lease },
        ...{ server: null, leaseS: null, t1S: null, t2S: null, infoBlock: [] },
      });
    case 'dhcp.lost':
    case 'dhcp.started':
    case 'power.off':
      return null;
    default:
      return lease;
  }
}
