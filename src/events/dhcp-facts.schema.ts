import { z } from 'zod';
import { dhcpCodes } from './dhcp-code.ts';
import { fact } from './fact.schema.ts';

const count = z.int().min(0);
const dhcpCode = z.enum(Object.keys(dhcpCodes) as [keyof typeof dhcpCodes]);

/** What a phone keeps in flash of the last lease it had. Addresses are dotted IPv4. */
export const keptLeaseSchema = z.object({
  address: z.string(),
  mask: z.string(),
  router: z.string().nullable(),
  dns: z.array(z.string()),
  domain: z.string().nullable(),
  provisioningServer: z.string().nullable().describe('Option 66 as it came.'),
});

/** A lease as facts and outcome tell it. */
export const toldLeaseSchema = keptLeaseSchema.extend({
  broadcast: z.string(),
  server: z.string().describe('The DHCP server that gave it.'),
  leaseS: count.describe('Seconds; 4294967295: for ever.'),
  t1S: count.describe('When it is to be renewed with its server, in seconds from its start.'),
  t2S: count.describe('When with any server.'),
  infoBlock: z.array(z.string()).describe('Names in the info block (option 43 or site-specific).'),
});

/** The series of tries a fact belongs to. */
const series = { series: count, seriesMax: count.nullable().describe('null: the phone is up, no end.') };

/** The facts of DHCP. */
export const dhcpFacts = [
  fact('dhcp.started', 'The phone begins a series of tries to get an address.', series),
  fact('dhcp.sent', 'A DHCP message went out; the next try comes after that time.', {
    message: z.enum(['DISCOVER', 'REQUEST']),
    waitMs: z.number(),
  }),
  fact('dhcp.offered', 'A DHCP server offers an address.', {
    server: z.string(),
    address: z.string(),
    leaseS: count,
  }),
  fact('dhcp.refused', 'A DHCP server refused the address that was asked for.', {
    server: z.string(),
    message: z.string(),
  }),
  fact('dhcp.failed', 'A series of tries, or a try to renew, brought nothing.', {
    code: dhcpCode,
    message: z.string(),
    follows: z.enum(['series', 'renewal', 'last-address', 'nothing']),
  }),
  fact('dhcp.leased', 'The phone has a lease.', {
    lease: toldLeaseSchema,
    sourceAddress: z
      .string()
      .nullable()
      .describe('Requests leave from it; null: this machine does not have the address and chooses another.'),
  }),
  fact('dhcp.cached', 'No DHCP server answers: the phone takes the last address it had.', {
    lease: keptLeaseSchema,
  }),
  fact('dhcp.renewed', 'The server of the lease renewed it.', { lease: toldLeaseSchema }),
  fact('dhcp.rebound', 'Some DHCP server renewed the lease.', { lease: toldLeaseSchema }),
  fact('dhcp.lost', 'The lease is over; the phone asks for another.', {
    address: z.string(),
    why: z.enum(['expired', 'refused']),
  }),
] as const;
