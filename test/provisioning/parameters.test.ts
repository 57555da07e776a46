import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckedValue } from '../../src/provisioning/parameter-type.ts';
import {
  checkValue,
  defaultOf,
  keptName,
  parameterNamed,
  parameterNames,
  parameterSpeltAs,
  parameters,
  settingOf,
} from '../../src/provisioning/parameters.ts';

function parameter(name: string) {
  const found = parameterNamed(name);
  if (found === undefined) throw new Error(`no parameter ${name}`);
  return found;
}

describe('the table', () => {
  test('holds each name once', () => {
    const names = parameters
      .flatMap(({ name, alsoSpelt }) => [name, alsoSpelt])
      .filter((n) => n !== undefined);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(parameterNames).size).toBe(parameterNames.length);
  });

  test.for(parameters.map((each) => [each.name, each] as const))(
    '%s: its default is a legal value',
    ([, each]) => {
      expect(checkValue(each, each.default)).toEqual({ ok: true, value: each.default });
    },
  );

  test('tells where each parameter is known from', () => {
    expect(parameters.filter(({ source }) => source === '')).toEqual([]);
  });

  test('marks the passwords as secret', () => {
    expect(parameters.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
      'ADMIN_PASSWORD',
      'AUTOLOGIN_PASSWD_KEYnn',
      'SSHPWD',
      'E911_PASSWORD',
    ]);
  });

  test('knows which parameters take effect later', () => {
    const later = (effect: string) => parameters.filter((p) => p.effect === effect).map(({ name }) => name);
    expect([later('restart'), later('logout')]).toEqual([
      ['SIP_UDP_PORT', 'SIP_TCP_PORT', 'SIP_TLS_PORT', 'USE_RPORT'],
      ['ENABLE_PRACK'],
    ]);
  });
});

describe('a name', () => {
  const known: [name: string, canonical: string][] = [
    ['AUTO_UPDATE', 'AUTO_UPDATE'],
    ['802.1P_DATA', '802.1P_DATA'],
    ['AVAYA_AUTOMATIC_QoS', 'AVAYA_AUTOMATIC_QoS'],
    ['AUDIO_CODEC1', 'AUDIO_CODECx'],
    ['AUDIO_CODEC5', 'AUDIO_CODECx'],
    ['SIP_DOMAIN1', 'SIP_DOMAINx'],
    ['SIP_DOMAIN5_PROTOS', 'SIP_DOMAINx_PROTOS'],
    ['SERVER_IP1_1', 'SERVER_IPx_y'],
    ['SERVER_IP5_2', 'SERVER_IPx_y'],
    ['SERVER_PORT1_2', 'SERVER_PORTx_y'],
    ['SERVER_TCP_PORT2_1', 'SERVER_TCP_PORTx_y'],
    ['SERVER_TLS_PORT3_1', 'SERVER_TLS_PORTx_y'],
    ['SERVER_RETRIES4', 'SERVER_RETRIESx'],
    ['AUTOLOGIN_ID_KEY01', 'AUTOLOGIN_ID_KEYnn'],
    ['AUTOLOGIN_AUTHID_KEY10', 'AUTOLOGIN_AUTHID_KEYnn'],
    ['AUTOLOGIN_PASSWD_KEY99', 'AUTOLOGIN_PASSWD_KEYnn'],
    ['DEF_USER2', 'DEF_USERx'],
    ['STUN_SERVER_PORT2', 'STUN_SERVER_PORT2'],
    ['DSCP_MEDIA_FLASHOVERRIDE', 'DSCP_MEDIA_FLASHOVERRIDE'],
    ['DSCP_MEDIA_FLASHOVERRRIDE', 'DSCP_MEDIA_FLASHOVERRIDE'],
  ];
  test.for(known)('%s is %s', ([name, canonical]) => {
    expect(parameterNamed(name)?.name).toBe(canonical);
  });

  const unknown = [
    '',
    'auto_update',
    'SERVER_IPx_y',
    'AUDIO_CODEC0',
    'AUDIO_CODEC6',
    'SERVER_IP6_1',
    'SERVER_IP1_0',
    'SERVER_IP1_3',
    'SERVER_IP01_1',
    'SIP_DOMAIN',
    'SIP_DOMAIN6_PROTOS',
    'AUTOLOGIN_ID_KEY00',
    'AUTOLOGIN_ID_KEY1',
    'AUTOLOGIN_ID_KEY001',
    'STUN_SERVER_IP3',
    'constructor',
    '__proto__',
  ];
  test.for(unknown)('"%s" is none', (name) => {
    expect(parameterNamed(name)).toBe(undefined);
  });

  test('in another case is found with its right spelling', () => {
    const found = ['server_ip1_2', 'AVAYA_AUTOMATIC_QOS', 'nothing'].map(
      (name) => parameterSpeltAs(name)?.name,
    );
    expect(found).toEqual(['SERVER_IP1_2', 'AVAYA_AUTOMATIC_QoS', undefined]);
  });

  test('with a second spelling is kept under the first', () => {
    const flashOverride = parameter('DSCP_MEDIA_FLASHOVERRIDE');
    expect(keptName(flashOverride, 'DSCP_MEDIA_FLASHOVERRRIDE')).toBe('DSCP_MEDIA_FLASHOVERRIDE');
    expect(keptName(parameter('SERVER_IP1_1'), 'SERVER_IP1_1')).toBe('SERVER_IP1_1');
  });
});

