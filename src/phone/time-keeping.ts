import type { PhoneEvent } from '../events/phone-event.ts';
import { settingOf, UNSET_ADDRESS } from '../provisioning/parameters.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { SNTP_ANSWER_MAX_MS, sntpPauseMs } from '../provisioning/sntp-schedule.ts';
import { unitOnNetwork } from './network.ts';
import type { PhoneProgress } from './phone-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { toldProblem } from './told.ts';
import type { TimeQuestion, TimeTold } from './world.ts';

/** What the phone's own clock says, in ms since 1970. */
export function phoneNow({ unit, clockAheadMs }: PhoneProgress): number {
  return unit.world.clock.now() + clockAheadMs;
}

/**
 * Whether the phone takes its clock for right. It has no battery (S43 p285): once power came, somebody has to
 * tell it the time. Assumed: without SNTP a SIP proxy does, or SNTP alone counts (quirks.clock); a restart
 * keeps the time.
 */
export function clockIsValid({ unit, clockSetBy }: PhoneProgress): boolean {
  if (unit.world.quirks.clock === 'sntp-only') return clockSetBy === 'sntp';
  return clockSetBy !== 'nobody' || !asksForTime(unit);
}

/** What the user should know once about a clock that polls go by, or would. */
export function clockDoubts({ unit, clockSetBy }: PhoneProgress): readonly PhoneEvent[] {
  if (asksForTime(unit)) {
    if (timeServerOf(unit) !== undefined) return [];
    const message = 'SNTP_ENABLE is YES and SNTP_SERVER is not set: the phone asks nobody for the time';
    return [toldProblem(problem('NO_TIME', { message }))];
  }
  if (clockSetBy !== 'nobody' || unit.world.quirks.clock !== 'assumed') return [];
  const message = "SNTP_ENABLE is NO: the phone's clock is taken to be right";
  return [toldProblem(problem('CLOCK_ASSUMED', { message }))];
}

function asksForTime({ setup }: PhoneUnit): boolean {
  return settingOf(setup.flash.read().settings, 'SNTP_ENABLE') === 'YES';
}

/** Whom the settings let the phone ask for the time. */
function timeServerOf(unit: PhoneUnit): string | undefined {
  const server = settingOf(unit.setup.flash.read().settings, 'SNTP_SERVER');
  return asksForTime(unit) && server !== UNSET_ADDRESS ? server : undefined;
}

/** Whether the settings name another time server than the one that is asked. */
export function timeServerChanged({ unit, timeServer }: PhoneProgress): boolean {
  return timeServerOf(unit) !== timeServer;
}

/** From now on the time server of the settings is asked, if there is one. */
export function turnToTimeServer({ unit }: PhoneProgress): Partial<PhoneProgress> {
  return { timeServer: timeServerOf(unit), timeSilences: 0 };
}

export function timeQuestion(progress: PhoneProgress): TimeQuestion {
  const { timeServer } = progress;
  if (timeServer === undefined) throw new Error('nobody is asked for the time');
  const { localAddress } = unitOnNetwork(progress).setup;
  return {
    server: timeServer,
    timeoutMs: SNTP_ANSWER_MAX_MS,
    ...(localAddress !== undefined && { localAddress }),
  };
}

export function timeAsked(progress: PhoneProgress): PhoneEvent {
  return { type: 'sntp.asked', server: timeQuestion(progress).server };
}

/** What came of a question for the time, as facts. */
export function timeHeard(progress: PhoneProgress, told: TimeTold): readonly PhoneEvent[] {
  const { server } = timeQuestion(progress);
  if (told.result === 'time') {
    const { offsetMs, roundTripMs, stratum } = told;
    return [
      { type: 'sntp.answered', server, offsetMs, roundTripMs, stratum },
      { type: 'clock.set', how: 'sntp', byMs: Math.round(offsetMs) - progress.clockAheadMs },
    ];
  }
  const { code, detail } = told;
  const retryInMs = sntpPauseMs(progress.timeSilences + 1);
  const failed: PhoneEvent = { type: 'sntp.failed', server, code, detail, retryInMs };
  if (progress.timeSilences > 0) return [failed];
  const message = `${server} gave no time (${code}): ${detail}`;
  return [failed, toldProblem(problem('NO_TIME', { message }))];
}

/** The phone's clock after an answer, to the millisecond. */
export function clockSetBySntp(told: TimeTold): Partial<PhoneProgress> {
  if (told.result !== 'time') return {};
  return { clockAheadMs: Math.round(told.offsetMs), clockSetBy: 'sntp', timeSilences: 0 };
}

export function clockSetTo({ unit }: PhoneProgress, toMs: number): Partial<PhoneProgress> {
  return { clockAheadMs: toMs - unit.world.clock.now(), clockSetBy: 'given' };
}

/** Until the phone asks for the time again. */
export function untilNextQuestionMs({ timeSilences }: PhoneProgress): number {
  return sntpPauseMs(timeSilences);
}
