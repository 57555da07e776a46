import { not, or, raise, stateIn } from 'xstate';
import { clockChart } from './clock.chart.ts';
import { lifeChart } from './life.chart.ts';
import { lineChart } from './line.chart.ts';
import { mannerOf, notifyAnswered } from './notify.ts';
import { offerChart } from './offer.chart.ts';
import * as facts from './phone-facts.ts';
import { phoneImplementations } from './phone-implementations.ts';
import { phoneOff } from './phone-progress.ts';
import { scheduleChart } from './schedule.chart.ts';
import * as userFacts from './user-facts.ts';

/**
 * The phone over time. A state tagged `rest` is one in which nothing more happens by itself, `asking` one in
 * which a question is on the screen; `dnd` is the update's Do Not Disturb. With power, five things go on side
 * by side.
 */
export const phoneMachine = phoneImplementations.createMachine({
  id: 'phone',
  context: ({ input }) => phoneOff(input),
  initial: 'off',
  on: {
    'updates.check': { actions: { type: 'record', params: facts.updateRefused('soft-key', 'not-up') } },
    'updates.ask': { actions: { type: 'record', params: facts.updateRefused('soft-key', 'not-up') } },
  },
  states: {
    off: {
      tags: 'rest',
      on: {
        'power.on': { target: 'powered', actions: 'powerUp' },
        'phone.resume': [
          { guard: 'usesDhcp', target: '#life.network', actions: ['powerUp', 'logIn'] },
          { target: '#life.up.idle', actions: ['powerUp', 'logIn'] },
        ],
      },
    },
    powered: {
      type: 'parallel',
      entry: [
        { type: 'record', params: { type: 'power.on' } },
        { type: 'record', params: ({ context }) => facts.flashRead(context) },
      ],
      exit: ['stopDhcp', { type: 'record', params: { type: 'power.off' } }],
      on: {
        'power.off': 'off',
        'phone.reset': { target: '#life.restarting', actions: { type: 'restartFor', params: 'reset' } },
        'address.gained': { actions: { type: 'useAddress', params: ({ event }) => event.address } },
        'address.lost': { actions: { type: 'useAddress', params: undefined } },
        'setting.type': {
          actions: { type: 'typeSettings', params: ({ event }) => ({ [event.name]: event.value }) },
        },
        'device-settings.apply': {
          actions: [
            { type: 'typeSettings', params: ({ event }) => event.typed },
            raise({ type: 'phone.reset' }),
          ],
        },
        'settings.all-auto': { actions: 'makeAllAutomatic' },
        'dnd.set': { actions: { type: 'setUserDnd', params: ({ event }) => event.on } },
        'clock.set': {
          actions: [
            { type: 'record', params: ({ context, event }) => userFacts.clockSet(context, event.toMs) },
            { type: 'setClock', params: ({ event }) => event.toMs },
            raise({ type: 'clock.moved' }),
          ],
        },
        // Further users of one phone are not emulated.
        'login.submit': {
          guard: 'loggedIn',
          actions: { type: 'record', params: ({ event }) => userFacts.secondUser(event.user) },
        },
        'logins.answer': { actions: { type: 'answerLogins', params: ({ event }) => event.answer } },
        // Documented: M44 p69, by RECOVERY_LEVEL. Assumed: at once, as power is lost.
        'memory.fail': [
          {
            guard: { type: 'restartsAtError', params: ({ event }) => event.severity },
            target: '#life.restarting',
            actions: [
              {
                type: 'record',
                params: ({ context, event }) => facts.memoryFailed(context, event.severity),
              },
              { type: 'restartFor', params: 'memory-error' },
            ],
          },
          {
            actions: {
              type: 'record',
              params: ({ context, event }) => facts.memoryFailed(context, event.severity),
            },
          },
        ],
        'notify.receive': [
          // Assumed: before the software is up there is no SIP, and nobody hears it.
          { guard: not(or([stateIn('#life.up'), stateIn('#life.checking')])) },
          {
            guard: stateIn('#life.checking'),
            actions: {
              type: 'record',
              params: ({ context, event }) => notifyAnswered(context, event, 'check-running'),
            },
          },
          {
            guard: { type: 'acceptsNotify', params: ({ event }) => event },
            actions: [
              {
                type: 'record',
                params: ({ context, event }) => notifyAnswered(context, event, 'no-check'),
              },
              raise(({ context }) => ({ type: 'check-sync.accept', manner: mannerOf(context) })),
            ],
          },
          {
            actions: {
              type: 'record',
              params: ({ context, event }) => notifyAnswered(context, event, 'no-check'),
            },
          },
        ],
        'check-sync.accept': [
          {
            guard: { type: 'bySilence', params: ({ event }) => event.manner },
            actions: raise({ type: 'update.begin', trigger: 'check-sync' }),
          },
          {
            actions: raise(({ event }) => ({
              type: 'offer.begin',
              trigger: 'check-sync',
              manner: event.manner === 'key' ? 'key' : 'dialogue',
            })),
          },
        ],
      },
      states: {
        life: { id: 'life', ...lifeChart },
        clock: { id: 'clock', ...clockChart },
        schedule: { id: 'schedule', ...scheduleChart },
        offer: { id: 'offer', ...offerChart },
        line: { id: 'line', ...lineChart },
      },
    },
  },
});
