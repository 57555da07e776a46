import { decideLogin, type LoginDecision, refuseLogin } from '../device/login.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { RECOVERY_TRIES_MAX } from '../provisioning/timings.ts';
import type { Trigger } from '../provisioning/words.ts';
import { CheckDoor } from './check-door.ts';
import type { CheckInput, CheckOutput } from './check-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';

export type RestartReason = 'firmware' | 'configuration' | 'reset' | 'recovery';

/** What a phone remembers while it has power, beside its state. What outlives power is in flash. */
export interface PhoneProgress {
  readonly unit: PhoneUnit;
  /** Checks begun in this run; numbers them. */
  readonly checks: number;
  readonly trigger: Trigger;
  /** The running check's. */
  readonly door: CheckDoor | undefined;
  readonly user: 'logged-in' | 'logged-out';
  readonly restart: RestartReason;
  /** A check caused the last restart, so the next one may not cause another. */
  readonly restartedByCheck: boolean;
  readonly recoveryAttempts: number;
}

export function phoneOff(unit: PhoneUnit): PhoneProgress {
  return {
    unit,
    checks: 0,
    trigger: 'power-up',
    door: undefined,
    user: 'logged-out',
    restart: 'reset',
    restartedByCheck: false,
    recoveryAttempts: 0,
  };
}

/** Whether the boot loader finds an image it cannot start (Assumed: quirks.interruptedWrite). */
export function imageInterrupted({ unit }: PhoneProgress): boolean {
  return unit.setup.flash.read().image === 'writing' && unit.world.quirks.interruptedWrite === 'recovery';
}

export function recoveryLeft({ recoveryAttempts }: PhoneProgress): boolean {
  return recoveryAttempts < RECOVERY_TRIES_MAX;
}

export function checkInput(progress: PhoneProgress, purpose: CheckInput['purpose']): CheckInput {
  const { unit, checks, trigger, door, restartedByCheck } = progress;
  if (door === undefined) throw new Error('a check runs without a door');
  return {
    unit,
    check: checks,
    trigger,
    purpose,
    door,
    restarts: restartedByCheck ? 'not-again' : 'allowed',
  };
}

/** A check begins: it gets its number and its door. */
export function beginningCheck(progress: PhoneProgress): Partial<PhoneProgress> {
  return { checks: progress.checks + 1, door: new CheckDoor(progress.unit.world.openTransport()) };
}

/**
 * Assumed: DND is the run-time check's alone (quirks.dndAtPowerUp). Documented: M44 p45, on while the phone
 * checks.
 */
export function wantsUpdateDnd({ unit, trigger }: PhoneProgress): boolean {
  return trigger !== 'power-up' || unit.world.quirks.dndAtPowerUp === 'yes';
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

export function loginOf({ unit }: PhoneProgress): LoginDecision {
  return decideLogin(unit.setup.flash.read().settings);
}

export function loginRefusal(progress: PhoneProgress) {
  const login = loginOf(progress);
  const { settings, software } = progress.unit.setup.flash.read();
  return login.login === 'automatic' ? refuseLogin(login.user, settings, software) : undefined;
}

/**
 * Documented: M32 p151, the banner is shown with LOGIN_BANNER_ENABLE YES; without a stored file there is none
 * to show.
 */
export function bannerText({ unit }: PhoneProgress): string | undefined {
  const { settings, files } = unit.setup.flash.read();
  const stored = files.LOGIN_BANNER?.[0];
  if (settingOf(settings, 'LOGIN_BANNER_ENABLE') !== 'YES' || stored === undefined) return undefined;
  const bytes = stored.content && unit.setup.flash.body(stored.content.sha256);
  return bytes === undefined ? stored.name : Buffer.from(bytes).toString('utf8');
}
