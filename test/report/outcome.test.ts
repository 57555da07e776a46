import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact, PhoneEvent } from '../../src/events/phone-event.ts';
import { outcomeSchema } from '../../src/report/outcome.schema.ts';
import { type Outcome, outcomeOf } from '../../src/report/outcome.ts';
import type { Demands } from '../../src/report/verdict.ts';
import { anyStory } from '../display/any-fact.ts';
import { cpuMs } from '../provisioning/linear.ts';
import {
  atIdle,
  checkFinished,
  checkStarted,
  decided,
  demoBoot,
  failed,
  fetched,
  finished,
  flashRead,
  journalOf,
  MAC,
  NEW_LOAD,
  powerUp,
  received,
  requested,
  SERVER,
  written,
} from './journals.ts';

const demands: Demands = { failOn: 'error', allow: [] };

function outcomeAfter(events: readonly PhoneEvent[], held: Partial<Demands> = {}): Outcome {
  return outcomeOf(journalOf(events), { ...demands, ...held });
}

test('the outcome of a whole boot', () => {
  const outcome = outcomeOf(demoBoot(), demands);
  expect(outcome).toEqual({
    type: 'outcome',
    ok: true,
    trigger: 'power-up',
    phone: { mac: MAC, model: '1230', software: NEW_LOAD },
    state: 'idle',
    dnd: false,
    reboots: 1,
    requests: [
      request({ check: 1, file: '1230SIP.cfg', bytes: 1210 }),
      request({ check: 1, section: 'FW', file: `${NEW_LOAD}.bin`, bytes: 4_101_541, ms: 2012.4 }),
      request({ check: 2, file: '1230SIP.cfg', bytes: 1210 }),
      request({ check: 2, section: 'DEVICE_CONFIG', file: 'DeviceConfig.cfg', bytes: 2381 }),
      request({ check: 2, section: 'LANGUAGE', file: 'French.lng', bytes: 103_679 }),
      request({ check: 2, section: 'LANGUAGE', file: 'German.lng', bytes: 98_104 }),
      request({ check: 2, section: 'USER_CONFIG', file: `SIP${MAC}.cfg`, bytes: 640 }),
    ],
    sections: [
      { check: 1, section: 'FW', decision: 'download', why: 'newer', result: 'stored', version: NEW_LOAD },
      { check: 2, section: 'FW', decision: 'skip', why: 'not-newer', result: 'none', version: NEW_LOAD },
      {
        check: 2,
        section: 'DEVICE_CONFIG',
        decision: 'download',
        why: 'not-stored',
        result: 'stored',
        version: '000001',
      },
      {
        check: 2,
        section: 'LANGUAGE',
        decision: 'download',
        why: 'not-stored',
        result: 'stored',
        version: '000001',
      },
      {
        check: 2,
        section: 'USER_CONFIG',
        decision: 'download',
        why: 'not-stored',
        result: 'stored',
        version: '000001',
      },
    ],
    flash: {
      versions: { FW: NEW_LOAD, DEVICE_CONFIG: '000001', LANGUAGE: '000001', USER_CONFIG: '000001' },
      files: {
        DEVICE_CONFIG: ['DeviceConfig.cfg'],
        LANGUAGE: ['French.lng', 'German.lng'],
        USER_CONFIG: [`SIP${MAC}.cfg`],
      },
    },
    user: null,
    profile: null,
    settings: { BANNER: 'ACME', ADMIN_PASSWORD: '***' },
    lease: null,
    nextPoll: null,
    noPollBecause: 'auto-update-off',
    problems: [
      {
        severity: 'warning',
        file: 'DeviceConfig.cfg',
        line: 14,
        code: 'UNKNOWN_PARAMETER',
        message: 'DEF_USER1 is no parameter a phone knows',
      },
      {
        severity: 'note',
        file: `${NEW_LOAD}.bin`,
        section: 'FW',
        code: 'NOT_AUTHENTICATED',
        message: "a real phone would also check Avaya's signature",
      },
    ],
    failures: [],
  });
  expect(outcomeSchema.parse(outcome)).toEqual(outcome);
});

function request(
  what: Pick<Outcome['requests'][number], 'check' | 'file' | 'bytes'> & Partial<Outcome['requests'][number]>,
) {
  return {
    section: null,
    url: `${SERVER}/${what.file}`,
    protocol: 'http',
    result: 'ok',
    ms: 3,
    attempts: 1,
    ...what,
  };
}

