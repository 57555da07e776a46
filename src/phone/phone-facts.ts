import { toldFile } from '../device/change-flash.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { RECOVERY_TRIES_MAX } from '../provisioning/timings.ts';
import {
  type ErrorSeverity,
  errorSeverities,
  type SectionName,
  type Trigger,
} from '../provisioning/words.ts';
import { urlOf } from '../transport/transport.ts';
import { planOf } from './check-orders.ts';
import type { CheckOutput } from './check-progress.ts';
import { toldKeptLease } from './lease-facts.ts';
import { unitOnNetwork } from './network.ts';
import { type PhoneProgress, restartDelayMs } from './phone-progress.ts';
import { toldProblem } from './told.ts';
import {
  bannerText,
  lockedOut,
  loginOf,
  loginRefusal,
  primaryUser,
  unlicensedFeatures,
} from './who-logs-in.ts';

// The facts a phone tells beside those of its checks.

/** What flash holds as the phone starts. */
export function flashRead({ unit }: PhoneProgress): PhoneEvent {
  const { files, profiles, ...flash } = unit.setup.flash.read();
  const named = Object.entries(files) as [SectionName, NonNullable<(typeof files)[SectionName]>][];
  return {
    type: 'flash.read',
    model: unit.setup.model,
    ...flash,
    versions: { ...flash.versions },
    settings: { ...flash.settings },
    polledDates: [...flash.polledDates],
    lease: flash.lease && toldKeptLease(flash.lease),
    files: Object.fromEntries(named.map(([section, stored]) => [section, stored.map(toldFile)])),
    profiles: { ...profiles },
  };
}

export function bootLoaderStarted({ unit }: PhoneProgress): PhoneEvent {
  return { type: 'boot-loader.started', startsInMs: Math.round(unit.durations.bootLoaderMs) };
}

/** The image runs; without a call server the software asks nobody else for anything. */
export function softwareStarted({ unit, address }: PhoneProgress): readonly PhoneEvent[] {
  const { software } = unit.setup.flash.read();
  const { dhcp, localAddress } = unit.setup;
  return [
    { type: 'software.started', software },
    dhcp === undefined
      ? { type: 'network.ready', how: 'static', address: localAddress ?? null }
      : { type: 'network.ready', how: 'dhcp', address: address ?? null },
  ];
}

export function updateStarted(progress: PhoneProgress): PhoneEvent {
  const { checks, trigger } = progress;
  const { source } = planOf(unitOnNetwork(progress), 'update');
  return { type: 'update.started', check: checks, trigger, server: urlOf({ ...source, path: '' }) };
}

/** The end of a check; anything but its own ending cut it short. */
export function updateFinished({ checks, trigger }: PhoneProgress, event: unknown): PhoneEvent {
  return { type: 'update.finished', check: checks, trigger, result: outputIn(event)?.result ?? 'cut' };
}

function outputIn(event: unknown): CheckOutput | undefined {
  const done = event as { type?: string; output?: CheckOutput };
  return done.type === 'xstate.done.actor.check' ? done.output : undefined;
}

export function updateRefused(trigger: Trigger, why: Fact<'update.refused'>['why']): readonly PhoneEvent[] {
  return [
    { type: 'update.refused', trigger, why },
    toldProblem(
      problem(why === 'check-running' ? 'CHECK_IGNORED' : 'CHECK_REFUSED', { message: refusals[why] }),
    ),
  ];
}

const refusals: Readonly<Record<Fact<'update.refused'>['why'], string>> = {
  'logged-out': 'Check for Updates works only while a user is logged in',
  'check-running': 'a check is under way; a second one is ignored',
  'not-up': 'the phone is not up yet',
  'screen-in-use': 'the screen waits for an answer first: the login banner, or a question',
  'no-server': 'the phone knows no provisioning server: give a URL, DHCP option 66 or a manual setting',
};

export function recoveryStarted({ recoveryAttempts }: PhoneProgress): PhoneEvent {
  return { type: 'recovery.started', attempt: recoveryAttempts, attemptsMax: RECOVERY_TRIES_MAX };
}

