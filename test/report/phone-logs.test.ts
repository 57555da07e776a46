import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { EcrLog } from '../../src/report/ecr-log.ts';
import { SecurityLog } from '../../src/report/security-log.ts';
import { checkFinished, checkStarted, failed, flashRead, journalOf, powerUp, requested } from './journals.ts';

/** A Wednesday, 03:02:54 by daylight saving time, which a phone observes until it is told otherwise. */
const START_MS = Date.UTC(2011, 9, 26, 2, 2, 54);

function written(log: EcrLog | SecurityLog, events: readonly PhoneEvent[], stepMs = 1): string[] {
  return journalOf(events, stepMs)
    .map((entry) => log.add(entry))
    .join('')
    .split('\n');
}

const ecr = (...events: readonly PhoneEvent[]) => written(new EcrLog(START_MS), events);
const security = (...events: readonly PhoneEvent[]) => written(new SecurityLog(START_MS), events);

const missing: PhoneEvent[] = [
  { type: 'update.started', check: 1, trigger: 'power-up', server: 'http://127.0.0.1' },
  requested({ request: 1, file: '1230SIP.cfg' }),
  failed(1),
];

test('the ECR log holds starts and errors as records of the documented layout', () => {
  expect(ecr(...powerUp(), ...missing)).toEqual([
    '=== Record #001 === INFO SET Logged 10/26/2011 03:02:54 Firmware: SIP12x004.01.13.00',
    'Source: software.started:4 Error: STARTED',
    'Description: SIP12x004.01.13.00 started',
    '',
    '=== Record #002 === MAJOR SET Logged 10/26/2011 03:02:54 Firmware: SIP12x004.01.13.00',
    'Source: file.failed:8 Error: NOT_FOUND',
    'Description: 1230SIP.cfg: HTTP 404',
    '',
    '',
  ]);
});

const told = (code: string, severity: 'note' | 'warning' | 'error'): PhoneEvent => ({
  type: 'problem.told',
  severity,
  code,
  file: '1230SIP.cfg',
  line: 3,
  message: 'x\ny',
});

const refusal: PhoneEvent = {
  type: 'file.refused',
  check: 1,
  index: 1,
  section: 'TONES',
  file: 'a.wav',
  code: 'WRONG_FORMAT',
  message: 'no WAV file',
};

const refusedPlan: PhoneEvent = {
  type: 'provisioning-file.refused',
  check: 1,
  file: '1230SIP.cfg',
  code: 'AUTHENTICATION_FAILED',
  message: 'it is not signed',
};

const records: [title: string, events: PhoneEvent[], expected: string[]][] = [
  ['a note is none', [told('X', 'note')], []],
  ['a warning is minor', [told('X', 'warning')], ['MINOR X 1230SIP.cfg:3: x y']],
  ['an error is major', [told('X', 'error')], ['MAJOR X 1230SIP.cfg:3: x y']],
  [
    'a problem with the code of a failure says nothing new',
    [...missing, told('NOT_FOUND', 'error')],
    ['MAJOR NOT_FOUND 1230SIP.cfg: HTTP 404'],
  ],
  [
    'in the next check it does',
    [
      ...missing,
      { type: 'update.started', check: 2, trigger: 'poll', server: 'x' },
      told('NOT_FOUND', 'error'),
    ],
    ['MAJOR NOT_FOUND 1230SIP.cfg: HTTP 404', 'MAJOR NOT_FOUND 1230SIP.cfg:3: x y'],
  ],
  [
    'a file that power took is none',
    [requested({ request: 1, file: 'a' }), failed(1, { code: 'ABORTED' })],
    [],
  ],
  ['a file not taken', [refusal], ['MAJOR WRONG_FORMAT a.wav: no WAV file']],
  [
    'a provisioning file not read',
    [refusedPlan],
    ['MAJOR AUTHENTICATION_FAILED 1230SIP.cfg: it is not signed'],
  ],
  ['flash that cannot be written', [{ type: 'flash.failed', message: 'full' }], ['CRITICAL FLASH full']],
  [
    'an interrupted image',
    [{ type: 'recovery.started', attempt: 1, attemptsMax: 10 }],
    ['CRITICAL IMAGE Image half written, try 1 of 10'],
  ],
  [
    'a restart',
    [{ type: 'phone.restarting', why: 'firmware', inMs: 0 }],
    ['INFO RESTART Restart: new firmware'],
  ],
  ['new firmware', [{ type: 'firmware.written', software: 'S' }], ['INFO FIRMWARE S written']],
  [
    'a check that is refused',
    [{ type: 'update.refused', trigger: 'soft-key', why: 'no-server' }],
    ['MINOR CHECK_REFUSED the phone knows no provisioning server'],
  ],
  ['a login that is refused', [{ type: 'login.refused', user: 'a@b', why: 'no' }], ['MINOR LOGIN a@b: no']],
  [
    'each bad line is one',
    [told('UNKNOWN_KEY_TYPE', 'warning'), told('UNKNOWN_KEY_TYPE', 'warning')],
    ['MINOR UNKNOWN_KEY_TYPE 1230SIP.cfg:3: x y', 'MINOR UNKNOWN_KEY_TYPE 1230SIP.cfg:3: x y'],
  ],
  [
    'an error of memory by its severity',
    [
      { type: 'memory.failed', severity: 'critical', follows: 'restart' },
      { type: 'memory.failed', severity: 'info', follows: 'nothing' },
    ],
    ['CRITICAL MEMORY Memory error', 'INFO MEMORY Memory error'],
  ],
  ['a lost call', [{ type: 'call.dropped' }], ['MINOR CALL_DROPPED A call was lost']],
  ['a check that goes well', [...checkStarted(['TONES']), checkFinished()], []],
];

