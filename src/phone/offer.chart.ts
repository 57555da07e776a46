import { stateIn } from 'xstate';
import type { PhoneCommand } from './command.ts';
import { phoneImplementations } from './phone-implementations.ts';
import type { Offer, PhoneProgress } from './phone-progress.ts';
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
          saidYes(),
          // Assumed: No holds also while the phone is idle.
          { target: 'declined', actions: answered('no', 'user') },
        ],
        'offer.begin': joined(),
        'update.begun': cancelled(),
        'schedule.stop': cancelled(),
      },
      after: {
        question: [
          { guard: stateIn('#line.inCall'), target: 'declined', actions: answered('no', 'expiry') },
          { target: 'none', actions: [answered('yes', 'expiry'), 'beginOffered'] },
        ],
      },
    },
    // Observed: 04.01.13.00 acts on check-sync only after a key was pressed.
    waitingForKey: {
      entry: { type: 'record', params: ({ context }) => userFacts.offerAsked(context, null) },
      on: {
        'question.answer': [saidYes(), { target: 'none', actions: answered('no', 'user') }],
        'offer.begin': joined(),
        'update.begun': cancelled(),
        'schedule.stop': cancelled(),
      },
    },
    declined: { always: [{ guard: 'lastRound', target: 'resting' }, { target: 'pausing' }] },
    pausing: { after: { offerPause: { target: 'asking', actions: 'offerAgain' } } },
    resting: { after: { offerRest: { target: 'asking', actions: 'offerAnew' } } },
  },
});

type Answer = Extract<PhoneCommand, { type: 'question.answer' }>['answer'];

function answered(answer: Answer, by: 'user' | 'expiry' | 'cancelled') {
  return {
    type: 'record',
    params: ({ context }: { context: PhoneProgress }) => userFacts.offerAnswered(context, answer, by),
  } as const;
}

function saidYes() {
  return {
    guard: { type: 'saysYes', params: ({ event }: { event: { answer: Answer } }) => event.answer },
    target: 'none',
    actions: [answered('yes', 'user'), 'beginOffered'],
  } as const;
}

function cancelled() {
  return { target: 'none', actions: answered('no', 'cancelled') } as const;
}

function joined() {
  return {
    actions: {
      type: 'record',
      params: ({ event }: { event: { trigger: Offer['trigger'] } }) => userFacts.updateJoined(event.trigger),
    },
  } as const;
}
