import * as facts from './lease-facts.ts';
import { leaseImplementations } from './lease-implementations.ts';
import { acquireOrder, noLease, renewOrder } from './lease-progress.ts';

/** What is no answer of the network is our mistake: it ends the phone and fails the run. */
const bug = { actions: 'crash' } as const;

/**
 * The DHCP client of a phone, from its first DISCOVER to loss of power or restart. It tells the phone which
 * address it has; a phone with a set address has no such machine. RFC 2131 section 4.4.
 */
export const leaseMachine = leaseImplementations.createMachine({
  id: 'dhcp',
  context: ({ input }) => noLease(input),
  initial: 'asking',
  states: {
    asking: {
      entry: ['nextSeries', { type: 'record', params: ({ context }) => facts.seriesStarted(context) }],
      invoke: {
        src: 'acquire',
        input: ({ context }) => acquireOrder(context),
        onDone: [
          {
            guard: { type: 'granted', params: ({ event }) => event.output },
            target: 'leased',
            actions: [
              { type: 'takeLease', params: ({ event }) => event.output },
              { type: 'holdLease', params: ({ event }) => event.output },
              'tellAddress',
            ],
          },
          {
            guard: 'lastAddressKept',
            target: 'settled',
            actions: [
              { type: 'record', params: ({ event }) => facts.failed(event.output, 'last-address') },
              'takeLastAddress',
              'tellAddress',
            ],
          },
          {
            guard: 'seriesLeft',
            target: 'pausing',
            actions: { type: 'record', params: ({ event }) => facts.failed(event.output, 'series') },
          },
          {
            target: 'givenUp',
            actions: [
              { type: 'record', params: ({ event }) => facts.failed(event.output, 'nothing') },
              'tellGivenUp',
            ],
          },
        ],
        onError: bug,
      },
    },
    pausing: { after: { seriesPause: 'asking' } },
    leased: { always: [{ guard: 'forEver', target: 'settled' }, { target: 'waiting' }] },
    waiting: {
      after: {
        untilAct: [
          {
            guard: 'expired',
            target: 'asking',
            actions: [
              { type: 'record', params: ({ context }) => facts.lost(context, 'expired') },
              'tellLoss',
            ],
          },
          { target: 'renewing' },
        ],
      },
    },
    renewing: {
      invoke: {
        src: 'renew',
        input: ({ context }) => renewOrder(context),
        onDone: [
          {
            guard: { type: 'granted', params: ({ event }) => event.output },
            target: 'leased',
            actions: [
              { type: 'takeRenewal', params: ({ event }) => event.output },
              { type: 'holdLease', params: ({ event }) => event.output },
              'tellAddress',
            ],
          },
          {
            guard: { type: 'refused', params: ({ event }) => event.output },
            target: 'asking',
            actions: [
              { type: 'record', params: ({ context }) => facts.lost(context, 'refused') },
              'tellLoss',
            ],
          },
          {
            target: 'waiting',
            actions: { type: 'record', params: ({ event }) => facts.failed(event.output, 'renewal') },
          },
        ],
        onError: bug,
      },
    },
    settled: {},
    givenUp: {},
  },
});
