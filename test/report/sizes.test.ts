import { expect, test } from 'vitest';
import { clockTime } from '../../src/report/clock-time.ts';
import { formatBytes, formatShare } from '../../src/report/sizes.ts';

const sizes: [bytes: number, expected: string][] = [
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1234, '1.2 kB'],
  [9949, '9.9 kB'],
  [9950, '10 kB'],
  [103_679, '104 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [4_101_541, '4.1 MB'],
  [3e9, '3.0 GB'],
  [3e12, '3000 GB'],
];
test.for(sizes)('%i bytes are %s', ([bytes, expected]) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test('a share is told in the unit of the whole', () => {
  expect([formatShare(2_400_000, 4_101_541), formatShare(0, 1210), formatShare(12, 640)]).toEqual([
    '2.4 of 4.1 MB',
    '0.0 of 1.2 kB',
    '12 of 640 B',
  ]);
});

const moments: [ms: number, expected: string][] = [
  [0, '  0.000'],
  [12.4, '  0.012'],
  [999_999.4, '999.999'],
  [999_999.5, '0:16:39'],
  [1_000_000, '0:16:40'],
  [93_784_000, '26:03:04'],
];
test.for(moments)('%f ms is the moment "%s"', ([ms, expected]) => {
  expect(clockTime(ms)).toBe(expected);
});