describe('a legal value', () => {
  const cases: [name: string, value: string, kept: string][] = [
    ['AUTO_UPDATE', 'YES', 'YES'],
    ['AUTO_UPDATE', 'no', 'NO'],
    ['AUTO_UPDATE', 'y', 'YES'],
    ['AUTO_UPDATE', 'N', 'NO'],
    ['AUTOLOGIN_ENABLE', 'USE_AUTOLOGIN_ID', 'USE_AUTOLOGIN_ID'],
    ['AUTOLOGIN_ENABLE', 'use_autologin_id', 'USE_AUTOLOGIN_ID'],
    ['AUTOLOGIN_ENABLE', '0', 'NO'],
    ['AUTOLOGIN_ENABLE', '1', 'YES'],
    ['AUTOLOGIN_ENABLE', '2', 'USE_AUTOLOGIN_ID'],
    ['AUTOLOGIN_ENABLE', 'y', 'YES'],
    ['RECOVERY_LEVEL', '255', '2'],
    ['TRANSFER_TYPE', 'RFC3261', 'STANDARD'],
    ['AUTO_UPDATE_TIME', '0', '0'],
    ['AUTO_UPDATE_TIME', '86399', '86399'],
    ['AUTO_UPDATE_TIME', '007', '7'],
    ['AUTO_UPDATE_TIME', '-0', '0'],
    ['AUTO_UPDATE_TIME_RANGE', '1', '1'],
    ['AUTO_UPDATE_TIME_RANGE', '6', '6'],
    ['HTTP_RETRY_NUMBER', '0', '0'],
    ['HTTP_RETRY_NUMBER', '-1', '5'],
    ['JITTER_WARN', '0', '3276'],
    ['TIMEZONE_OFFSET', '-25200', '-25200'],
    ['TIMEZONE_OFFSET', '46800', '46800'],
    ['DSCP_MEDIA', '-1', '-1'],
    ['DSCP_MEDIA', '63', '63'],
    ['SIP_TLS_PORT', '0', '0'],
    ['SIP_UDP_PORT', '65535', '65535'],
    ['MEMCHECK_PERIOD', '1800', '1800'],
    ['CONN_KEEP_ALIVE', '5', '5'],
    ['MAX_APPEARANCE', '10', '10'],
    ['SERVER_IP1_1', '192.0.2.255', '192.0.2.255'],
    ['SIP_DOMAIN2', '', ''],
    ['SIP_DOMAIN2', 'pbx.example.com', 'pbx.example.com'],
    ['SCRNSVR_IMAGE', '', ''],
    ['SSHID', '', ''],
    ['SSHID', 'root', 'root'],
    ['BANNER', 'THIS IS A BANNER', 'THIS IS A BANNER'],
    ['BANNER', 'x'.repeat(24), 'x'.repeat(24)],
    ['AUDIO_CODEC2', 'PCMU standard u-law', 'PCMU standard u-law'],
    ['SIP_DOMAIN1_PROTOS', 'udp, tls,TCP', 'UDP,TLS,TCP'],
    ['SRTP_MODE', 'be-cap neg', 'BE-Cap Neg'],
    ['HOLD_TYPE', 'RFC2543', 'rfc2543'],
    ['DIAL_TONE', '350;-1', '350;-1'],
    ['SFTP_READ_PATTERNS', '.cfg', '.cfg'],
    ['DEF_LANG', 'french', 'French'],
  ];
  test.for(cases)('%s "%s" is kept as "%s"', ([name, value, kept]) => {
    expect(checkValue(parameter(name), value)).toEqual<CheckedValue>({ ok: true, value: kept });
  });
});

