import { enqueueActions, fromPromise, raise, sendTo, setup, spawnChild, stopChild } from 'xstate';
import type { PhoneEvent } from '../events/phone-event.ts';
import type { ErrorSeverity, Trigger } from '../provisioning/words.ts';
import { assign } from './assign.ts';
import { checkMachine } from './check.machine.ts';
import type { CheckCommand } from './check-implementations.ts';
import type { CheckOutput } from './check-progress.ts';
import type { InternalEvent, LoginAnswer, PhoneCommand } from './command.ts';
import { leaseMachine } from './lease.machine.ts';
import { serverOf, unitOnNetwork } from './network.ts';
import { acceptsNotify, type Notify } from './notify.ts';
import * as facts from './phone-facts.ts';
import type { PhoneProgress } from './phone-progress.ts';
import * as progress from './phone-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';
import * as schedule from './schedule.ts';
import { takeUserFiles, type UserFilesOrder, userFilesWanted } from './take-user-files.ts';
import * as time from './time-keeping.ts';
import { tell } from './told.ts';
import { QUESTION_MS } from './user-facts.ts';
import {
  eraseUserData,
  forgetUser,
  keepTyped,
  keepUser,
  makeAllAutomatic,
  resetToFactory,
  setUserDnd,
} from './user-flash.ts';
import * as login from './who-logs-in.ts';
import { fromWork } from './work.ts';
import type { TimeTold } from './world.ts';

/** An update is offered so often, then left alone for a while (R4.4 user guide: three times in all). */
const OFFER_ROUNDS_MAX = 3;

