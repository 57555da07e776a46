import { expect } from 'vitest';
import { DAY_MS } from '../../../src/clock/durations.ts';
import { pollOn, REQUESTS_OF_A_CHECK } from './poll-window.ts';
import type { ToldFleet } from './told-fleet.ts';

/**
 * Every phone booted and is idle, polled last on that day, and has its next poll on the day after at its
 * own time. All that was due was done, and nothing was asked for beside. Without any poll the day is the one
 * before the first.
 */
export function expectAllAlive(told: ToldFleet, dayMs: number): void {
  const { phones, polls, each } = told;
  const wrong = each.filter(({ mac, isIdle, lastPoll, nextPoll }) => {
    const last = polls === 0 ? null : pollOn(dayMs, mac).toISOString().slice(0, 'YYYY-MM-DD'.length);
    return !isIdle || lastPoll !== last || nextPoll !== pollOn(dayMs + DAY_MS, mac).toISOString();
  });
  expect(wrong).toEqual([]);
  expect(each).toHaveLength(phones);
  expect({ ends: told.ends, causes: told.causes, jobs: told.jobs }).toEqual({
    ends: { rest: phones },
    causes: {},
    jobs: { http: { boot: allDone(phones), ...(polls > 0 && { poll: allDone(polls) }) } },
  });
  expect(requestsOf(told)).toBe((phones + polls) * REQUESTS_OF_A_CHECK);
}

function allDone(count: number) {
  return { due: count, begun: count, done: count, failed: 0, unfinished: 0 };
}

/** All files that phones asked for. */
export function requestsOf({ requests }: ToldFleet): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}
