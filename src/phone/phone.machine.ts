import { assign, sendTo, setup } from 'xstate';
import type { PhoneEvent } from '../events/phone-event.ts';
import { checkMachine } from './check.machine.ts';
import type { CheckOutput } from './check-progress.ts';
import type { PhoneCommand } from './command.ts';
import * as facts from './phone-facts.ts';
import type { PhoneProgress } from './phone-progress.ts';
import * as progress from './phone-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { setUserDnd } from './user-dnd.ts';

/**
 * The phone over time: power, boot loader, check at power-up, login, idle, and the checks that are asked for
 * later. A state tagged `rest` is one in which a boot has ended and nothing more happens by itself; `dnd` is
 * the update's Do Not Disturb.
 */
export const phoneMachine = setup({
  types: {
    context: {} as PhoneProgress,
    input: {} as PhoneUnit,
    events: {} as PhoneCommand,
    tags: {} as 'rest' | 'dnd',
  },
  actors: { check: checkMachine },
  actions: {
    record: ({ context }, told: PhoneEvent | readonly PhoneEvent[]) => {
      for (const fact of [told].flat()) context.unit.record(fact);
    },
    endCheckAfterFile: sendTo('check', { type: 'check.endAfterFile' }),
    shutDoor: ({ context }) => context.door?.shut(),
    setUserDnd: ({ context }, on: boolean) => setUserDnd(context.unit, on),
    powerUp: assign({
      trigger: 'power-up',
      user: 'logged-out',
      restartedByCheck: false,
      recoveryAttempts: 0,
    }),
    logIn: assign({ user: 'logged-in' }),
    logOut: assign({ user: 'logged-out' }),
    askedByUser: assign({ trigger: 'soft-key', restartedByCheck: false }),
    beginCheck: assign(({ context }) => progress.beginningCheck(context)),
    countRecovery: assign({ recoveryAttempts: ({ context }) => context.recoveryAttempts + 1 }),
    rememberRestart: assign((_, output: CheckOutput) => progress.restartAsked(output)),
    resetByUser: assign({ restart: 'reset', restartedByCheck: false }),
    recovered: assign({ restart: 'recovery', restartedByCheck: false }),
    startAgain: assign({ trigger: 'power-up', user: 'logged-out' }),
  },
  guards: {
    imageInterrupted: ({ context }) => progress.imageInterrupted(context),
    noServer: ({ context }) => context.unit.setup.server === null,
    recoveryLeft: ({ context }) => progress.recoveryLeft(context),
    restartAsked: (_, output: CheckOutput) => output.restart !== 'none',
    loggedIn: ({ context }) => context.user === 'logged-in',
    logsInByItself: ({ context }) => progress.loginOf(context).login === 'automatic',
    loginRefused: ({ context }) => progress.loginRefusal(context) !== undefined,
    bannerWanted: ({ context }) => progress.bannerText(context) !== undefined,
    wantsUpdateDnd: ({ context }) => progress.wantsUpdateDnd(context),
  },
  delays: {
    bootLoader: ({ context }) => context.unit.durations.bootLoaderMs,
    softwareStart: ({ context }) => context.unit.durations.softwareStartMs,
    restart: ({ context }) => progress.restartDelayMs(context),
    recoveryRetry: ({ context }) => context.unit.durations.recoveryRetryMs,
    login: ({ context }) => context.unit.durations.loginMs,
  },
}).createMachine({
  id: 'phone',
  context: ({ input }) => progress.phoneOff(input),
  initial: 'off',
  on: {
    'updates.check': { actions: { type: 'record', params: facts.updateRefused('soft-key', 'not-up') } },
  },
  states: {
    off: {
      tags: 'rest',
      on: {
        'power.on': { target: 'powered', actions: 'powerUp' },
        'phone.resume': { target: 'powered.idle', actions: ['powerUp', 'logIn'] },
      },
    },
    powered: {
      entry: [
        { type: 'record', params: { type: 'power.on' } },
        { type: 'record', params: ({ context }) => facts.flashRead(context) },
      ],
      exit: { type: 'record', params: { type: 'power.off' } },
      on: {
        'power.off': 'off',
        'phone.reset': { target: '.restarting', actions: 'resetByUser' },
        'dnd.set': { actions: { type: 'setUserDnd', params: ({ event }) => event.on } },
      },
      initial: 'bootLoader',
      states: {
        bootLoader: {
          entry: { type: 'record', params: { type: 'boot-loader.started' } },
          after: {
            bootLoader: [{ guard: 'imageInterrupted', target: 'recovery' }, { target: 'startingSoftware' }],
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
                input: ({ context }) => progress.checkInput(context, 'recovery'),
                onDone: [
                  {
                    guard: { type: 'restartAsked', params: ({ event }) => event.output },
                    target: '#phone.powered.restarting',
                    actions: 'recovered',
                  },
                  { guard: 'recoveryLeft', target: 'waiting' },
                  { target: 'failed' },
                ],
              },
            },
            waiting: {
              entry: {
                type: 'record',
                params: ({ context }) =>
                  facts.recoveryFailed(context, context.unit.durations.recoveryRetryMs),
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
                target: 'choosingLogin',
                actions: [
                  { type: 'record', params: facts.updateRefused('power-up', 'no-server') },
                  { type: 'record', params: ({ context }) => facts.nextPoll(context) },
                ],
              },
              { target: 'checking' },
            ],
          },
        },
        checking: {
          type: 'parallel',
          entry: ['beginCheck', { type: 'record', params: ({ context }) => facts.updateStarted(context) }],
          exit: [
            'shutDoor',
            { type: 'record', params: ({ context, event }) => facts.updateFinished(context, event) },
          ],
          on: {
            'updates.check': {
              actions: { type: 'record', params: facts.updateRefused('soft-key', 'check-running') },
            },
            // Assumed: a reset waits for the running file, then cuts the check like loss of power.
            'phone.reset': { actions: 'endCheckAfterFile' },
          },
          states: {
            work: {
              invoke: {
                id: 'check',
                src: 'check',
                input: ({ context }) => progress.checkInput(context, 'update'),
                onDone: [
                  {
                    guard: { type: 'restartAsked', params: ({ event }) => event.output },
                    target: '#phone.powered.restarting',
                    actions: { type: 'rememberRestart', params: ({ event }) => event.output },
                  },
                  {
                    target: '#phone.powered.checked',
                    actions: { type: 'record', params: ({ context }) => facts.nextPoll(context) },
                  },
                ],
              },
            },
            // The update's DND belongs to a state, so that no way out of a check can leave it on.
            updateDnd: {
              initial: 'undecided',
              states: {
                undecided: { always: [{ guard: 'wantsUpdateDnd', target: 'on' }, { target: 'off' }] },
                off: {},
                on: {
                  tags: 'dnd',
                  entry: { type: 'record', params: { type: 'dnd.enabled', by: 'update' } },
                  exit: { type: 'record', params: { type: 'dnd.disabled', by: 'update' } },
                },
              },
            },
          },
        },
        checked: { always: [{ guard: 'loggedIn', target: 'idle' }, { target: 'choosingLogin' }] },
        restarting: {
          entry: { type: 'record', params: ({ context }) => facts.restarting(context) },
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
        choosingLogin: { always: [{ guard: 'logsInByItself', target: 'loggingIn' }, { target: 'login' }] },
        loggingIn: {
          entry: { type: 'record', params: ({ context }) => facts.loginStarted(context) },
          after: {
            login: [
              {
                guard: 'loginRefused',
                target: 'login',
                actions: { type: 'record', params: ({ context }) => facts.loginRefused(context) },
              },
              {
                target: 'loggedIn',
                actions: [
                  'logIn',
                  { type: 'record', params: ({ context }) => facts.loginSucceeded(context) },
                ],
              },
            ],
          },
        },
        loggedIn: { always: [{ guard: 'bannerWanted', target: 'banner' }, { target: 'idle' }] },
        login: {
          tags: 'rest',
          entry: ['logOut', { type: 'record', params: ({ context }) => facts.loginShown(context) }],
          on: {
            'updates.check': {
              actions: { type: 'record', params: facts.updateRefused('soft-key', 'logged-out') },
            },
          },
        },
        banner: {
          tags: 'rest',
          entry: { type: 'record', params: ({ context }) => facts.bannerShown(context) },
          on: {
            'banner.confirm': {
              target: 'idle',
              actions: { type: 'record', params: { type: 'banner.confirmed' } },
            },
          },
        },
        idle: {
          tags: 'rest',
          entry: { type: 'record', params: { type: 'phone.idle' } },
          on: {
            'updates.check': [
              {
                guard: 'noServer',
                actions: { type: 'record', params: facts.updateRefused('soft-key', 'no-server') },
              },
              { target: 'checking', actions: 'askedByUser' },
            ],
          },
        },
      },
    },
  },
});
