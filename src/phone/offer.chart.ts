import { stateIn } from 'xstate';
import { phoneImplementations } from './phone-implementations.ts';

import * as userFacts from './user-facts.ts';

/**
 * A scheduled or remote update is offered to the user. Documented (R4.4 user guide): Yes or No for a minute;
 * idle and no key starts it; No, or in use and no key, is asked again after three minutes, three times in
 * all, and the whole again after two hours.
 */
export const offerChart = phoneImplementations.createStateConfig({
  initial: 'none',
  on: {
    'update.begun': '.none',
    'schedule.stop': '.none',
    'offer.begin': [
      {
        guard: { type: 'byKey', params: ({ event }) => event.manner },
        target: '.waitingForKey',
        actions: { type: 'offerFrom', params: ({ event }) => event.trigger },
      },
      { target: '.asking', actions: { type: 'offerFrom', params: ({ event }) => event.trigger } },
    ],
  },
  states: {
    none: {},
    asking: {
      tags: 'asking',
      entry: {
        type: 'record',
        params: ({ context }) => userFacts.offerAsked(context, userFacts.QUESTION_MS),
      },
      on: {
        'question.answer': [
          {
            guard: { type: 'saysYes', params: ({ event }) => event.answer },
            target: 'none',
            actions: [
              { type: 'record', params: ({ context }) => userFacts.offerAnswered(context, 'yes', 'user') },
              'beginOffered',
            ],
          },
          // Assumed: No holds also while the phone is idle.
          {
            target: 'declined',
            actions: {
              type: 'record',
              params: ({ context }) => userFacts.offerAnswered(context, 'no', 'user'),
            },
          },
        ],
        'offer.begin': {
          actions: { type: 'record', params: ({ event }) => userFacts.updateJoined(event.trigger) },
        },
        'update.begun': {
          target: 'none',
          actions: {
            type: 'record',
            params: ({ context }) => userFacts.offerAnswered(context, 'no', 'cancelled'),
          },
        },
        'schedule.stop': {
          target: 'none',
          actions: {
            type: 'record',
            params: ({ context }) => userFacts.offerAnswered(context, 'no', 'cancelled'),
          },
        },
      },
      after: {
        question: [
          {
            guard: stateIn('#line.inCall'),
            target: 'declined',
            actions: {
              type: 'record',
              params: ({ context }) => userFacts.offerAnswered(context, 'no', 'expiry'),
            },
          },
          {
            target: 'none',
            actions: [
              { type: 'record', params: ({ context }) => userFacts.offerAnswered(context, 'yes', 'expiry') },
              'beginOffered',
            ],
          },
        ],
      },
    },
    // Observed: 04.01.13.00 acts on check-sync only after a key was pressed.
    waitingForKey: {
      entry: { type: 'record', params: ({ context }) => userFacts.offerAsked(context, null) },
      on: {
        'question.answer': [
          {
            guard: { type: 'saysYes', params: ({ event }) => event.answer },
            target: 'none',
            actions: [
              { type: 'record', params: ({ context }) => userFacts.offerAnswered(context, 'yes', 'user') },
              'beginOffered',
            ],
          },
          {
            target: 'none',
            actions: {
              type: 'record',
              params: ({ context }) => userFacts.offerAnswered(context, 'no', 'user'),
            },
          },
        ],
        'update.begun': {
          target: 'none',
          actions: {
            type: 'record',
            params: ({ context }) => userFacts.offerAnswered(context, 'no', 'cancelled'),
          },
        },
      },
    },
    declined: { always: [{ guard: 'lastRound', target: 'resting' }, { target: 'pausing' }] },
    pausing: { after: { offerPause: { target: 'asking', actions: 'offerAgain' } } },
    resting: { after: { offerRest: { target: 'asking', actions: 'offerAnew' } } },
  },
});
