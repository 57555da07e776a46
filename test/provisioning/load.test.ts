import { describe, expect, test } from 'vitest';
import {
  compareLoads,
  isOwnFamily,
  type Load,
  parseFirmwareVersion,
  parseLoad,
  softwareOf,
  whyNotConverted,
} from '../../src/provisioning/load.ts';

const readable: [title: string, text: string, expected: Load][] = [
  [
    'a VERSION',
    'SIP12x004.01.13.00',
    { family: 'SIP12x0', groups: [4, 1, 13, 0], name: 'SIP12x004.01.13.00' },
  ],
  [
    'a FILENAME',
    'SIP12x004.04.09.00.bin',
    { family: 'SIP12x0', groups: [4, 4, 9, 0], name: 'SIP12x004.04.09.00' },
  ],
  [
    'a FILENAME in a folder',
    'firmware/SIP12x004.01.13.00.bin',
    { family: 'SIP12x0', groups: [4, 1, 13, 0], name: 'SIP12x004.01.13.00' },
  ],
  [
    'the 1120E',
    'SIP1120e04.04.09.00',
    { family: 'SIP1120e', groups: [4, 4, 9, 0], name: 'SIP1120e04.04.09.00' },
  ],
  [
    'the 1165E',
    'SIP1165e04.04.23.00.bin',
    { family: 'SIP1165e', groups: [4, 4, 23, 0], name: 'SIP1165e04.04.23.00' },
  ],
];
test.for(readable)('reads the load in %s', ([, text, expected]) => {
  expect(parseLoad(text)).toEqual(expected);
});

const unreadable: [title: string, text: string][] = [
  ['nothing', ''],
  ['digits, as Wazo writes', '04011300'],
  ['a version in one digit', 'SIP12x04.1.13.0'],
  ['three groups', 'SIP12x004.01.13'],
  ['five groups', 'SIP12x004.01.13.00.00'],
  ['a dot behind the family, as in the User-Agent of old loads', 'SIP12x0.01.02.05.00'],
  ['lower case', 'sip12x004.01.13.00'],
  ['a UNIStim load', '062AC7J'],
  ['another file', 'French.lng'],
  ['a family of no length', 'SIP04.01.13.00'],
  ['a family without end', `SIP1${'0'.repeat(1000)}04.01.13.00`],
  ['blanks inside', 'SIP12x0 04.01.13.00'],
];
test.for(unreadable)('finds no load in %s', ([, text]) => {
  expect(parseLoad(text)).toBeUndefined();
});

test('a VERSION names no folder', () => {
  expect(parseFirmwareVersion('firmware/SIP12x004.01.13.00.bin')).toBeUndefined();
  expect(parseFirmwareVersion('SIP12x004.01.13.00.bin')?.name).toBe('SIP12x004.01.13.00');
});

function load(name: string): Load {
  const parsed = parseLoad(name);
  if (parsed === undefined) throw new Error(`no load: ${name}`);
  return parsed;
}

const ordered: [title: string, older: string, newer: string][] = [
  ['by the first group', 'SIP12x003.02.16.00', 'SIP12x004.00.04.00'],
  ['by the second', 'SIP12x004.01.13.00', 'SIP12x004.04.09.00'],
  ['by the third, as numbers', 'SIP12x004.04.09.00', 'SIP12x004.04.10.00'],
  ['by the fourth', 'SIP12x004.04.09.00', 'SIP12x004.04.09.01'],
  ['by the earlier group first', 'SIP12x003.99.99.99', 'SIP12x004.00.00.00'],
];
test.for(ordered)('orders loads %s', ([, older, newer]) => {
  expect(compareLoads(load(newer), load(older))).toBeGreaterThan(0);
  expect(compareLoads(load(older), load(newer))).toBeLessThan(0);
});

test('a load equals itself with and without .bin', () => {
  expect(compareLoads(load('SIP12x004.01.13.00'), load('a/SIP12x004.01.13.00.bin'))).toBe(0);
});

test('only SIP12x0 loads are for these phones', () => {
  const names = ['SIP12x004.01.13.00', 'SIP1120e04.01.13.00', 'SIP1140e04.01.13.00', 'SIP1165e04.01.13.00'];
  expect(names.map((name) => isOwnFamily(load(name)))).toEqual([true, false, false, false]);
});

describe('UNIStim', () => {
  test('loads are told from SIP loads', () => {
    expect(['062AC7J', '062AC5L', '0625C39'].map(softwareOf)).toEqual(['UNIStim', 'UNIStim', 'UNIStim']);
    expect(['SIP12x004.01.13.00', '', '062AC7', '04011300'].map(softwareOf)).toEqual(Array(4).fill('SIP'));
  });

  test('062AC5L and later convert, letters compared as text', () => {
    expect(['062AC5L', '062AC6E', '062AC7O'].map(whyNotConverted)).toEqual([undefined, undefined, undefined]);
  });

  test('an older one refuses, with its reason', () => {
    expect(whyNotConverted('062AC5K')).toBe(
      'UNIStim 062AC5K is too old for the conversion to SIP; expected 062AC5L or later',
    );
  });
});
