import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Configuration, readConfiguration } from '../../src/provisioning/configuration.ts';
import { parameterNames } from '../../src/provisioning/parameters.ts';
import type { Problem } from '../../src/provisioning/problem.ts';

/** Reads lines `NAME value`, numbered from 1, as a device configuration file. */
function read(lines: readonly string[], readLowerCase: 'read' | 'ignore' = 'read'): Configuration {
  const values = lines.map((text, at) => {
    const [name = '', ...rest] = text.split(' ');
    return { name, value: rest.join(' '), line: at + 1 };
  });
  return readConfiguration(
    { values },
    { file: 'DeviceConfig.cfg', section: 'DEVICE_CONFIG', quirks: { readLowerCase } },
  );
}

function told(code: string, severity: Problem['severity'], line: number, message: string): Problem {
  return { severity, code, file: 'DeviceConfig.cfg', section: 'DEVICE_CONFIG', line, message };
}

const cases: [title: string, lines: string[], expected: Configuration][] = [
  ['nothing sets nothing', [], { settings: {}, problems: [] }],
  [
    'legal values are kept as the phone keeps them',
    [
      'AUTO_UPDATE y',
      'AUTO_UPDATE_TIME 03600',
      'AUTOLOGIN_ENABLE 2',
      'SERVER_IP1_2 192.0.2.7',
      'SIP_DOMAIN2',
    ],
    {
      settings: {
        AUTO_UPDATE: 'YES',
        AUTO_UPDATE_TIME: '3600',
        AUTOLOGIN_ENABLE: 'USE_AUTOLOGIN_ID',
        SERVER_IP1_2: '192.0.2.7',
        SIP_DOMAIN2: '',
      },
      problems: [],
    },
  ],
  [
    'a bad value is told and skipped',
    ['AUTO_UPDATE_TIME_RANGE 7', 'AUTO_UPDATE YES'],
    {
      settings: { AUTO_UPDATE: 'YES' },
      problems: [
        told('BAD_VALUE', 'warning', 1, 'AUTO_UPDATE_TIME_RANGE is "7"; expected a whole number from 1 to 6'),
      ],
    },
  ],
  [
    'a bad password is told without it',
    ['SSHPWD abc'],
    {
      settings: {},
      problems: [
        told('BAD_VALUE', 'warning', 1, 'SSHPWD is not legal; expected 4 to 12 letters, digits or _'),
      ],
    },
  ],
  [
    'an unknown name is told with the one probably meant',
    ['AUTO_UPDTE YES'],
    {
      settings: {},
      problems: [
        told(
          'UNKNOWN_PARAMETER',
          'warning',
          1,
          '"AUTO_UPDTE" is no parameter this phone knows; did you mean AUTO_UPDATE?',
        ),
      ],
    },
  ],
  [
    'an unknown name like no other is told as it is',
    ['<html>'],
    {
      settings: {},
      problems: [told('UNKNOWN_PARAMETER', 'warning', 1, '"<html>" is no parameter this phone knows')],
    },
  ],
  [
    'of a name given twice the last counts',
    ['BANNER one', 'BANNER two'],
    { settings: { BANNER: 'two' }, problems: [] },
  ],
  [
    'of a name given twice the last legal value counts',
    ['AUTO_UPDATE YES', 'AUTO_UPDATE MAYBE'],
    {
      settings: { AUTO_UPDATE: 'YES' },
      problems: [told('BAD_VALUE', 'warning', 2, 'AUTO_UPDATE is "MAYBE"; expected YES or NO')],
    },
  ],
  [
    'both spellings of one parameter are the same',
    ['DSCP_MEDIA_FLASHOVERRIDE 41', 'DSCP_MEDIA_FLASHOVERRRIDE 40'],
    { settings: { DSCP_MEDIA_FLASHOVERRIDE: '40' }, problems: [] },
  ],
  [
    'a name in lower case is read, and told as an error',
    ['server_ip1_1 192.0.2.7'],
    {
      settings: { SERVER_IP1_1: '192.0.2.7' },
      problems: [
        told(
          'LOWER_CASE',
          'error',
          1,
          'server_ip1_1 is read as SERVER_IP1_1; unproven: a real phone may not read this',
        ),
      ],
    },
  ],
  [
    'a name that nature made an object of is unknown',
    ['__proto__ 1', 'constructor 1'],
    {
      settings: {},
      problems: [
        told('UNKNOWN_PARAMETER', 'warning', 1, '"__proto__" is no parameter this phone knows'),
        told('UNKNOWN_PARAMETER', 'warning', 2, '"constructor" is no parameter this phone knows'),
      ],
    },
  ],
];
test.for(cases)('%s', ([, lines, expected]) => {
  expect(read(lines)).toEqual(expected);
});

test('with quirk readLowerCase at ignore, a name in lower case is unknown', () => {
  const message = '"auto_update" is no parameter this phone knows; did you mean AUTO_UPDATE?';
  expect(read(['auto_update YES'], 'ignore')).toEqual({
    settings: {},
    problems: [told('UNKNOWN_PARAMETER', 'warning', 1, message)],
  });
});

describe('the RTP ports', () => {
  const ranges: [title: string, lines: string[], kept: boolean][] = [
    ['100 apart are kept', ['RTP_MIN_PORT 50000', 'RTP_MAX_PORT 50100'], true],
    ['999 apart are kept', ['RTP_MAX_PORT 50999', 'RTP_MIN_PORT 50000'], true],
    ['99 apart are dropped, both', ['RTP_MIN_PORT 50000', 'RTP_MAX_PORT 50099'], false],
    ['1000 apart are dropped, both', ['RTP_MIN_PORT 50000', 'RTP_MAX_PORT 51000'], false],
    ['in the wrong order are dropped, both', ['RTP_MIN_PORT 50100', 'RTP_MAX_PORT 50000'], false],
    ['with one line alone are kept', ['RTP_MIN_PORT 40000'], true],
  ];
  test.for(ranges)('%s', ([, lines, kept]) => {
    const names = lines.map((line) => line.split(' ')[0]);
    expect(Object.keys(read(lines).settings)).toEqual(kept ? names : []);
  });

  test('that are dropped are told at the later of the two lines', () => {
    expect(read(['RTP_MAX_PORT 50099', 'RTP_MIN_PORT 50000']).problems).toEqual([
      told(
        'BAD_VALUE',
        'warning',
        2,
        'RTP_MAX_PORT is "50099" with RTP_MIN_PORT "50000"; expected it 100 to 999 above',
      ),
    ]);
  });
});

test('whatever the lines, nothing is thrown and only known names are set', () => {
  const line = fc.record({
    name: fc.oneof(fc.string(), fc.constantFrom(...parameterNames)),
    value: fc.oneof(fc.string(), fc.constantFrom('YES', '1', '10.0.0.1')),
    line: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(line), (values) => {
      const { settings } = readConfiguration(
        { values },
        { file: 'SIP001B4F123001.cfg', section: 'USER_CONFIG', quirks: { readLowerCase: 'read' } },
      );
      expect(Object.keys(settings).filter((name) => !parameterNames.includes(name))).toEqual([]);
    }),
  );
});
