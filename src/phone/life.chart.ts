import { raise } from 'xstate';
import * as facts from './phone-facts.ts';
import { phoneImplementations } from './phone-implementations.ts';
import { checkInput } from './phone-progress.ts';
import { upChart } from './up.chart.ts';

/** From power to idle and back: boot loader, start, checks, restarts. */
export const lifeChart = phoneImplementations.createStateConfig({
  initial: 'bootLoader',
  states: {
    bootLoader: {
      entry: [
        'stopDhcp',
        { type: 'record', params: ({ context }) => facts.bootLoaderStarted(context) },
        raise({ type: 'phone.dark' }),
      ],
      after: {
        bootLoader: [
          { guard: 'usesDhcp', target: 'network' },
          { guard: 'imageInterrupted', target: 'recovery' },
          { target: 'startingSoftware' },
        ],
      },
    },
    // Observed: the boot loader shows "Starting DHCP...", before any image runs.
    network: {
      entry: 'startDhcp',
      initial: 'asking',
      on: {
        'address.gained': [
          {
            // A phone that is already up as the story begins.
            guard: 'loggedIn',
            target: '#life.up.idle',
            actions: { type: 'useAddress', params: ({ event }) => event.address },
          },
          {
            guard: 'imageInterrupted',
            target: 'recovery',
            actions: { type: 'useAddress', params: ({ event }) => event.address },
          },
          {
            target: 'startingSoftware',
            actions: { type: 'useAddress', params: ({ event }) => event.address },
          },
        ],
      },
      states: {
        asking: { on: { 'address.not-had': 'without' } },
        without: { tags: 'rest' },
      },
    },
    recovery: {
      initial: 'trying',
      states: {
        trying: {
          entry: [
            'countRecovery',
            'beginCheck',
            { type: 'record', params: ({ context }) => facts.recoveryStarted(context) },
          ],
          exit: 'shutDoor',
          always: { guard: 'noServer', target: 'failed' },
          invoke: {
            id: 'check',
            src: 'check',
            input: ({ context }) => checkInput(context, 'recovery'),
            onDone: [
              {
                guard: { type: 'restartAsked', params: ({ event }) => event.output },
                target: '#life.restarting',
                actions: { type: 'restartFor', params: 'recovery' },
              },
              { guard: 'recoveryLeft', target: 'waiting' },
              { target: 'failed' },
            ],
          },
        },
        waiting: {
          entry: {
            type: 'record',
            params: ({ context }) => facts.recoveryFailed(context, context.unit.durations.recoveryRetryMs),
          },
          after: { recoveryRetry: 'trying' },
        },
        failed: {
          tags: 'rest',
          entry: { type: 'record', params: ({ context }) => facts.recoveryFailed(context, null) },
        },
      },
    },
    startingSoftware: {
      entry: { type: 'record', params: ({ context }) => facts.softwareStarted(context) },
      after: {
        softwareStart: [
          {
            guard: 'noServer',
            target: 'up',
            actions: { type: 'record', params: facts.updateRefused('power-up', 'no-server') },
          },
          { target: 'checking' },
        ],
      },
    },
    checking: {
      id: 'checking',
      type: 'parallel',
      entry: [
        'beginCheck',
        { type: 'record', params: ({ context }) => facts.updateStarted(context) },
        raise({ type: 'update.begun' }),
      ],
      exit: [
        'shutDoor',
        { type: 'record', params: ({ context, event }) => facts.updateFinished(context, event) },
      ],
      on: {
        'updates.check': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'check-running') },
        },
        'updates.ask': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'check-running') },
        },
        'update.begin': {
          actions: {
            type: 'record',
            params: ({ event }) => facts.updateRefused(event.trigger, 'check-running'),
          },
        },
        // Assumed: a reset waits for the running file, then cuts the check like loss of power.
        'phone.reset': { actions: { type: 'tellCheck', params: { type: 'check.endAfterFile' } } },
        'question.answer': {
          actions: { type: 'tellCheck', params: ({ event }) => event },
        },
        'question.enter': { actions: { type: 'tellCheck', params: ({ event }) => event } },
        // Assumed: a logout waits for the check's end.
        logout: { actions: 'rememberLogout' },
        // Assumed: so does what is to be erased.
        'user-data.erase': { actions: { type: 'rememberErasure', params: 'user-data-erased' } },
        'factory.reset': { actions: { type: 'rememberErasure', params: 'factory-reset' } },
      },
      states: {
        work: {
          invoke: {
            id: 'check',
            src: 'check',
            input: ({ context }) => checkInput(context, 'update'),
            onDone: [
              {
                guard: { type: 'restartAsked', params: ({ event }) => event.output },
                target: '#life.restarting',
                actions: { type: 'rememberRestart', params: ({ event }) => event.output },
              },
              { target: '#life.up' },
            ],
          },
        },
        // The update's DND belongs to a state, so that no way out of a check can leave it on.
        updateDnd: {
          initial: 'undecided',
          states: {
            undecided: { always: [{ guard: 'dndFromTheStart', target: 'on' }, { target: 'off' }] },
            off: { on: { 'check.disturbs': { guard: 'atRunTime', target: 'on' } } },
            on: {
              id: 'updateDnd',
              tags: 'dnd',
              entry: { type: 'record', params: { type: 'dnd.enabled', by: 'update' } },
              exit: { type: 'record', params: { type: 'dnd.disabled', by: 'update' } },
            },
          },
        },
      },
    },
    restarting: {
      entry: [
        { type: 'record', params: ({ context }) => facts.restarting(context) },
        raise({ type: 'schedule.stop' }),
      ],
      after: {
        restart: {
          target: 'bootLoader',
          actions: [
            'startAgain',
            {
              type: 'record',
              params: ({ context }) => ({ type: 'phone.restarted', why: context.restart }),
            },
          ],
        },
      },
    },
    up: upChart,
  },
});
