import { or, stateIn } from 'xstate';
import { phoneImplementations } from './phone-implementations.ts';

import * as userFacts from './user-facts.ts';

/** The phone's line: a call that is up goes on whatever is updated; who calls meanwhile is answered busy. */
export const lineChart = phoneImplementations.createStateConfig({
  initial: 'free',
  states: {
    free: {
      on: {
        'call.incoming': [
          {
            guard: 'loggedOut',
            actions: { type: 'record', params: userFacts.callRefused('incoming', 'logged-out') },
          },
          // Documented: M32 p151, while the login banner is shown callers get a DND answer.
          {
            guard: stateIn('#banner'),
            actions: { type: 'record', params: userFacts.callRefused('incoming', 'banner') },
          },
          {
            guard: or([stateIn('#updateDnd'), 'userDnd']),
            actions: { type: 'record', params: userFacts.callRefused('incoming', 'dnd') },
          },
          {
            target: 'inCall',
            actions: { type: 'record', params: { type: 'call.started', direction: 'incoming' } },
          },
        ],
        'call.dial': [
          {
            guard: 'loggedOut',
            actions: { type: 'record', params: userFacts.callRefused('outgoing', 'logged-out') },
          },
          {
            guard: stateIn('#banner'),
            actions: { type: 'record', params: userFacts.callRefused('outgoing', 'banner') },
          },
          {
            target: 'inCall',
            actions: { type: 'record', params: { type: 'call.started', direction: 'outgoing' } },
          },
        ],
      },
    },
    inCall: {
      exit: { type: 'record', params: ({ event }) => userFacts.callOver(event) },
      on: {
        'call.end': 'free',
        'phone.dark': 'free',
        'update.begun': { actions: { type: 'record', params: userFacts.checkInCall } },
        'call.incoming': [
          {
            guard: or([stateIn('#updateDnd'), 'userDnd']),
            actions: { type: 'record', params: userFacts.callRefused('incoming', 'dnd') },
          },
          { actions: { type: 'record', params: userFacts.callRefused('incoming', 'in-call') } },
        ],
      },
    },
  },
});
