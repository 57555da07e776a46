import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';

/** Node's longest wait; the fake timers keep to it as Node does and turn anything longer into 1 ms. */
const NODE_WAIT_MAX_MS = 2 ** 31 - 1;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test.for([0, 1, 250, NODE_WAIT_MAX_MS, NODE_WAIT_MAX_MS + 1, 2 * NODE_WAIT_MAX_MS, 5 * NODE_WAIT_MAX_MS + 7])(
  'a wait of %d ms runs once, at its time and not before',
  (ms) => {
    const run = vi.fn();
    new SystemClock().setTimeout(run, ms);
    if (ms > 0) vi.advanceTimersByTime(ms - 1);
    expect(run).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test('a wait for what is past runs at once; Node is not asked for a negative one, which it warns of', async () => {
  // No spy on a fake timer: Vitest restores it after the file, and the fake would stay for all later files.
  vi.useRealTimers();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  await new Promise<void>((resolve) => new SystemClock().setTimeout(resolve, -3));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

test.for([0, 1, 2, 3])('a long wait is cleared after %d of its steps', (steps) => {
  const run = vi.fn();
  const clock = new SystemClock();
  const timer = clock.setTimeout(run, 4 * NODE_WAIT_MAX_MS);
  vi.advanceTimersByTime(steps * NODE_WAIT_MAX_MS);
  clock.clearTimeout(timer);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5 * NODE_WAIT_MAX_MS);
  expect(run).not.toHaveBeenCalled();
});

test('clearing what is no timer of this clock does nothing', () => {
  const clock = new SystemClock();
  clock.setTimeout(() => {}, 10);
  clock.clearTimeout(undefined);
  clock.clearTimeout({});
  expect(vi.getTimerCount()).toBe(1);
});

test.for([Number.NaN, Number.POSITIVE_INFINITY])('a wait of %s is a mistake of ours and crashes', (ms) => {
  expect(() => new SystemClock().setTimeout(() => {}, ms)).toThrow(RangeError);
});

test('now is the time since 1970 and never goes back', () => {
  const clock = new SystemClock();
  const readings = Array.from({ length: 1000 }, () => clock.now());
  expect(readings).toEqual(readings.toSorted((a, b) => a - b));
  expect(new Date(clock.now()).getUTCFullYear()).toBeGreaterThanOrEqual(2024);
});

test('a hold can be taken and given back', () => {
  expect(new SystemClock().hold()()).toBeUndefined();
});