const tones = { section: 'TONES', index: 1, check: 1 } as const;
const due = decided(tones, { action: 'download', why: 'newer' }, { stored: '000000' });
const wav = { request: 2, section: 'TONES', index: 1, file: 'a.wav' } as const;
const refused = { type: 'file.refused', ...tones, file: 'a.wav', message: 'no' } as const;

/** A boot whose only section goes its way. */
function bootWith(...events: PhoneEvent[]): PhoneEvent[] {
  return [...powerUp(), ...checkStarted(['TONES']), ...events, checkFinished(), ...atIdle];
}

const noFile = [
  ...powerUp(),
  { type: 'update.started', check: 1, trigger: 'power-up', server: SERVER },
  requested({ request: 1, file: '1230SIP.cfg' }),
  failed(1),
  checkFinished(1, 'no-provisioning-file'),
  { type: 'login.shown', why: '' },
] as const satisfies PhoneEvent[];

const lost = [
  due,
  requested(wav),
  failed(2),
  finished(tones, { result: 'kept', error: 'NOT_FOUND', version: '000000' }),
];

const verdicts: [title: string, events: readonly PhoneEvent[], codes: string[]][] = [
  ['every section stored: ok', bootWith(due, ...fetched(wav, 9), finished(tones, { result: 'stored' })), []],
  ['an identical image: ok', bootWith(due, ...fetched(wav, 9), finished(tones, { result: 'identical' })), []],
  ['a section that is not newer: ok', bootWith(decided(tones, { action: 'skip', why: 'not-newer' })), []],
  ['a section put off until later: ok', bootWith(decided(tones, { action: 'skip', why: 'later' })), []],
  [
    'at the login screen: ok',
    [...powerUp(), ...checkStarted(['TONES']), checkFinished(), { type: 'login.shown', why: '' }],
    [],
  ],
  ['the banner waits for OK: ok', [...bootWith(), { type: 'banner.shown', text: 'hi' }], []],
  ['switched off on purpose: ok', [...bootWith(), { type: 'power.off' }], []],

  ['the provisioning file could not be had', noFile, ['NOT_FOUND']],
  [
    'the provisioning file was never answered',
    [
      ...powerUp(),
      { type: 'update.started', check: 1, trigger: 'power-up', server: SERVER },
      requested({ request: 1, file: '1230SIP.cfg' }),
      { type: 'power.off' },
    ],
    ['ABORTED'],
  ],
  [
    'the provisioning file arrived and was not used',
    [
      ...powerUp(),
      { type: 'update.started', check: 1, trigger: 'power-up', server: SERVER },
      ...fetched({ request: 1, file: '1230SIP.cfg' }, 9),
      checkFinished(1, 'no-provisioning-file'),
      ...atIdle,
    ],
    ['NO_PROVISIONING_FILE'],
  ],
  [
    'the check ended before it asked for anything',
    [
      ...powerUp(),
      { type: 'update.started', check: 1, trigger: 'power-up', server: SERVER },
      checkFinished(1, 'cut'),
      { type: 'power.off' },
    ],
    ['NO_PROVISIONING_FILE'],
  ],
  [
    'the provisioning file holds no section a phone knows',
    [...powerUp(), ...checkStarted([]), checkFinished(), ...atIdle],
    ['NO_SECTION'],
  ],
  [
    'the provisioning file was cut off by an over-long line',
    [...powerUp(), ...checkStarted(['TONES'], { cutOff: true }), checkFinished(), ...atIdle],
    ['LINE_TOO_LONG'],
  ],
  ["a due section's file is not fetched", bootWith(...lost), ['NOT_FOUND']],
  [
    'each file that is not fetched counts',
    bootWith(
      due,
      requested(wav),
      failed(2),
      requested({ ...wav, request: 3, file: 'b.wav' }),
      failed(3, { code: 'TIMEOUT' }),
      finished(tones, { result: 'kept', error: 'TIMEOUT' }),
    ),
    ['NOT_FOUND', 'TIMEOUT'],
  ],
  [
    'one of two files is not fetched',
    bootWith(
      due,
      requested(wav),
      failed(2),
      ...fetched({ ...wav, request: 3, file: 'b.wav' }, 9),
      finished(tones, { result: 'kept', error: 'NOT_FOUND' }),
    ),
    ['NOT_FOUND'],
  ],
  [
    'SIP<MAC>.cfg is missing',
    [
      ...powerUp(),
      ...checkStarted(['USER_CONFIG']),
      decided({ section: 'USER_CONFIG' }, { action: 'download', why: 'not-stored' }),
      requested({ request: 2, section: 'USER_CONFIG', index: 1, file: `SIP${MAC}.cfg` }),
      failed(2),
      finished({ section: 'USER_CONFIG' }, { result: 'kept', error: 'NOT_FOUND' }),
      checkFinished(),
      ...atIdle,
    ],
    ['NOT_FOUND'],
  ],
  [
    'a file is refused for its format',
    bootWith(
      due,
      ...fetched(wav, 9),
      { ...refused, code: 'WRONG_FORMAT' },
      finished(tones, { result: 'kept', error: 'WRONG_FORMAT' }),
    ),
    ['WRONG_FORMAT'],
  ],
  [
    'a file is refused for want of capacity',
    bootWith(
      due,
      ...fetched(wav, 9),
      { ...refused, code: 'NO_CAPACITY' },
      finished(tones, { result: 'kept', error: 'NO_CAPACITY' }),
    ),
    ['NO_CAPACITY'],
  ],
  [
    'a file is refused because five are stored, although the version is stored then',
    bootWith(
      due,
      ...fetched(wav, 9),
      { ...refused, code: 'STORE_FULL' },
      finished(tones, { result: 'stored' }),
    ),
    ['STORE_FULL'],
  ],
  [
    'a path climbs out of the tree',
    bootWith(decided(tones, { action: 'skip', why: 'refused-name' })),
    ['BAD_NAME'],
  ],
  [
    'an image is for other hardware',
    bootWith(decided(tones, { action: 'skip', why: 'wrong-hardware' })),
    ['WRONG_HARDWARE'],
  ],
  [
    'a section names no file',
    bootWith(decided(tones, { action: 'skip', why: 'no-filename' })),
    ['NO_FILENAME'],
  ],
  [
    'flash could not be written',
    bootWith(due, ...fetched(wav, 9), finished(tones, { result: 'kept', error: 'FLASH' })),
    ['FLASH'],
  ],
  [
    'a due section is kept and nobody says why',
    bootWith(due, finished(tones, { result: 'kept' })),
    ['NOT_COMPLETED'],
  ],
  ['a due section does not come to its end', bootWith(due, requested(wav)), ['ABORTED']],
  [
    'no check was made, and nobody asked for one',
    [flashRead(), { type: 'login.shown', why: '' }],
    ['NO_CHECK'],
  ],
  [
    'a section loses a file and then cannot be written',
    bootWith(due, requested(wav), failed(2), finished(tones, { result: 'kept', error: 'FLASH' })),
    ['NOT_FOUND', 'FLASH'],
  ],
  [
    'a section loses a file and is cut off at the next',
    bootWith(due, requested(wav), failed(2), requested({ ...wav, request: 3, file: 'b.wav' })),
    ['NOT_FOUND', 'ABORTED'],
  ],
  [
    'no check was made, nobody being logged in',
    [
      flashRead(),
      { type: 'login.shown', why: '' },
      { type: 'update.refused', trigger: 'soft-key', why: 'logged-out' },
    ],
    ['CHECK_REFUSED'],
  ],
  [
    'no check was made, no server being known',
    [
      ...powerUp(),
      { type: 'update.refused', trigger: 'power-up', why: 'no-server' },
      { type: 'login.shown', why: '' },
    ],
    ['CHECK_REFUSED'],
  ],
  [
    'a second check that is refused fails nothing by itself',
    [...bootWith(), { type: 'update.refused', trigger: 'poll', why: 'check-running' }],
    [],
  ],
  [
    "the command's limit came first",
    [...powerUp(), ...checkStarted(['TONES']), checkFinished()],
    ['NOT_FINISHED'],
  ],
  [
    'the phone ends in recovery',
    [
      ...powerUp({ image: 'writing' }),
      { type: 'recovery.started', attempt: 1, attemptsMax: 10 },
      { type: 'recovery.failed', attempt: 10, retryInMs: null },
    ],
    ['RECOVERY'],
  ],
  [
    'what recovery tries in vain does not count once the phone is up',
    [
      flashRead({ image: 'writing' }),
      { type: 'recovery.started', attempt: 1, attemptsMax: 10 },
      { type: 'update.started', check: 0, trigger: 'power-up', server: SERVER },
      requested({ request: 9, check: 0, file: '1230Boot.cfg' }),
      failed(9),
      ...bootWith(),
    ],
    [],
  ],
];

