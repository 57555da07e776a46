import { and, or, raise, stateIn } from 'xstate';
import { phoneImplementations } from './phone-implementations.ts';
import { pollScheduled } from './schedule.ts';
import * as userFacts from './user-facts.ts';

/** The daily poll: waits for its instant while the phone is up, and says what follows from it. */
export const scheduleChart = phoneImplementations.createStateConfig({
  initial: 'stopped',
  on: { 'schedule.stop': '.stopped' },
  states: {
    stopped: {
      on: {
        'schedule.renew': { guard: 'pollWanted', target: 'waiting' },
        'clock.moved': {
          guard: and([stateIn('#life.up'), 'pollWanted']),
          target: 'waiting',
          actions: { type: 'record', params: ({ context }) => pollScheduled(context) },
        },
      },
    },
    waiting: {
      entry: 'awaitPoll',
      on: {
        'schedule.renew': [{ guard: 'pollWanted', target: 'waiting', reenter: true }, { target: 'stopped' }],
        'clock.moved': {
          target: 'waiting',
          reenter: true,
          actions: { type: 'record', params: ({ context }) => pollScheduled(context) },
        },
      },
      after: {
        poll: [
          // Assumed: an instant that comes during a check is lost.
          {
            guard: stateIn('#life.checking'),
            target: 'waiting',
            reenter: true,
            actions: { type: 'record', params: ({ context }) => userFacts.pollDue(context, 'nothing') },
          },
          {
            guard: or([stateIn('#offer.asking'), stateIn('#offer.waitingForKey')]),
            target: 'waiting',
            reenter: true,
            actions: [
              { type: 'record', params: ({ context }) => userFacts.pollDue(context, 'joined') },
              'keepPoll',
            ],
          },
          {
            guard: 'pollsSilently',
            target: 'waiting',
            reenter: true,
            actions: [
              { type: 'record', params: ({ context }) => userFacts.pollDue(context, 'check') },
              'keepPoll',
              raise({ type: 'update.begin', trigger: 'poll' }),
            ],
          },
          {
            target: 'waiting',
            reenter: true,
            actions: [
              { type: 'record', params: ({ context }) => userFacts.pollDue(context, 'question') },
              'keepPoll',
              raise({ type: 'offer.begin', trigger: 'poll', manner: 'dialogue' }),
            ],
          },
        ],
      },
    },
  },
});