describe('a bad value', () => {
  const seconds = 'a whole number from 0 to 86399';
  const address = 'an IPv4 address such as 192.0.2.1';
  const cases: [name: string, value: string, expected: string][] = [
    ['AUTO_UPDATE', '', 'YES or NO'],
    ['AUTO_UPDATE', '1', 'YES or NO'],
    ['AUTO_UPDATE', 'YES ', 'YES or NO'],
    [
      'AUTOLOGIN_ENABLE',
      '3',
      'NO, YES or USE_AUTOLOGIN_ID (also 0 = NO, 1 = YES, 2 = USE_AUTOLOGIN_ID, N = NO, Y = YES)',
    ],
    ['RECOVERY_LEVEL', '5', '1, 2, 3 or 4 (also 255 = 2)'],
    ['AUTO_UPDATE_TIME', '', seconds],
    ['AUTO_UPDATE_TIME', '86400', seconds],
    ['AUTO_UPDATE_TIME', '-1', seconds],
    ['AUTO_UPDATE_TIME', '1h', seconds],
    ['AUTO_UPDATE_TIME', '1.5', seconds],
    ['AUTO_UPDATE_TIME', '+1', seconds],
    ['AUTO_UPDATE_TIME', '00000000001', seconds],
    ['AUTO_UPDATE_TIME_RANGE', '0', 'a whole number from 1 to 6'],
    ['AUTO_UPDATE_TIME_RANGE', '7', 'a whole number from 1 to 6'],
    ['HTTP_RETRY_NUMBER', 'many', 'a whole number of at least 0; lower ones stand for the default'],
    ['HTTP_RETRY_NUMBER', '2147483648', 'a whole number of at least 0; lower ones stand for the default'],
    ['LISTENING_R_WARN', '101', 'a whole number from 1 to 100; lower ones stand for the default'],
    ['TIMEZONE_OFFSET', 'GMT', 'a whole number'],
    ['DSCP_DATA', '-2', 'a whole number from -1 to 63'],
    ['DSCP_DATA', '64', 'a whole number from -1 to 63'],
    ['802.1P_DATA', '8', 'a whole number from -1 to 7'],
    ['SIP_UDP_PORT', '65536', 'a whole number from 0 to 65535'],
    ['MEMCHECK_PERIOD', '1799', 'a whole number from 1800 to 86400'],
    ['SERVER_RETRIES1', '6', 'a whole number from 1 to 5'],
    ['SERVER_IP1_1', '', address],
    ['SERVER_IP1_1', '192.0.2.256', address],
    ['SERVER_IP1_1', '192.0.2', address],
    ['SERVER_IP1_1', '192.0.2.1.', address],
    ['SERVER_IP1_1', '192.0.2.01', address],
    ['SNTP_SERVER', 'time.example.com', address],
    ['SIP_DOMAIN1', 'a domain', 'a host name or IPv4 address'],
    ['SSHID', 'abc', '4 to 12 letters, digits or _'],
    ['SSHPWD', 'abcdefghijklm', '4 to 12 letters, digits or _'],
    ['E911_USERNAME', 'abc', 'text of 4 to 12 characters'],
    ['BANNER', 'x'.repeat(25), 'text of at most 24 characters'],
    ['SIP_DOMAIN1_PROTOS', '', 'some of UDP, TCP, TLS, separated by commas'],
    ['SIP_DOMAIN1_PROTOS', 'UDP,UDP', 'some of UDP, TCP, TLS, separated by commas'],
    ['SIP_DOMAIN1_PROTOS', 'UDP,SCTP', 'some of UDP, TCP, TLS, separated by commas'],
    ['DEF_AUDIO_QUALITY', 'best', 'High, Medium or Low'],
    ['MLPP_NETWORK_DOMAIN', '', 'DSN'],
    ['MLPP_PRECEDENCE_DOMAIN', '00000g', 'six hex digits'],
    ['SFTP_READ_PATTERNS', 'cfg', 'up to 10 extensions such as .cfg, separated by commas'],
    ['DIAL_TONE', '350,440', 'frequencies;on,off in ms such as 440,480;2000,4000 (on -1 = without end)'],
  ];
  test.for(cases)('%s is not "%s"; expected %s', ([name, value, expected]) => {
    expect(checkValue(parameter(name), value)).toEqual<CheckedValue>({ ok: false, expected });
  });
});

describe('the value in force', () => {
  const settings = { AUTO_UPDATE: { value: 'YES' }, SIP_DOMAIN1: { value: '' } };
  const cases: [title: string, name: string, value: string][] = [
    ['is the stored one', 'AUTO_UPDATE', 'YES'],
    ['is the stored one, though empty', 'SIP_DOMAIN1', ''],
    ['is the default when nothing is stored', 'AUTO_UPDATE_TIME_RANGE', '1'],
    ['is the default of an indexed name too', 'SERVER_IP1_2', '0.0.0.0'],
    ['is empty for a name nobody knows', 'NOBODY', ''],
  ];
  test.for(cases)('%s', ([, name, value]) => {
    expect(settingOf(settings, name)).toBe(value);
  });

  test('of the factory is told by name', () => {
    expect([defaultOf('HTTP_RETRY_NUMBER'), defaultOf('nothing')]).toEqual(['5', '']);
  });
});

describe('whatever the value', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.integer().map(String),
    fc.constantFrom('yes', 'n', '2', '-0', '007', '1,2;3', 'udp,tcp', '10.0.0.1', ''),
    fc.constantFrom(...parameters.map((each) => each.default)),
  );
  test('checking it throws nothing, and what is kept is kept unchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parameters), value, (each, found) => {
        const checked = checkValue(each, found);
        if (!checked.ok) expect(checked.expected).not.toBe('');
        else expect(checkValue(each, checked.value)).toEqual(checked);
      }),
      { numRuns: 2_000 },
    );
  });
});