describe('ok, and every way not to be', () => {
  test.for(verdicts)('%s', ([, events, codes]) => {
    const { ok, failures } = outcomeAfter(events);
    expect({ ok, codes: failures.map(({ code }) => code) }).toEqual({ ok: codes.length === 0, codes });
  });
});

function told(
  what: Pick<Fact<'problem.told'>, 'severity' | 'code'> & Partial<Fact<'problem.told'>>,
): PhoneEvent {
  return { type: 'problem.told', message: `${what.code} happened`, ...what };
}

const problemVerdicts: [title: string, held: Partial<Demands>, events: PhoneEvent[], codes: string[]][] = [
  ['a warning fails nothing by default', {}, [told({ severity: 'warning', code: 'NO_VERSION' })], []],
  ['an error fails by default', {}, [told({ severity: 'error', code: 'LONE_CR' })], ['LONE_CR']],
  [
    '--fail-on warning takes warnings too',
    { failOn: 'warning' },
    [told({ severity: 'warning', code: 'NO_VERSION' }), told({ severity: 'note', code: 'VALUE_CASE' })],
    ['NO_VERSION'],
  ],
  [
    '--fail-on note takes all',
    { failOn: 'note' },
    [told({ severity: 'note', code: 'VALUE_CASE' })],
    ['VALUE_CASE'],
  ],
  [
    '--allow takes a problem out',
    { allow: [{ code: 'LONE_CR' }] },
    [told({ severity: 'error', code: 'LONE_CR' })],
    [],
  ],
  ['--allow takes a lost file out', { allow: [{ code: 'NOT_FOUND' }] }, lost, []],
  ['--allow CODE:SECTION takes it out there', { allow: [{ code: 'NOT_FOUND', section: 'TONES' }] }, lost, []],
  [
    '--allow CODE:SECTION leaves the other sections in',
    { allow: [{ code: 'NOT_FOUND', section: 'USER_CONFIG' }] },
    lost,
    ['NOT_FOUND'],
  ],
  ['--allow of another code changes nothing', { allow: [{ code: 'TIMEOUT' }] }, lost, ['NOT_FOUND']],
  [
    'a problem that tells again what was lost is no second reason',
    {},
    [...lost, told({ severity: 'error', code: 'NOT_FOUND', section: 'TONES', file: 'a.wav' })],
    ['NOT_FOUND'],
  ],
  [
    'a refused path that is told as a problem too is one reason',
    {},
    [
      decided(tones, { action: 'skip', why: 'refused-name' }),
      told({ severity: 'error', code: 'BAD_NAME', section: 'TONES', line: 3 }),
    ],
    ['BAD_NAME'],
  ],
  [
    'the same code for another file is',
    {},
    [...lost, told({ severity: 'error', code: 'NOT_FOUND', section: 'IMAGES', file: 'b.png' })],
    ['NOT_FOUND', 'NOT_FOUND'],
  ],
];