test.for(records)('ECR record: %s', ([, events, expected]) => {
  const lines = ecr(...events).filter((line) => line !== '');
  const said = lines.flatMap((line, index) => {
    const severity = /=== (\w+) SET/.exec(line)?.[1];
    const error = /Error: (\w+)/.exec(lines[index + 1] ?? '')?.[1];
    return severity === undefined
      ? []
      : [`${severity} ${error} ${lines[index + 2]?.slice('Description: '.length)}`];
  });
  expect(said).toEqual(expected);
});

const zone = {
  TIMEZONE_OFFSET: { value: '-18000', from: 'file' },
  DST_ENABLED: { value: 'YES', from: 'file' },
} as const;
const fails: PhoneEvent = { type: 'flash.failed', message: 'full' };
const clocks: [title: string, events: PhoneEvent[], expected: string][] = [
  ['local time by zone and daylight saving', [flashRead({ settings: zone }), fails], '10/25/2011 22:02:54'],
  [
    'the clock as it was set',
    [flashRead(), { type: 'clock.set', how: 'given', byMs: 3_600_000 }, fails],
    '10/26/2011 04:02:54',
  ],
  [
    'power takes the clock',
    [
      flashRead(),
      { type: 'clock.set', how: 'given', byMs: 3_600_000 },
      { type: 'power.off' },
      { type: 'power.on' },
      fails,
    ],
    '10/26/2011 03:02:54',
  ],
];

test.for(clocks)('records are dated by the phone: %s', ([, events, expected]) => {
  expect(ecr(...events)[0]).toContain(`Logged ${expected} `);
});

const stored = (section: 'USER_KEYS' | 'CTL' | 'TONES'): PhoneEvent => ({
  type: 'section.finished',
  check: 1,
  index: 1,
  section,
  result: 'stored',
  version: '000001',
});
const refused = (
  section: 'CTL' | 'CRL' | 'TONES',
  code: 'AUTHENTICATION_FAILED' | 'WRONG_FORMAT',
): PhoneEvent => ({
  ...refusal,
  section,
  file: 'x.pem',
  code,
  message: 'no',
});

const lines: [title: string, event: PhoneEvent, expected: string | undefined][] = [
  ['a customer root', stored('USER_KEYS'), '0007[Information] Service provider certificate imported'],
  ['a list of trust', stored('CTL'), 'F001[Information] [CTL] imported'],
  [
    'a provisioning file that does not authenticate',
    refusedPlan,
    'F002[Major] 1230SIP.cfg: it is not signed',
  ],
  ['tones are no matter of security', stored('TONES'), undefined],
  ['a refused CTL', refused('CTL', 'AUTHENTICATION_FAILED'), '0021[Major] Error Importing CTL. x.pem: no'],
  ['a refused CRL', refused('CRL', 'WRONG_FORMAT'), 'F003[Major] x.pem: no'],
  ['a bad signature of any file', refused('TONES', 'AUTHENTICATION_FAILED'), 'F002[Major] x.pem: no'],
  ['a file of the wrong format', refused('TONES', 'WRONG_FORMAT'), undefined],
  ['a TLS failure', failed(1, { code: 'TLS', detail: 'self-signed' }), 'F004[Major] self-signed'],
  ['any other failure', failed(1), undefined],
  ['a refused login', { type: 'login.refused', user: 'a@b', why: 'x' }, 'F005[Minor] Login of a@b refused'],
  ['a login', { type: 'login.succeeded', user: 'a@b' }, 'F006[Information] a@b logged in'],
  ['a logout', { type: 'logout.done', user: 'a@b' }, 'F007[Information] a@b logged out'],
  [
    'a wrong admin password',
    { type: 'menu.opened', menu: 'wrong-password', item: 1 },
    'F008[Minor] Wrong administrator password',
  ],
  ['another menu', { type: 'menu.opened', menu: 'services', item: 1 }, undefined],
];

test.for(lines)('security log: %s', ([, event, expected]) => {
  const said = security(flashRead(), event)
    .filter((line) => line !== '')
    .map((line) => line.replace(/^(\w{4}\[\w+\]).*? - /, '$1 '));
  expect(said).toEqual(expected === undefined ? [] : [expected]);
});

test('a line of the security log has the documented shape', () => {
  const events: PhoneEvent[] = [{ type: 'power.on' }, flashRead(), { type: 'login.succeeded', user: 'a\nb' }];
  expect(written(new SecurityLog(START_MS), events, 30_000)).toEqual([
    'F006[Information][WED OCT 26 03:03:54 2011][60][login.succeeded:3] - a?b logged in',
    '',
  ]);
});