/** What the charts of a phone name: the actors, actions, guards and delays behind their words. */
export const phoneImplementations = setup({
  types: {
    context: {} as PhoneProgress,
    input: {} as PhoneUnit,
    events: {} as PhoneCommand | InternalEvent,
    tags: {} as 'rest' | 'dnd' | 'asking' | 'underway',
  },
  actors: {
    check: checkMachine,
    takeUserFiles: fromWork((order: UserFilesOrder) => takeUserFiles(order)),
    dhcp: leaseMachine,
    askTime: fromPromise(({ input, signal }: { input: PhoneProgress; signal: AbortSignal }) =>
      input.unit.world.askTime(time.timeQuestion(input), signal),
    ),
  },
  actions: {
    record: ({ context }, told: PhoneEvent | readonly PhoneEvent[]) => tell(context.unit, told),
    tellCheck: sendTo('check', (_, command: CheckCommand) => command),
    openDoor: assign({ door: ({ context }) => progress.openDoor(context) }),
    shutDoor: assign({ door: ({ context }) => progress.shutDoor(context) }),
    startDhcp: spawnChild('dhcp', { id: 'dhcp', input: ({ context }) => context.unit }),
    stopDhcp: stopChild('dhcp'),
    useAddress: assign((_, address: string | undefined) => ({ address })),
    setUserDnd: ({ context }, on: boolean) => setUserDnd(context.unit, on),
    powerUp: assign(progress.freshPower),
    answerLogins: assign((_, logins: LoginAnswer) => ({ logins })),
    tellFeatures: ({ context }) => tell(context.unit, facts.featureDoubts(context)),
    featuresTold: assign(({ context }) => ({
      featuresTold: [...context.featuresTold, ...facts.featureDoubts(context).map(({ message }) => message)],
    })),
    logIn: assign({ user: 'logged-in' }),
    oweBanner: assign({ bannerOwed: true }),
    greet: assign({ bannerOwed: false }),
    logOut: assign({ user: 'logged-out', typedUser: undefined, logoutPending: false }),
    keepUser: ({ context }) => keepUser(context.unit, facts.userLoggingIn(context)),
    forgetUser: ({ context }) => forgetUser(context.unit),
    // Polls go by the user's local time as soon as one is logged in, and no longer.
    followUserTime: enqueueActions(({ context, enqueue }) => {
      if (schedule.userHasOwnTime(context)) enqueue.raise({ type: 'clock.moved' });
    }),
    stayLoggedIn: assign({ logoutPending: false }),
    rememberLogout: assign({ logoutPending: true }),
    rememberErasure: assign((_, erasurePending: progress.Erasure) => ({ erasurePending })),
    rememberTyped: assign((_, typedUser: string) => ({ typedUser })),
    askedBy: assign((_, trigger: Trigger) => ({ trigger, restartedByCheck: false })),
    beginCheck: assign(({ context }) => progress.beginningCheck(context)),
    countRecovery: assign({ recoveryAttempts: ({ context }) => context.recoveryAttempts + 1 }),
    rememberRestart: assign((_, output: CheckOutput) => progress.restartAsked(output)),
    eraseUserData: ({ context }) => eraseUserData(context.unit),
    resetToFactory: ({ context }) => resetToFactory(context.unit),
    typeSettings: ({ context }, typed: Readonly<Record<string, string>>) => keepTyped(context.unit, typed),
    makeAllAutomatic: ({ context }) => makeAllAutomatic(context.unit),
    restartFor: assign((_, restart: progress.RestartReason) => ({
      restart,
      restartedByCheck: false,
      erasurePending: 'none' as const,
    })),
    startAgain: assign({
      trigger: 'power-up',
      user: 'logged-out',
      typedUser: undefined,
      bannerOwed: false,
      logoutPending: false,
      recoveryAttempts: 0,
      address: undefined,
    }),
    tellPoll: ({ context }) => tell(context.unit, schedule.pollTold(context)),
    clockDoubtTold: assign(({ context }) => ({
      clockDoubtTold: context.clockDoubtTold || schedule.clockDoubtsToTell(context).length > 0,
    })),
    awaitPoll: assign({ poll: ({ context }) => schedule.comingPoll(context) }),
    keepPoll: ({ context }) => schedule.keepPoll(context),
    setClock: assign(({ context }, toMs: number) => time.clockSetTo(context, toMs)),
    setClockBySntp: assign((_, told: TimeTold) => time.clockSetBySntp(told)),
    turnToTimeServer: assign(({ context }) => time.turnToTimeServer(context)),
    forgetTimeServer: assign({ timeServer: undefined }),
    countTimeSilence: assign({ timeSilences: ({ context }) => context.timeSilences + 1 }),
    crash: ({ event }) => {
      throw errorIn(event);
    },
    offerFrom: assign((_, trigger: progress.Offer['trigger']) => ({ offer: { trigger, round: 1 } })),
    offerAgain: assign({ offer: ({ context }) => ({ ...context.offer, round: context.offer.round + 1 }) }),
    offerAnew: assign({ offer: ({ context }) => ({ ...context.offer, round: 1 }) }),
    beginOffered: raise(({ context }) => ({ type: 'update.begin' as const, trigger: context.offer.trigger })),
  },
  guards: {
    imageInterrupted: ({ context }) => progress.imageInterrupted(context),
    usesDhcp: ({ context }) => context.unit.setup.dhcp !== undefined,
    noServer: ({ context }) => serverOf(context.unit) === null,
    recoveryLeft: ({ context }) => progress.recoveryLeft(context),
    restartAsked: (_, output: CheckOutput) => output.restart !== 'none',
    loggedIn: ({ context }) => context.user === 'logged-in',
    loggedOut: ({ context }) => context.user === 'logged-out',
    erasurePending: ({ context }, erasure: progress.Erasure) => context.erasurePending === erasure,
    logoutPending: ({ context }) => context.logoutPending,
    boundToLogin: ({ context }) => login.boundToLogin(context),
    logsInByItself: ({ context }) => login.loginOf(context).login !== 'screen',
    loginRefused: ({ context }) => login.loginRefusal(context) !== undefined,
    lockedOut: ({ context }) => context.user === 'logged-in' && login.lockedOut(context.unit) !== undefined,
    restartsAtError: ({ context }, severity: ErrorSeverity) =>
      facts.memoryFailed(context, severity).follows === 'restart',
    userFilesWanted: ({ context }) => userFilesWanted(unitOnNetwork(context)),
    bannerOwed: ({ context }) => context.bannerOwed && login.bannerText(context) !== undefined,
    dndFromTheStart: ({ context }) => progress.dndFromTheStart(context),
    atRunTime: ({ context }) => context.trigger !== 'power-up',
    userDnd: ({ context }) => context.unit.setup.flash.read().userDnd,
    steersPolls: (_, name: string) => schedule.steersPolls(name),
    pollWanted: ({ context }) => schedule.pollWanted(context),
    pollsSilently: ({ context }) => context.unit.world.quirks.poll === 'silent',
    timeServerKnown: ({ context }) => context.timeServer !== undefined,
    timeServerChanged: ({ context }) => time.timeServerChanged(context),
    isTime: (_, told: TimeTold) => told.result === 'time',
    acceptsNotify: ({ context }, received: Notify) => acceptsNotify(context, received),
    lastRound: ({ context }) => context.offer.round >= OFFER_ROUNDS_MAX,
    saysYes: (_, answer: 'yes' | 'no') => answer === 'yes',
    byKey: (_, manner: 'key' | 'silent' | 'dialogue') => manner === 'key',
    bySilence: (_, manner: 'key' | 'silent' | 'dialogue') => manner === 'silent',
  },
  delays: {
    bootLoader: ({ context }) => context.unit.durations.bootLoaderMs,
    softwareStart: ({ context }) => context.unit.durations.softwareStartMs,
    restart: ({ context }) => progress.restartDelayMs(context),
    recoveryRetry: ({ context }) => context.unit.durations.recoveryRetryMs,
    login: ({ context }) => context.unit.durations.loginMs,
    poll: ({ context }) => schedule.untilPollMs(context),
    timeQuestion: ({ context }) => time.untilNextQuestionMs(context),
    // Documented: R4.4 user guide, one minute to answer, again after three, and after two hours anew.
    question: QUESTION_MS,
    offerPause: 180_000,
    offerRest: 7_200_000,
  },
});

/** The error an invocation ended with; the library's own event, which no type of ours names. */
function errorIn(event: object): unknown {
  return 'error' in event ? event.error : undefined;
}