describe('--fail-on and --allow', () => {
  test.for(problemVerdicts)('%s', ([, held, events, codes]) => {
    const { ok, failures } = outcomeAfter(bootWith(...events), held);
    expect({ ok, codes: failures.map(({ code }) => code) }).toEqual({ ok: codes.length === 0, codes });
  });

  test('a provisioning file that is not there can be allowed, but not by a section', () => {
    expect(outcomeAfter(noFile, { allow: [{ code: 'NOT_FOUND' }] }).ok).toBe(true);
    expect(outcomeAfter(noFile, { allow: [{ code: 'NOT_FOUND', section: 'USER_CONFIG' }] }).ok).toBe(false);
  });
});

const whys: [why: Outcome['sections'][number]['why'], decision: 'download' | 'skip'][] = [
  ['forced', 'download'],
  ['not-stored', 'download'],
  ['newer', 'download'],
  ['not-newer', 'skip'],
  ['later', 'skip'],
  ['refused-name', 'skip'],
  ['wrong-hardware', 'skip'],
  ['no-filename', 'skip'],
];

describe('sections', () => {
  test.for(whys)('%s is told as %s', ([why, action]) => {
    const decision = { action, why } as Fact<'section.decided'>['decision'];
    const event = decided(tones, decision, { stored: '000000' });
    expect(outcomeAfter(bootWith(event)).sections).toEqual([
      {
        check: 1,
        section: 'TONES',
        decision: action,
        why,
        ...(action === 'skip' ? { result: 'none' } : { result: 'kept', error: 'ABORTED' }),
        version: '000000',
      },
    ]);
  });

  const results: [
    title: string,
    what: Parameters<typeof finished>[1],
    expected: Partial<Outcome['sections'][number]>,
  ][] = [
    ['stored', { result: 'stored' }, { result: 'stored', version: '000001' }],
    ['identical', { result: 'identical' }, { result: 'identical', version: '000001' }],
    [
      'kept, by a transfer',
      { result: 'kept', error: 'BUSY', version: '000000' },
      { result: 'kept', error: 'BUSY', version: '000000' },
    ],
    [
      'kept, by a refusal',
      { result: 'kept', error: 'BAD_SIZE', version: null },
      { result: 'kept', error: 'BAD_SIZE', version: null },
    ],
    ['none', { result: 'none', version: null }, { result: 'none', version: null }],
  ];
  test.for(results)('result %s', ([, what, expected]) => {
    expect(outcomeAfter(bootWith(due, finished(tones, what))).sections).toEqual([
      { check: 1, section: 'TONES', decision: 'download', why: 'newer', ...expected },
    ]);
  });

  test('a repeated section has an entry each time', () => {
    const again = { ...tones, index: 2 };
    const events = [
      due,
      finished(tones, { result: 'stored' }),
      decided(again, { action: 'skip', why: 'not-newer' }, { stored: '000001' }),
    ];
    expect(outcomeAfter(bootWith(...events)).sections.map(({ result }) => result)).toEqual([
      'stored',
      'none',
    ]);
  });
});

