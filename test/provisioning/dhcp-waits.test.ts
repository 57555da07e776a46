import { expect, test } from 'vitest';
import { dhcpWaitsMs } from '../../src/provisioning/dhcp-waits.ts';

const cases: [title: string, tries: number, initialTimeoutS: number, draw: number, expected: number[]][] = [
  ['double by default', 4, 4, 0.5, [4_000, 8_000, 16_000, 32_000]],
  ['are a second shorter at least', 4, 4, 0, [3_000, 7_000, 15_000, 31_000]],
  ['are three quarters of a second longer', 3, 4, 0.875, [4_750, 8_750, 16_750]],
  ['are at most 64 s', 6, 10, 0.875, [10_750, 20_750, 40_750, 64_000, 64_000, 64_000]],
  ['vary below 64 s too', 5, 4, 0, [3_000, 7_000, 15_000, 31_000, 63_000]],
  ['are one for one try', 1, 7, 0.5, [7_000]],
];
test.for(cases)('the waits of DHCP %s', ([, tries, initialTimeoutS, draw, expected]) => {
  expect(dhcpWaitsMs({ tries, initialTimeoutS }, () => draw)).toEqual(expected);
});
