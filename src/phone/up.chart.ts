import { or, raise, stateIn } from 'xstate';
import * as facts from './phone-facts.ts';
import { phoneImplementations } from './phone-implementations.ts';
import { userFilesOrder } from './phone-progress.ts';
import * as userFacts from './user-facts.ts';

/** Documented: UG p43, deleting the user's profile restarts the phone. */
const restartWithoutUserData = {
  target: '#life.restarting',
  actions: ['eraseUserData', { type: 'restartFor', params: 'user-data-erased' }],
} as const;

const restartAsFromFactory = {
  target: '#life.restarting',
  actions: ['resetToFactory', { type: 'restartFor', params: 'factory-reset' }],
} as const;

/** The phone is up and no check runs: login screen, banner, idle, and the question before a check. */
export const upChart = phoneImplementations.createStateConfig({
  entry: ['tellPoll', 'clockDoubtTold', 'tellFeatures', 'featuresTold', raise({ type: 'schedule.renew' })],
  on: {
    'update.begin': [
      {
        guard: 'noServer',
        actions: {
          type: 'record',
          params: ({ event }) => facts.updateRefused(event.trigger, 'no-server'),
        },
      },
      {
        target: '#life.checking',
        actions: { type: 'askedBy', params: ({ event }) => event.trigger },
      },
    ],
    // Assumed: what is typed counts at once, as what is received counts from its check's end.
    'setting.type': {
      guard: { type: 'steersPolls', params: ({ event }) => event.name },
      actions: [
        { type: 'typeSettings', params: ({ event }) => ({ [event.name]: event.value }) },
        'tellPoll',
        'clockDoubtTold',
        raise({ type: 'schedule.renew' }),
      ],
    },
    'user-data.erase': restartWithoutUserData,
    'factory.reset': restartAsFromFactory,
  },
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        { guard: { type: 'erasurePending', params: 'user-data-erased' } as const, ...restartWithoutUserData },
        { guard: { type: 'erasurePending', params: 'factory-reset' } as const, ...restartAsFromFactory },
        { guard: 'logoutPending', target: 'loggingOut' },
        {
          guard: 'lockedOut',
          target: 'login',
          actions: { type: 'record', params: ({ context }) => facts.userLockedOut(context) },
        },
        // A check came between the login and its banner.
        { guard: 'bannerOwed', target: 'banner' },
        { guard: 'loggedIn', target: 'idle', actions: 'greet' },
        { target: 'choosingLogin' },
      ],
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
            target: 'metUser',
            actions: [
              'logIn',
              'oweBanner',
              'keepUser',
              'followUserTime',
              { type: 'record', params: ({ context }) => facts.loginSucceeded(context) },
            ],
          },
        ],
      },
    },
    metUser: { always: [{ guard: 'userFilesWanted', target: 'takingUserFiles' }, { target: 'loggedIn' }] },
    // Documented: M44 p199, at login. Assumed: before the phone is idle.
    takingUserFiles: {
      entry: 'openDoor',
      exit: 'shutDoor',
      invoke: {
        src: 'takeUserFiles',
        input: ({ context }) => userFilesOrder(context),
        onDone: 'loggedIn',
        onError: { actions: 'crash' },
      },
      on: { logout: { actions: 'rememberLogout' } },
    },
    loggedIn: {
      always: [
        { guard: 'logoutPending', target: 'loggingOut' },
        { guard: 'bannerOwed', target: 'banner' },
        { target: 'idle', actions: 'greet' },
      ],
    },
    loggingOut: {
      always: [
        {
          guard: 'boundToLogin',
          target: 'idle',
          actions: ['stayLoggedIn', { type: 'record', params: () => userFacts.logoutRefused() }],
        },
        {
          target: 'login',
          actions: [
            { type: 'record', params: ({ context }) => userFacts.logoutDone(context) },
            'followUserTime',
            'forgetUser',
          ],
        },
      ],
    },
    login: {
      tags: 'rest',
      entry: [{ type: 'record', params: ({ context }) => facts.loginShown(context) }, 'logOut'],
      on: {
        'login.submit': {
          target: 'loggingIn',
          actions: { type: 'rememberTyped', params: ({ event }) => event.user },
        },
        'updates.check': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'logged-out') },
        },
        'updates.ask': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'logged-out') },
        },
      },
    },
    banner: {
      id: 'banner',
      tags: 'rest',
      entry: { type: 'record', params: ({ context }) => facts.bannerShown(context) },
      on: {
        'updates.check': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'screen-in-use') },
        },
        'updates.ask': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'screen-in-use') },
        },
        'banner.confirm': {
          target: 'idle',
          actions: ['greet', { type: 'record', params: { type: 'banner.confirmed' } }],
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
          { target: '#life.checking', actions: { type: 'askedBy', params: 'soft-key' } },
        ],
        'updates.ask': [
          {
            guard: 'noServer',
            actions: { type: 'record', params: facts.updateRefused('soft-key', 'no-server') },
          },
          // One question at a time: the one about a scheduled or remote update is on the screen.
          { guard: or([stateIn('#offer.asking'), stateIn('#offer.waitingForKey')]) },
          { target: 'askingCheck' },
        ],
        logout: 'loggingOut',
      },
    },
    // Assumed: no key within a minute is No.
    askingCheck: {
      tags: 'asking',
      entry: { type: 'record', params: userFacts.asked('check-updates') },
      on: {
        'updates.check': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'screen-in-use') },
        },
        'updates.ask': {
          actions: { type: 'record', params: facts.updateRefused('soft-key', 'screen-in-use') },
        },
        'question.answer': [
          {
            guard: { type: 'saysYes', params: ({ event }) => event.answer },
            target: '#life.checking',
            actions: [
              { type: 'record', params: userFacts.answered('check-updates', 'yes', 'user') },
              { type: 'askedBy', params: 'soft-key' },
            ],
          },
          {
            target: 'idle',
            actions: { type: 'record', params: userFacts.answered('check-updates', 'no', 'user') },
          },
        ],
        'offer.begin': {
          target: 'idle',
          actions: { type: 'record', params: userFacts.answered('check-updates', 'no', 'cancelled') },
        },
      },
      after: {
        question: {
          target: 'idle',
          actions: { type: 'record', params: userFacts.answered('check-updates', 'no', 'expiry') },
        },
      },
    },
  },
});