describe('requests', () => {
  test('a repeat raises the attempts of its request and adds no other', () => {
    const repeat = { type: 'file.repeated', request: 2, what: 'request', why: 'HTTP 503' } as const;
    const events = [due, requested(wav), repeat, repeat, received(2, 9, { attempts: 3, ms: 2001 })];
    expect(outcomeAfter(bootWith(...events)).requests.slice(1)).toEqual([
      request({ check: 1, section: 'TONES', file: 'a.wav', bytes: 9, ms: 2001, attempts: 3 }),
    ]);
  });

  test('one still under way at the end is aborted, with what it has cost so far', () => {
    const events = [
      requested({ request: 1, file: '1230SIP.cfg' }),
      { type: 'file.repeated', request: 1, what: 'request', why: 'no answer' },
      { type: 'file.repeated', request: 1, what: 'acknowledgement', why: 'no answer' },
      { type: 'file.progressed', request: 1, bytes: 512, sizeBytes: null },
    ] as const satisfies PhoneEvent[];
    expect(outcomeAfter([flashRead(), ...events]).requests).toEqual([
      request({ check: 1, file: '1230SIP.cfg', result: 'ABORTED', bytes: 512, ms: 3, attempts: 2 }),
    ]);
  });

  test('what comes after its end changes nothing', () => {
    const events = [...fetched(wav, 9), failed(2)];
    expect(outcomeAfter([flashRead(), ...events]).requests).toEqual([
      request({ check: 1, section: 'TONES', file: 'a.wav', bytes: 9 }),
    ]);
  });
});

