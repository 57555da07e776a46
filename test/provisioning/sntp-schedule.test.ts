import { expect, test } from 'vitest';
import { sntpPauseMs } from '../../src/provisioning/sntp-schedule.ts';

const MINUTE_MS = 60_000;

const cases: [title: string, silences: number, minutes: number][] = [
  ['after an answer once a day', 0, 24 * 60],
  ['after the first silence in a quarter of an hour', 1, 15],
  ['six times a quarter of an hour in all', 6, 15],
  ['then hourly', 7, 60],
  ['and hourly it stays', 1_000, 60],
];
test.for(cases)('asks %s', ([, silences, minutes]) => {
  expect(sntpPauseMs(silences)).toBe(minutes * MINUTE_MS);
});
