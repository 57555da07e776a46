import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/clock/durations.ts';

const read: [text: string, ms: number][] = [
  ['500ms', 500],
  ['30s', 30_000],
  ['2m', 120_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['0s', 0],
  ['1.5h', 5_400_000],
  ['0.25s', 250],
  ['007m', 420_000],
];
test.for(read)('"%s" is %d ms', ([text, ms]) => {
  expect(parseDuration(text)).toBe(ms);
});

const refused = [
  '',
  '30',
  's',
  '30 s',
  ' 30s',
  '30s ',
  '-1s',
  '+1s',
  '.5s',
  '5.s',
  '1e3s',
  '1h30m',
  '30S',
  '30sec',
  '1w',
  '1,5s',
  'NaNs',
  'Infinitys',
  '30s\n',
  '٣s',
  `${'9'.repeat(400)}h`,
  '9007199254740992ms',
];
test.for(refused)('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('whatever is typed, the answer is a finite number of milliseconds or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,5}(ms|s|m|h|d)$/)), (text) => {
      const ms = parseDuration(text);
      expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
    }),
  );
});

const shown: [ms: number, text: string][] = [
  [0, '0ms'],
  [0.04, '0ms'],
  [2.14, '2.1ms'],
  [9.94, '9.9ms'],
  [9.96, '10ms'],
  [340.4, '340ms'],
  [999.4, '999ms'],
  [999.6, '1s'],
  [1_000, '1s'],
  [4_249, '4.2s'],
  [59_949, '59.9s'],
  [59_950, '1m'],
  [80_000, '1m 20s'],
  [3_599_499, '59m 59s'],
  [3_599_500, '1h'],
  [7_500_000, '2h 5m'],
  [86_369_999, '23h 59m'],
  [86_370_000, '1d'],
  [273_600_000, '3d 4h'],
];
test.for(shown)('%d ms is shown as %s', ([ms, text]) => {
  expect(formatDuration(ms)).toBe(text);
});
