import { fromPromise, sendParent, setup } from 'xstate';
import type { PhoneEvent } from '../events/phone-event.ts';
import { assign } from './assign.ts';
import type { LeaseAnswer } from './dhcp-door.ts';
import * as facts from './lease-facts.ts';
import * as progress from './lease-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { tell } from './told.ts';

/** What the chart of the DHCP client names: its invocations, actions, guards and delays. */
export const leaseImplementations = setup({
  types: { context: {} as progress.LeaseProgress, input: {} as PhoneUnit },
  actors: {
    acquire: fromPromise(({ input, signal }: { input: progress.AcquireOrder; signal: AbortSignal }) =>
      input.door.acquire(input.order, signal),
    ),
    renew: fromPromise(({ input, signal }: { input: progress.RenewOrder; signal: AbortSignal }) =>
      input.door.renew(input.order, input.kept, signal),
    ),
  },
  actions: {
    record: ({ context }, told: PhoneEvent | readonly PhoneEvent[]) => tell(context.unit, told),
    crash: ({ event }) => {
      throw 'error' in event ? event['error'] : new Error('an invocation ended without an error');
    },
    nextSeries: assign(({ context }) => progress.nextSeries(context)),
    takeLease: ({ context }, answer: LeaseAnswer) => facts.takeLease(context, answer),
    takeRenewal: ({ context }, answer: LeaseAnswer) => facts.takeRenewal(context, answer),
    takeLastAddress: ({ context }) => facts.takeLastAddress(context),
    holdLease: assign(({ context }, answer: LeaseAnswer) => progress.leaseHeld(context, answer)),
    tellAddress: sendParent(({ context }) => ({
      type: 'address.gained',
      address: progress.addressOf(context),
    })),
    tellLoss: sendParent({ type: 'address.lost' }),
    tellGivenUp: sendParent({ type: 'address.not-had' }),
  },
  guards: {
    granted: (_, answer: LeaseAnswer) => answer.ok,
    refused: (_, answer: LeaseAnswer) => !answer.ok && answer.code === 'NAK',
    lastAddressKept: ({ context }) => progress.lastAddress(context) !== undefined,
    seriesLeft: ({ context }) => progress.seriesLeft(context),
    forEver: ({ context }) => progress.phaseNow(context).phase === 'for-ever',
    expired: ({ context }) => progress.phaseNow(context).phase === 'expired',
  },
  delays: {
    untilAct: ({ context }) => progress.untilActMs(context),
    seriesPause: progress.SERIES_PAUSE_MS,
  },
});
