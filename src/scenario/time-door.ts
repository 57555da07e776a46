import { type Clock, sleep } from '../clock/clock.ts';
import { JumpClock } from '../clock/jump-clock.ts';
import { askTime } from '../network/sntp.ts';
import { SntpError } from '../network/sntp-error.ts';
import type { TimeTold, World } from '../phone/world.ts';

/** The time server of a run without network. */
export interface TimeServerPlan {
  readonly answers: 'yes' | 'no';
  /** How far it is ahead of the time of the run; negative: behind. */
  readonly aheadMs: number;
}

/** One that is right, as most are. */
export const rightTime: TimeServerPlan = { answers: 'yes', aheadMs: 0 };

const ROUND_TRIP_MS = 1;

/** Questions for the time go to real servers. A port that is not named is 123. */
export function timeOverNetwork(clock: Clock, port: number | undefined): World['askTime'] {
  return async (question, signal) => {
    try {
      const { offsetMs, ...answer } = await askTime(
        { clock, ...question, ...(port !== undefined && { port }) },
        signal,
      );
      // Time that was leapt over is leapt over for the time server too; else each answer would take it back.
      const leaptMs = clock instanceof JumpClock ? clock.leaptMs : 0;
      return { result: 'time', offsetMs: offsetMs + leaptMs, ...answer };
    } catch (error) {
      if (!(error instanceof SntpError)) throw error;
      return { result: 'none', code: error.code, detail: error.detail };
    }
  };
}

/** Under virtual time the answer is what the plan of the run says. */
export function timeByPlan(clock: Clock, { answers, aheadMs }: TimeServerPlan): World['askTime'] {
  return async ({ timeoutMs }, signal): Promise<TimeTold> => {
    const release = clock.hold();
    try {
      await sleep(clock, answers === 'yes' ? ROUND_TRIP_MS : timeoutMs, signal);
    } finally {
      release();
    }
    return answers === 'yes'
      ? { result: 'time', offsetMs: aheadMs, roundTripMs: ROUND_TRIP_MS, stratum: 2 }
      : { result: 'none', code: 'TIMEOUT', detail: 'no answer in time' };
  };
}