/** The boot loader could not get an image: it waits, or after its last try gives up. */
export function recoveryFailed(progress: PhoneProgress, retryInMs: number | null): readonly PhoneEvent[] {
  const failed: PhoneEvent = { type: 'recovery.failed', attempt: progress.recoveryAttempts, retryInMs };
  if (retryInMs !== null) return [failed];
  const message = `no image after ${progress.recoveryAttempts} tries: the phone stays in recovery`;
  return [failed, toldProblem(problem('NO_BOOT_FILE', { message }))];
}

export function restarting(progress: PhoneProgress): PhoneEvent {
  return { type: 'phone.restarting', why: progress.restart, inMs: restartDelayMs(progress) };
}

export function loginStarted(progress: PhoneProgress): PhoneEvent {
  const how = loginOf(progress).login === 'manual' ? 'manual' : 'automatic';
  return { type: 'login.started', user: userLoggingIn(progress), how };
}

export function loginRefused(progress: PhoneProgress): readonly PhoneEvent[] {
  const refusal = loginRefusal(progress);
  if (refusal === undefined) return [];
  return [
    { type: 'login.refused', user: userLoggingIn(progress), why: refusal.message },
    toldProblem(problem(refusal.code, { message: refusal.message })),
  ];
}

/** A user who was logged in is kept out: settings that came by a check need a licence. */
export function userLockedOut({ unit }: PhoneProgress): readonly PhoneEvent[] {
  const refusal = lockedOut(unit);
  if (refusal === undefined) return [];
  return [
    { type: 'login.refused', user: primaryUser(unit) ?? '', why: refusal.message },
    toldProblem(problem(refusal.code, { message: refusal.message })),
  ];
}

/** What there is to say of features that are on and not licensed or not emulated, and was not said yet. */
export function featureDoubts({ unit, featuresTold }: PhoneProgress): readonly Fact<'problem.told'>[] {
  const { settings } = unit.setup.flash.read();
  const features = unlicensedFeatures(unit);
  const licence = problem('NO_LICENCE', {
    message: `${features.join(', ')}: licensed, and the phone has no licence`,
  });
  const packages = problem('SERVICE_PACKAGES', {
    message: 'ENABLE_SERVICE_PACKAGE is YES: service packages are not emulated, and none is asked for',
  });
  const doubts = [
    ...(features.length > 0 ? [licence] : []),
    ...(settingOf(settings, 'ENABLE_SERVICE_PACKAGE') === 'YES' ? [packages] : []),
  ];
  return doubts.filter(({ message }) => !featuresTold.includes(message)).map((doubt) => toldProblem(doubt));
}

/** The phone found an error of its memory. */
export function memoryFailed({ unit }: PhoneProgress, severity: ErrorSeverity): Fact<'memory.failed'> {
  const level = Number(settingOf(unit.setup.flash.read().settings, 'RECOVERY_LEVEL'));
  return { type: 'memory.failed', severity, follows: recovers(level, severity) ? 'restart' : 'nothing' };
}

/** Documented: M44 p69, RECOVERY_LEVEL 1 restarts at critical errors, 2 at major ones too, and so on. */
function recovers(level: number, severity: ErrorSeverity): boolean {
  return errorSeverities.indexOf(severity) < level;
}

export function loginSucceeded(progress: PhoneProgress): PhoneEvent {
  return { type: 'login.succeeded', user: userLoggingIn(progress) };
}

export function loginShown(progress: PhoneProgress): PhoneEvent {
  const login = loginOf(progress);
  const why = login.login === 'screen' ? login.why : (loginRefusal(progress)?.message ?? 'logged out');
  return { type: 'login.shown', why };
}

export function bannerShown(progress: PhoneProgress): PhoneEvent {
  return { type: 'banner.shown', text: bannerText(progress) ?? '' };
}

/** Who is about to be logged in; empty when nobody is. */
export function userLoggingIn(progress: PhoneProgress): string {
  const login = loginOf(progress);
  return login.login === 'screen' ? '' : login.user;
}
