import { raise } from 'xstate';
import { phoneImplementations } from './phone-implementations.ts';

import * as time from './time-keeping.ts';

/**
 * The phone's clock, as far as a time server sets it: asked as soon as the phone is up and knows one, then
 * once a day. Documented (vendor model of SNTP_ENABLE): after a silence every 15 minutes, six times, then
 * every hour.
 */
export const clockChart = phoneImplementations.createStateConfig({
  initial: 'leftAlone',
  on: {
    'schedule.stop': { target: '.leftAlone', actions: 'forgetTimeServer' },
    'schedule.renew': { guard: 'timeServerChanged', target: '.choosing', actions: 'turnToTimeServer' },
  },
  states: {
    leftAlone: {},
    choosing: { always: [{ guard: 'timeServerKnown', target: 'asking' }, { target: 'leftAlone' }] },
    asking: {
      tags: 'underway',
      entry: { type: 'record', params: ({ context }) => time.timeAsked(context) },
      invoke: {
        src: 'askTime',
        input: ({ context }) => context,
        onDone: [
          {
            guard: { type: 'isTime', params: ({ event }) => event.output },
            target: 'pausing',
            actions: [
              { type: 'record', params: ({ context, event }) => time.timeHeard(context, event.output) },
              { type: 'setClockBySntp', params: ({ event }) => event.output },
              raise({ type: 'clock.moved' }),
            ],
          },
          // Assumed: a server that refuses is asked again as one that is silent.
          {
            target: 'pausing',
            actions: [
              { type: 'record', params: ({ context, event }) => time.timeHeard(context, event.output) },
              'countTimeSilence',
            ],
          },
        ],
        onError: { actions: 'crash' },
      },
    },
    pausing: { after: { timeQuestion: 'asking' } },
  },
});