test('problems stand by file and line, each once, those of no file last', () => {
  const events = [
    told({ severity: 'note', code: 'CLOCK_ASSUMED' }),
    told({ severity: 'warning', code: 'BAD_VALUE', file: 'b.cfg', line: 10 }),
    told({ severity: 'warning', code: 'BAD_VALUE', file: 'b.cfg', line: 9, check: 1 }),
    told({ severity: 'warning', code: 'BAD_VALUE', file: 'b.cfg', line: 9, check: 2 }),
    told({ severity: 'error', code: 'BYTE_ORDER_MARK', file: 'b.cfg' }),
    told({ severity: 'note', code: 'VALUE_CASE', file: 'a.cfg', line: 30 }),
  ];
  expect(
    outcomeAfter(bootWith(...events)).problems.map(({ file, line, code }) => [file, line, code]),
  ).toEqual([
    ['a.cfg', 30, 'VALUE_CASE'],
    ['b.cfg', undefined, 'BYTE_ORDER_MARK'],
    ['b.cfg', 9, 'BAD_VALUE'],
    ['b.cfg', 10, 'BAD_VALUE'],
    [undefined, undefined, 'CLOCK_ASSUMED'],
  ]);
});

const polls: [title: string, events: PhoneEvent[], expected: Pick<Outcome, 'nextPoll' | 'noPollBecause'>][] =
  [
    [
      'the last word counts',
      [
        { type: 'poll.not-scheduled', because: 'auto-update-off' },
        { type: 'poll.scheduled', instant: '2024-03-05T00:44:00.000Z' },
      ],
      { nextPoll: '2024-03-05T00:44:00.000Z', noPollBecause: null },
    ],
    [
      'none, with its reason',
      [{ type: 'poll.not-scheduled', because: 'auto-update-off' }],
      { nextPoll: null, noPollBecause: 'auto-update-off' },
    ],
    ['none, the phone not having come so far', [], { nextPoll: null, noPollBecause: 'not-up' }],
  ];

describe('the next poll', () => {
  test.for(polls)('%s', ([, events, expected]) => {
    const { nextPoll, noPollBecause } = outcomeAfter([...powerUp(), ...events]);
    expect({ nextPoll, noPollBecause }).toEqual(expected);
  });
});

test('the trigger is that of the first check', () => {
  const check = { type: 'update.started', check: 1, trigger: 'soft-key', server: SERVER } as const;
  expect(outcomeAfter([flashRead(), check, ...bootWith()]).trigger).toBe('soft-key');
  expect(
    outcomeAfter([flashRead(), { type: 'update.refused', trigger: 'poll', why: 'not-up' }]).trigger,
  ).toBe('poll');
});

test('passwords are never shown, an empty one is', () => {
  const values = {
    ADMIN_PASSWORD: { value: '22222', from: 'manual' },
    AUTOLOGIN_PASSWD_KEY01: { value: 'x', from: 'file' },
    SSHPWD: { value: '', from: 'file' },
    VMAIL: { value: '*97', from: 'file' },
  } as const;
  expect(outcomeAfter([...powerUp(), written({ change: 'settings', values })]).settings).toEqual({
    ADMIN_PASSWORD: '***',
    AUTOLOGIN_PASSWD_KEY01: '***',
    SSHPWD: '',
    VMAIL: '*97',
  });
});

test('DND at the end is the or of both flags', () => {
  const enabled = { type: 'dnd.enabled', by: 'user' } as const;
  expect(outcomeAfter([...bootWith(), enabled]).dnd).toBe(true);
});

test('nothing can be said of a phone whose flash nobody read', () => {
  expect(() => outcomeAfter([{ type: 'power.on' }])).toThrow('No outcome without the fact flash.read');
});

test('four times the life takes about four times the work', () => {
  const life = (checks: number) => {
    const entries = journalOf([
      ...powerUp(),
      ...Array.from({ length: checks }, (_, before) => oneCheck(before + 1)).flat(),
    ]);
    return cpuMs(() => outcomeOf(entries, demands));
  };
  life(1_000);
  // Work that grew with the square would take sixteen times as long.
  expect(life(8_000) / life(2_000)).toBeLessThan(10);
});

/** A check of a phone that was up before, whose one section is lost. */
function oneCheck(check: number): PhoneEvent[] {
  const place = { ...tones, check };
  const sound = { ...wav, check, request: 2 * check };
  return [
    ...checkStarted(['TONES'], { check, request: 2 * check - 1 }),
    decided(place, { action: 'download', why: 'newer' }),
    requested(sound),
    failed(2 * check),
    finished(place, { result: 'kept', error: 'NOT_FOUND' }),
    checkFinished(check),
  ];
}

test('any story has an outcome that its schema takes', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const outcome = outcomeAfter(story);
      expect(outcomeSchema.parse(outcome)).toEqual(outcome);
    }),
  );
});
