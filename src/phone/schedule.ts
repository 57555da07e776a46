import { isoInstant } from '../clock/instant.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import { dateText, zoneOf } from '../provisioning/local-time.ts';
import { nextPoll, type Poll } from '../provisioning/next-poll.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { type PolledDays, spanOf, spanText, wasPolled, withPolled } from '../provisioning/polled-days.ts';
import { staggerMs } from '../provisioning/stagger.ts';
import { ofUser } from '../provisioning/user-file.ts';
import { commit } from './commit.ts';
import type { PhoneProgress } from './phone-progress.ts';
import { clockDoubts, clockIsValid, phoneNow } from './time-keeping.ts';

/** Why a phone does not poll; undefined when it does. */
function whyNoPoll(progress: PhoneProgress): 'auto-update-off' | 'no-clock' | undefined {
  const { settings } = progress.unit.setup.flash.read();
  if (settingOf(settings, 'AUTO_UPDATE') !== 'YES') return 'auto-update-off';
  return clockIsValid(progress) ? undefined : 'no-clock';
}

/** The settings that say whether and when the phone polls, and who tells it the time. */
const pollSettings: ReadonlySet<string> = new Set([
  ...['AUTO_UPDATE', 'AUTO_UPDATE_TIME', 'AUTO_UPDATE_TIME_RANGE'],
  ...['TIMEZONE_OFFSET', 'FORCE_TIME_ZONE', 'DST_ENABLED', 'SNTP_ENABLE', 'SNTP_SERVER'],
]);

export function steersPolls(name: string): boolean {
  return pollSettings.has(name);
}

export function pollWanted(progress: PhoneProgress): boolean {
  return whyNoPoll(progress) === undefined;
}

/** The next poll by the phone's own clock. Throws when none is wanted. */
export function comingPoll(progress: PhoneProgress): Poll {
  const { unit } = progress;
  const { settings, polledDates, user, profiles } = unit.setup.flash.read();
  const days = daysOf(polledDates);
  const rangeHours = Number(settingOf(settings, 'AUTO_UPDATE_TIME_RANGE'));
  const afterMidnightMs =
    Number(settingOf(settings, 'AUTO_UPDATE_TIME')) * 1000 +
    staggerMs(unit.mac, rangeHours, unit.world.quirks.stagger);
  return nextPoll(
    { zone: zoneOf(settings, ofUser(profiles, user)), afterMidnightMs },
    phoneNow(progress),
    (day) => wasPolled(days, day),
  );
}

/** Whether the logged-in user's local time is another than the phone's own: then so is the next poll. */
export function userHasOwnTime({ unit }: PhoneProgress): boolean {
  const { settings, user, profiles } = unit.setup.flash.read();
  return zoneOf(settings, ofUser(profiles, user)).offsetMs !== zoneOf(settings, undefined).offsetMs;
}

/** From now to the poll that is waited for. */
export function untilPollMs(progress: PhoneProgress): number {
  return (progress.poll?.atMs ?? Number.NaN) - phoneNow(progress);
}

/** Told at the end of every boot and check: when the next poll is, or why there is none. */
export function pollTold(progress: PhoneProgress): readonly PhoneEvent[] {
  const because = whyNoPoll(progress);
  return [
    ...clockDoubtsToTell(progress),
    because === undefined ? pollScheduled(progress) : { type: 'poll.not-scheduled', because },
  ];
}

/** Told once, and only when polls hang on the clock. */
export function clockDoubtsToTell(progress: PhoneProgress): readonly PhoneEvent[] {
  const told = progress.clockDoubtTold || whyNoPoll(progress) === 'auto-update-off';
  return told ? [] : clockDoubts(progress);
}

export function pollScheduled(progress: PhoneProgress): PhoneEvent {
  return { type: 'poll.scheduled', instant: isoInstant(comingPoll(progress).atMs) };
}

/**
 * A poll whose instant came is kept in flash before anything follows from it, so that no date is polled
 * twice.
 */
export function keepPoll({ unit, poll }: PhoneProgress): void {
  if (poll === undefined) throw new Error('no poll was waited for');
  const days = withPolled(daysOf(unit.setup.flash.read().polledDates), poll.day);
  commit(unit, [{ change: 'polled', date: dateText(poll.day), dates: days.map(spanText) }]);
}

function daysOf(polledDates: readonly string[]): PolledDays {
  return polledDates.flatMap((text) => spanOf(text) ?? []);
}
