import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestName } from '../../src/provisioning/nearest-name.ts';
import { parameterNames } from '../../src/provisioning/parameters.ts';

const cases: [title: string, name: string, nearest: string | undefined][] = [
  ['a letter too many', 'AUTO_UPDATEE', 'AUTO_UPDATE'],
  ['a letter lost', 'FORCE_REBOT', 'FORCE_REBOOT'],
  ['a letter changed', 'SERVER_IP1-1', 'SERVER_IP1_1'],
  ['two letters swapped', 'DNS_DOMIAN', 'DNS_DOMAIN'],
  ['two slips in a long name', 'REMOTE_CHEK_FOR_UPDATES', 'REMOTE_CHECK_FOR_UPDATE'],
  ['lower case alone', 'auto_update', 'AUTO_UPDATE'],
  ['the name itself before its neighbours', 'SERVER_IP1_2', 'SERVER_IP1_2'],
  ['an index too high', 'SIP_DOMAIN6', 'SIP_DOMAIN1'],
  ['the spelling of loads 2.x', 'DST_ENABLE', 'DST_ENABLED'],
  ['one slip in a short name', 'SFPT', 'SFTP'],
  ['two slips in a short name: no guess', 'VMAUI', undefined],
  ['a name of three letters: no guess', 'SHS', undefined],
  ['nothing like it: no guess', 'COLOUR_OF_THE_CASE', undefined],
  ['nothing at all: no guess', '', undefined],
];

test.for(cases)('%s', ([, name, nearest]) => {
  expect(nearestName(name, parameterNames)).toBe(nearest);
});

test('whatever the name, nothing is thrown and a guess is one of the names', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (name) => {
      const nearest = nearestName(name, parameterNames);
      expect(nearest === undefined || parameterNames.includes(nearest)).toBe(true);
    }),
  );
});
