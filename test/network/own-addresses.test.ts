import { expect, test } from 'vitest';
import { isOfThisMachine } from '../../src/network/own-addresses.ts';

const cases: [title: string, address: string, expected: boolean][] = [
  ['the loopback address', '127.0.0.1', true],
  ['on Linux any other of its network', '127.3.2.1', process.platform === 'linux'],
  ['an address kept for documents', '203.0.113.77', false],
  ['what is no address', 'phone', false],
];
test.for(cases)('%s', ([, address, expected]) => {
  expect(isOfThisMachine(address)).toBe(expected);
});
