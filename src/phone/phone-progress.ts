import type { Fact } from '../events/phone-event.ts';
import { isReleaseFrom } from '../provisioning/load.ts';
import type { Poll } from '../provisioning/next-poll.ts';
import { RECOVERY_TRIES_MAX } from '../provisioning/timings.ts';
import type { Trigger } from '../provisioning/words.ts';
import { CheckDoor } from './check-door.ts';
import type { CheckInput, CheckOutput } from './check-progress.ts';
import type { LoginAnswer } from './command.ts';
import { unitOnNetwork } from './network.ts';
import type { PhoneUnit } from './phone-unit.ts';
import type { UserFilesOrder } from './take-user-files.ts';
import { unitBehind } from './unit-behind-door.ts';
import { primaryUser } from './who-logs-in.ts';

export type RestartReason = Fact<'phone.restarting'>['why'];
export type Erasure = Extract<RestartReason, 'user-data-erased' | 'factory-reset'>;

/** What a phone remembers while it has power, beside its state. What outlives power is in flash. */
export interface PhoneProgress {
  readonly unit: PhoneUnit;
  /** Checks begun in this run; numbers them. */
  readonly checks: number;
  readonly trigger: Trigger;
  /** The running check's. */
  readonly door: CheckDoor | undefined;
  readonly user: 'logged-in' | 'logged-out';
  /** Typed at the login screen; undefined: nobody did, the phone logs in by itself or not at all. */
  readonly typedUser: string | undefined;
  /** Whoever logged in has yet to see the login banner, if there is one. */
  readonly bannerOwed: boolean;
  /** Asked for during a check: it waits for the check's end. */
  readonly logoutPending: boolean;
  /** What is to be erased after the check that is running. */
  readonly erasurePending: Erasure | 'none';
  readonly restart: RestartReason;
  /** A check caused the last restart, so the next one may not cause another. */
  readonly restartedByCheck: boolean;
  readonly recoveryAttempts: number;
  /** The update that is being asked about: what triggered it, and which of three questions it is. */
  readonly offer: Offer;
  /** The poll that is waited for. */
  readonly poll: Poll | undefined;
  /** How far the phone's clock is from the world's, in ms; it has no battery, so power takes it. */
  readonly clockAheadMs: number;
  /** Who set it since power came. */
  readonly clockSetBy: 'nobody' | 'sntp' | 'given';
  readonly clockDoubtTold: boolean;
  /** Who is asked for the time while the phone is up. */
  readonly timeServer: string | undefined;
  /** Questions for the time without an answer since the last answer. */
  readonly timeSilences: number;
  /** Of its lease; undefined: it has none, or its address is set by hand. */
  readonly address: string | undefined;
  /** How the proxy answers logins. Not the phone's to know: it stands here for whoever tells the story. */
  readonly logins: LoginAnswer;
  /** What was said of features that are not emulated or not licensed: it is said once. */
  readonly featuresTold: readonly string[];
}

export interface Offer {
  readonly trigger: 'poll' | 'check-sync';
  readonly round: number;
}

export function phoneOff(unit: PhoneUnit): PhoneProgress {
  return {
    unit,
    checks: 0,
    trigger: 'power-up',
    door: undefined,
    user: 'logged-out',
    typedUser: undefined,
    bannerOwed: false,
    logoutPending: false,
    erasurePending: 'none',
    restart: 'reset',
    restartedByCheck: false,
    recoveryAttempts: 0,
    offer: { trigger: 'poll', round: 1 },
    poll: undefined,
    clockAheadMs: 0,
    clockSetBy: 'nobody',
    clockDoubtTold: false,
    timeServer: undefined,
    timeSilences: 0,
    address: undefined,
    logins: 'accept',
    featuresTold: [],
  };
}

/** What power brings back to its beginning. */
export const freshPower = {
  trigger: 'power-up',
  user: 'logged-out',
  typedUser: undefined,
  bannerOwed: false,
  logoutPending: false,
  erasurePending: 'none',
  restartedByCheck: false,
  recoveryAttempts: 0,
  clockAheadMs: 0,
  clockSetBy: 'nobody',
  timeServer: undefined,
  address: undefined,
} as const satisfies Partial<PhoneProgress>;

/** Whether the boot loader finds an image it cannot start (Assumed: quirks.interruptedWrite). */
export function imageInterrupted({ unit }: PhoneProgress): boolean {
  return unit.setup.flash.read().image === 'writing' && unit.world.quirks.interruptedWrite === 'recovery';
}

export function recoveryLeft({ recoveryAttempts }: PhoneProgress): boolean {
  return recoveryAttempts < RECOVERY_TRIES_MAX;
}

export function checkInput(progress: PhoneProgress, purpose: CheckInput['purpose']): CheckInput {
  const { checks, trigger, door, restartedByCheck, clockAheadMs } = progress;
  if (door === undefined) throw new Error('a check runs without a door');
  return {
    unit: unitOnNetwork(progress),
    check: checks,
    trigger,
    purpose,
    door,
    clockAheadMs,
    user: progress.user === 'logged-in' ? primaryUser(progress.unit) : null,
    restarts: restartedByCheck ? 'not-again' : 'allowed',
  };
}

/** The files of the user who has just logged in, through a door of their own. */
export function userFilesOrder(progress: PhoneProgress): UserFilesOrder {
  const { unit, checks, door } = progress;
  const user = primaryUser(unit);
  if (door === undefined || user === null) throw new Error('user files need a user and a door');
  return { unit: unitBehind(door, unitOnNetwork(progress)), door, check: checks, user };
}

/** A door for files that no check asks for. */
export function openDoor({ unit }: PhoneProgress): CheckDoor {
  return new CheckDoor(unit.world.openTransport(unit.mac));
}

/** What came through the door is done with, and so is the door. */
export function shutDoor({ door }: PhoneProgress): undefined {
  door?.shut();
}

/** A check begins: it gets its number and its door. */
export function beginningCheck(progress: PhoneProgress): Partial<PhoneProgress> {
  return {
    checks: progress.checks + 1,
    door: openDoor(progress),
  };
}

/**
 * Whether the update's DND is on from the first request. Documented: M44 p45, on while the phone checks.
 * Assumed: at power-up it is not (quirks.dndAtPowerUp); from 4.3 on a remote check turns it on only when a
 * section is due that is not quiet (S43 p12, quirks.quietSections).
 */
export function dndFromTheStart({ unit, trigger }: PhoneProgress): boolean {
  const { dndAtPowerUp, quietSections } = unit.world.quirks;
  if (trigger === 'power-up') return dndAtPowerUp === 'yes';
  if (trigger !== 'check-sync' || quietSections === 'no') return true;
  return !isReleaseFrom(unit.setup.flash.read().software, 4, 3);
}

/** The restart a check asks for, as the phone remembers it. */
export function restartAsked(output: CheckOutput): Partial<PhoneProgress> {
  const { restart } = output;
  if (restart === 'none') return {};
  return { restart, restartedByCheck: restart !== 'reset' };
}

/**
 * How long until the phone is dark for its restart. Observed: 4.4.33, about 24 s after a new system
 * configuration.
 */
export function restartDelayMs({ unit, restart }: PhoneProgress): number {
  return restart === 'configuration' ? unit.durations.configRestartMs : 0;
}
