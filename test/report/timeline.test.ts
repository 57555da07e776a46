import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/events/journal.ts';
import type { Fact, PhoneEvent } from '../../src/events/phone-event.ts';
import type { Layout } from '../../src/report/layout.ts';
import { ansiPalette, plainPalette } from '../../src/report/palette.ts';
import { Timeline, type TimelineLine } from '../../src/report/timeline.ts';
import { layOutLine } from '../../src/report/timeline-text.ts';
import { anyStory } from '../display/any-fact.ts';
import {
  checkFinished,
  checkStarted,
  decided,
  demoBoot,
  failed,
  fetched,
  finished,
  flashRead,
  journalOf,
  OLD_LOAD,
  powerUp,
  received,
  requested,
  SERVER,
  written,
} from './journals.ts';

const plain: Layout = { columns: 80, palette: plainPalette, letters: 'ascii' };

function linesOf(journal: readonly JournalEntry[]): TimelineLine[] {
  const timeline = new Timeline();
  return journal.flatMap((entry) => timeline.tell(entry));
}

function shown(journal: readonly JournalEntry[], layout: Partial<Layout> = {}): string {
  const lines = linesOf(journal).flatMap((line) => layOutLine(line, { ...plain, ...layout }));
  return `\n${lines.join('\n')}\n`;
}

/** Only what the last fact says. */
function said(...events: PhoneEvent[]): string[] {
  const timeline = new Timeline();
  const lines = journalOf(events).map((entry) => timeline.tell(entry));
  return (lines.at(-1) ?? []).map(({ subject, text }) => `${subject}: ${text}`);
}

describe('a phone that is resumed', () => {
  const resumed = (...events: PhoneEvent[]) => {
    const timeline = new Timeline('resume');
    const lines = journalOf(events).flatMap((entry) => timeline.tell(entry));
    return lines.map(({ subject, text }) => `${subject}: ${text}`);
  };
  const running = `1230 00:1B:4F:12:30:01 running ${OLD_LOAD}`;
  const factory = 'flash: factory: nothing stored';

  test('is already up, and has power only after it lost it', () => {
    const user = '1001@a.b';
    const again: PhoneEvent[] = [{ type: 'power.off' }, { type: 'power.on' }, flashRead({ user })];
    expect(resumed({ type: 'power.on' }, flashRead({ user }), ...again)).toEqual([
      `already up: ${running}`,
      factory,
      'power off: ',
      `power on: ${running}`,
      factory,
    ]);
  });

  test('is taken for one with its user logged in, whatever flash says', () => {
    expect(resumed({ type: 'power.on' }, flashRead())).toEqual([
      `already up: ${running}`,
      factory,
      'login: flash names no user: the phone is taken for one with a user logged in',
    ]);
  });
});

test('a whole boot on 80 columns', () => {
  expect(shown(demoBoot())).toMatchInlineSnapshot(`
    "
      0.003  power on            1230 00:1B:4F:12:30:01 running SIP12x004.01.13.00
      0.003  flash               factory: nothing stored
      0.010  network             127.0.0.1 (static)
      0.013  check 1             power-up, asking http://127.0.0.1:8080
      0.020  1230SIP.cfg         http://127.0.0.1:8080  1.2 kB in 3ms
      0.022  1230SIP.cfg         4 sections: FW DEVICE_CONFIG LANGUAGE USER_CONFIG
      0.025  [FW]                newer: SIP12x004.04.09.00 offered,
                                 SIP12x004.01.13.00 runs -> download
      1.532  SIP12x004.04.09.00.bin  http://127.0.0.1:8080  4.1 MB in 2s
      1.535  SIP12x004.04.09.00.bin  note: a real phone would also check Avaya's
                                 signature (NOT_AUTHENTICATED)
      1.538  [FW]                writing SIP12x004.04.09.00 over SIP12x004.01.13.00
     76.543  [FW]                written; it runs after the restart
     76.545  [FW]                stored, version SIP12x004.04.09.00
     76.547  check 1             ends in a restart; the rest waits for the next
                                 check
     76.550  restart             new firmware, at once
     76.555  restarted           new firmware
     76.558  software            SIP12x004.04.09.00 runs
     76.560  network             127.0.0.1 (static)
     76.563  check 2             power-up, asking http://127.0.0.1:8080
     76.570  1230SIP.cfg         http://127.0.0.1:8080  1.2 kB in 3ms
     76.573  1230SIP.cfg         4 sections: FW DEVICE_CONFIG LANGUAGE USER_CONFIG
     76.575  [FW]                not newer: SIP12x004.04.09.00 offered,
                                 SIP12x004.04.09.00 runs -> skipped
     76.580  [DEVICE_CONFIG]     not stored: 000001 offered -> download
     76.588  DeviceConfig.cfg    http://127.0.0.1:8080  2.4 kB in 3ms
     76.593  [DEVICE_CONFIG]     stored, version 000001
     76.595  DeviceConfig.cfg:14  warning: DEF_USER1 is no parameter a phone knows
                                 (UNKNOWN_PARAMETER)
     76.597  [LANGUAGE]          not stored: 000001 offered -> download
     76.605  French.lng          http://127.0.0.1:8080  104 kB in 3ms
     76.615  German.lng          http://127.0.0.1:8080  98 kB in 3ms
     76.620  [LANGUAGE]          stored, version 000001
     76.623  [USER_CONFIG]       not stored: 000001 offered -> download
     76.630  SIP001B4F123001.cfg  http://127.0.0.1:8080  640 B in 3ms
     76.635  [USER_CONFIG]       stored, version 000001
     76.638  check 2             done
     76.642  login               2001@example.com is logged in
     76.645  idle                the phone is up
     76.647  next poll           none: AUTO_UPDATE is NO until a file says YES
    "
  `);
});

test('a server at 2 a.m.: what happened, and what to look at', () => {
  const tones = { section: 'TONES', index: 2 } as const;
  const journal = journalOf(
    [
      ...powerUp(),
      ...checkStarted(['FW', 'TONES', 'USER_CONFIG'], { cutOff: true }),
      {
        type: 'problem.told',
        severity: 'error',
        code: 'LINE_TOO_LONG',
        file: '1230SIP.cfg',
        line: 31,
        check: 1,
        message: 'line of 81 bytes; at most 80 are read. Lost: [LANGUAGE], [DIALING_PLAN]',
      },
      decided({ section: 'FW' }, { action: 'download', why: 'forced' }, { offered: 'SIP12x004.04.09.00' }),
      requested({
        request: 2,
        section: 'FW',
        index: 1,
        file: 'SIP12x004.04.09.00.bin',
        server: 'tftp://10.20.30.40:69/firmware',
      }),
      { type: 'file.repeated', request: 2, what: 'request', why: 'no answer in 1 s' },
      { type: 'file.repeated', request: 2, what: 'request', why: 'no answer in 2 s' },
      failed(2, { code: 'TIMEOUT', detail: 'no answer to 6 requests', attempts: 6, ms: 31_000 }),
      finished({ section: 'FW' }, { result: 'kept', error: 'TIMEOUT', version: null }),
      decided(tones, { action: 'download', why: 'newer' }, { offered: '000003', stored: '000002' }),
      ...fetched({ request: 3, ...tones, file: 'ring.wav' }, 5012),
      {
        type: 'file.refused',
        check: 1,
        ...tones,
        file: 'ring.wav',
        code: 'WRONG_FORMAT',
        message: 'begins with "<html>", not with RIFF',
      },
      finished(tones, { result: 'kept', error: 'WRONG_FORMAT', version: '000002' }),
      decided({ section: 'USER_CONFIG', index: 3 }, { action: 'download', why: 'forced' }, { stored: null }),
      requested({
        request: 4,
        section: 'USER_CONFIG',
        index: 3,
        file: 'SIP001B4F123001.cfg',
        server: `${SERVER}/cfg`,
      }),
      failed(4),
      finished({ section: 'USER_CONFIG', index: 3 }, { result: 'kept', error: 'NOT_FOUND', version: null }),
      checkFinished(),
      { type: 'login.shown', why: 'no user is known' },
    ],
    1234.5,
  );
  expect(shown(journal)).toMatchInlineSnapshot(`
    "
      1.234  power on            1230 00:1B:4F:12:30:01 running SIP12x004.01.13.00
      1.234  flash               factory: nothing stored
      4.938  network             127.0.0.1 (static)
      6.173  check 1             power-up, asking http://127.0.0.1:8080
      9.876  1230SIP.cfg         http://127.0.0.1:8080  1.2 kB in 3ms
     11.111  1230SIP.cfg         3 sections: FW TONES USER_CONFIG, then cut off by
                                 an over-long line
     12.345  1230SIP.cfg:31      error: line of 81 bytes; at most 80 are read. Lost:
                                 [LANGUAGE], [DIALING_PLAN] (LINE_TOO_LONG)
                                 look at: A line of more than 80 bytes: the phone
                                          stops reading the file there (S41 p30).
                                          Shorten it; comments count.
     13.579  [FW]                FORCED: SIP12x004.04.09.00 offered,
                                 SIP12x004.01.13.00 runs -> download
     16.049  SIP12x004.04.09.00.bin  asked again: no answer in 1 s
     17.283  SIP12x004.04.09.00.bin  asked again: no answer in 2 s
     18.517  SIP12x004.04.09.00.bin  tftp://10.20.30.40:69/firmware  TIMEOUT: no
                                 answer to 6 requests (after 6 tries, 31s)
                                 look at: The server did not answer, or not in time:
                                          is it running, and does a firewall drop
                                          the packets?
     19.752  [FW]                not completed (TIMEOUT), still without a version
     20.986  [TONES]             newer: 000003 offered, 000002 stored -> download
     24.690  ring.wav            http://127.0.0.1:8080  5.0 kB in 3ms
     25.924  [TONES]             ring.wav refused: begins with "<html>", not with
                                 RIFF (WRONG_FORMAT)
                                 look at: The file is not what its section is for:
                                          look inside it, an HTML error page is a
                                          common find.
     27.159  [TONES]             not completed (WRONG_FORMAT), still version 000002
     28.393  [USER_CONFIG]       FORCED: 000001 offered -> download
     30.863  SIP001B4F123001.cfg  http://127.0.0.1:8080/cfg  NOT_FOUND: HTTP 404
                                 (after 2ms)
                                 look at: The server has no such file (TFTP ERROR 1,
                                          FTP 550, HTTP 404 or 410): compare name,
                                          case and folder with the server.
     32.097  [USER_CONFIG]       not completed (NOT_FOUND), still without a version
     33.331  check 1             done
     34.566  login               login screen: no user is known
    "
  `);
});

test('on a narrow terminal the text moves left and below', () => {
  expect(shown(demoBoot().slice(0, 18), { columns: 40 })).toMatchInlineSnapshot(`
    "
      0.003  power on  1230
               00:1B:4F:12:30:01 running
               SIP12x004.01.13.00
      0.003  flash  factory: nothing stored
      0.010  network  127.0.0.1 (static)
      0.013  check 1  power-up, asking
               http://127.0.0.1:8080
      0.020  1230SIP.cfg
               http://127.0.0.1:8080  1.2 kB
               in 3ms
      0.022  1230SIP.cfg  4 sections: FW
               DEVICE_CONFIG LANGUAGE
               USER_CONFIG
      0.025  [FW]  newer: SIP12x004.04.09.00
               offered, SIP12x004.01.13.00
               runs -> download
      1.532  SIP12x004.04.09.00.bin
               http://127.0.0.1:8080  4.1 MB
               in 2s
      1.535  SIP12x004.04.09.00.bin  note: a
               real phone would also check
               Avaya's signature
               (NOT_AUTHENTICATED)
    "
  `);
});

test('colour paints subject and text, quiet the time, and never the blanks between', () => {
  const [line] = linesOf(journalOf([{ type: 'phone.idle' }]));
  expect(line && layOutLine(line, { ...plain, palette: ansiPalette })).toEqual([
    '\u001b[2m  0.000\u001b[22m  \u001b[32midle\u001b[39m                \u001b[32mthe phone is up\u001b[39m',
  ]);
});

test('unicode letters only where they are allowed', () => {
  const journal = journalOf([decided({ section: 'FW' }, { action: 'download', why: 'forced' })]);
  expect([shown(journal).trim(), shown(journal, { letters: 'unicode' }).trim()]).toEqual([
    '0.000  [FW]                FORCED: 000001 offered -> download',
    '0.000  [FW]                FORCED: 000001 offered → download',
  ]);
});

const asked = requested({ request: 1, file: '1230SIP.cfg' });
const repeat = { type: 'file.repeated', request: 1, what: 'request', why: 'HTTP 503' } as const;
const fw = { section: 'FW', index: 1 } as const;
const tones = { section: 'TONES', index: 1 } as const;

function problem(more: Pick<Fact<'problem.told'>, 'message'> & Partial<Fact<'problem.told'>>): PhoneEvent {
  return { type: 'problem.told', severity: 'note', code: 'NOT_VERIFIED', ...more };
}

const planRefused: PhoneEvent = {
  type: 'provisioning-file.refused',
  check: 1,
  file: '1230SIP.cfg',
  code: 'AUTHENTICATION_FAILED',
  message: '1230SIP.cfg: no',
};

const sentences: [title: string, events: PhoneEvent[], expected: string[]][] = [
  [
    'a phone that is up when the story begins',
    [flashRead()],
    [`phone: 1230 00:1B:4F:12:30:01 running ${OLD_LOAD}`, 'flash: factory: nothing stored'],
  ],
  [
    'what flash holds at a start',
    [
      { type: 'power.on' },
      flashRead({ image: 'writing', versions: { FW: '1', TONES: '2' }, files: { TONES: [{ name: 'a' }] } }),
    ],
    [
      `power on: 1230 00:1B:4F:12:30:01 running ${OLD_LOAD}`,
      'flash: holds 2 versions, 1 file; its image is half written',
    ],
  ],
  [
    'a problem of a file that names it again',
    [problem({ file: 'a.lng', message: 'a.lng: a doubt' })],
    ['a.lng: note: a doubt (NOT_VERIFIED)'],
  ],
  [
    'a problem of a line whose message names its file',
    [problem({ file: 'a.cfg', line: 3, message: 'a.cfg: a doubt' })],
    ['a.cfg:3: note: a doubt (NOT_VERIFIED)'],
  ],
  [
    'a problem of a file that names another',
    [problem({ file: 'a.cfg', message: 'b.cfg: a doubt' })],
    ['a.cfg: note: b.cfg: a doubt (NOT_VERIFIED)'],
  ],
  [
    'a refusal that names its file again',
    [
      {
        type: 'file.refused',
        ...tones,
        check: 1,
        code: 'BAD_CERTIFICATE',
        file: 'a.wav',
        message: 'a.wav: no',
      },
    ],
    ['[TONES]: a.wav refused: no (BAD_CERTIFICATE)'],
  ],
  [
    'a file that is left where it is',
    [
      requested({ request: 1, file: 'a.lng' }),
      { type: 'file.left', request: 1, modifiedAt: '2026-01-09T12:00:00.000Z', ms: 3 },
    ],
    ['a.lng: http://127.0.0.1:8080  no later than the stored one: left (of 2026-01-09T12:00:00.000Z)'],
  ],
  [
    'a file that is left without a date, and that nobody asked for',
    [{ type: 'file.left', request: 1, modifiedAt: null, ms: 3 }],
    ['file: no later than the stored one: left (the server names no date)'],
  ],
  [
    'a provisioning file that is not read',
    [planRefused],
    ['1230SIP.cfg: refused: no (AUTHENTICATION_FAILED)'],
  ],
  [
    'the problem that says so again',
    [
      planRefused,
      {
        type: 'problem.told',
        severity: 'error',
        code: 'AUTHENTICATION_FAILED',
        file: '1230SIP.cfg',
        message: '1230SIP.cfg: no',
      },
    ],
    [],
  ],
  [
    'a start whose flash is not told',
    [{ type: 'phone.restarted', why: 'reset' }, { type: 'phone.idle' }],
    ['restarted: reset', 'idle: the phone is up'],
  ],
  ['power off', [{ type: 'power.off' }], ['power off: ']],
  [
    'boot loader that takes its time',
    [{ type: 'boot-loader.started', startsInMs: 9400 }],
    ['boot loader: starts the software in 9.4s'],
  ],
  ['boot loader without timings', [{ type: 'boot-loader.started' }], []],
  ['software that was told at power on', [flashRead(), { type: 'software.started', software: OLD_LOAD }], []],
  ['other software', [flashRead(), { type: 'software.started', software: 'X' }], ['software: X runs']],
  [
    'recovery',
    [{ type: 'recovery.started', attempt: 2, attemptsMax: 10 }],
    ['recovery: the image in flash is half written: looking for a boot file, try 2 of 10'],
  ],
  [
    'recovery tries again',
    [{ type: 'recovery.failed', attempt: 2, retryInMs: 60_000 }],
    ['recovery: no image could be had: again in 1m'],
  ],
  [
    'recovery gives up',
    [{ type: 'recovery.failed', attempt: 10, retryInMs: null }],
    ['recovery: no image could be had: given up'],
  ],
  [
    'a check refused',
    [{ type: 'update.refused', trigger: 'soft-key', why: 'logged-out' }],
    ['check: Check for Updates refused: nobody is logged in, and Check for Updates needs that'],
  ],
  [
    'the provisioning file has nothing in it',
    [{ type: 'provisioning-file.read', check: 1, file: '1230SIP.cfg', sections: [], cutOff: false }],
    ['1230SIP.cfg: holds no section a phone knows'],
  ],
  [
    'a decision against the running load',
    [flashRead(), decided(fw, { action: 'skip', why: 'not-newer' }, { offered: OLD_LOAD, stored: OLD_LOAD })],
    [`[FW]: not newer: ${OLD_LOAD} offered, ${OLD_LOAD} runs -> skipped`],
  ],
  [
    'a decision against a stored version',
    [decided(tones, { action: 'skip', why: 'not-newer' }, { offered: '000002', stored: '000002' })],
    ['[TONES]: not newer: 000002 offered, 000002 stored -> skipped'],
  ],
  [
    'no version offered',
    [decided(tones, { action: 'download', why: 'not-stored' }, { offered: '' })],
    ['[TONES]: not stored: no version offered -> download'],
  ],
  [
    'Later',
    [decided(tones, { action: 'skip', why: 'later' })],
    ['[TONES]: put off until later: 000001 offered -> skipped'],
  ],
  [
    'a path that climbs out',
    [decided(tones, { action: 'skip', why: 'refused-name' })],
    ["[TONES]: a FILENAME climbs out of the server's tree -> skipped"],
  ],
  [
    'other hardware',
    [decided(fw, { action: 'skip', why: 'wrong-hardware' })],
    ['[FW]: the image is for other hardware -> skipped'],
  ],
  [
    'no file named',
    [decided(tones, { action: 'skip', why: 'no-filename' })],
    ['[TONES]: no FILENAME -> skipped'],
  ],
  ['a repeat', [asked, repeat], ['1230SIP.cfg: asked again: HTTP 503']],
  [
    'the third repeat is the last told',
    [asked, repeat, repeat, repeat],
    ['1230SIP.cfg: asked again: HTTP 503; further repeats are only counted'],
  ],
  ['and the fourth is silent', [asked, repeat, repeat, repeat, repeat], []],
  [
    'a file after repeats',
    [asked, repeat, received(1, 1210, { attempts: 2 })],
    [`1230SIP.cfg: ${SERVER}  1.2 kB in 3ms, 2 tries`],
  ],
  [
    'a file that failed half way',
    [asked, failed(1, { code: 'TRUNCATED', detail: 'closed', bytes: 700 })],
    [`1230SIP.cfg: ${SERVER}  TRUNCATED: closed (after 700 B, 2ms)`],
  ],
  [
    'an address that does not end in the name',
    [requested({ request: 1, file: 'a b.cfg', server: 'http://x/y?' }), received(1, 5)],
    ['a b.cfg: http://x/y?  5 B in 3ms'],
  ],
  [
    'a section identical',
    [finished(fw, { result: 'identical', version: 'X' })],
    ['[FW]: identical to what the phone has, version X'],
  ],
  [
    'a section stored with an empty version',
    [finished(tones, { result: 'stored', version: '' })],
    ['[TONES]: stored, an empty version'],
  ],
  ['a section skipped has said so before', [finished(tones, { result: 'none' })], []],
  [
    'files erased',
    [written({ change: 'files-erased', section: 'LANGUAGE', names: ['a.lng', 'b.lng'] })],
    ['[LANGUAGE]: erased from flash: a.lng, b.lng'],
  ],
  ['other writes are silent', [written({ change: 'version', section: 'FW', version: '1' })], []],
  [
    'flash failed',
    [{ type: 'flash.failed', message: 'no space' }],
    ['flash: could not be written: no space'],
  ],
  [
    'identical image',
    [{ type: 'firmware.identical', software: 'X' }],
    ['[FW]: X runs already: not written, no restart'],
  ],
  [
    'a restart that waits',
    [{ type: 'phone.restarting', why: 'configuration', inMs: 24_000 }],
    ['restart: new configuration, in 24s'],
  ],
  [
    'a login refused',
    [{ type: 'login.refused', user: 'a@b', why: 'unknown domain' }],
    ['login: a@b refused: unknown domain'],
  ],
  ['the banner', [{ type: 'banner.shown', text: 'x' }], ['banner: the login banner waits for OK']],
  ['DND', [{ type: 'dnd.enabled', by: 'update' }], ['DND: on, by the update']],
  [
    'the next poll',
    [{ type: 'poll.scheduled', instant: '2024-03-05T00:44:00Z' }],
    ['next poll: 2024-03-05T00:44:00Z'],
  ],
  [
    'a reason without a sentence is shown as it is',
    [{ type: 'poll.not-scheduled', because: 'moon' }],
    ['next poll: none: moon'],
  ],
  [
    'a problem without file',
    [{ type: 'problem.told', severity: 'note', code: 'X', message: 'm' }],
    ['phone: note: m (X)'],
  ],
  [
    'a problem of a section',
    [{ type: 'problem.told', severity: 'note', code: 'X', section: 'FW', message: 'm' }],
    ['[FW]: note: m (X)'],
  ],
  [
    'a problem that repeats what a refused check has told',
    [
      { type: 'update.refused', trigger: 'soft-key', why: 'logged-out' },
      { type: 'problem.told', severity: 'error', code: 'CHECK_REFUSED', message: 'm' },
    ],
    [],
  ],
  [
    'the same code for another section is news',
    [
      asked,
      failed(1),
      { type: 'problem.told', severity: 'error', code: 'NOT_FOUND', section: 'FW', message: 'm' },
    ],
    ['[FW]: error: m (NOT_FOUND)'],
  ],
  [
    'a problem that repeats what a file has told',
    [asked, failed(1), { type: 'problem.told', severity: 'error', code: 'NOT_FOUND', message: 'm' }],
    [],
  ],
];

describe('what each fact says', () => {
  test.for(sentences)('%s', ([, events, expected]) => {
    expect(said(...events)).toEqual(expected);
  });
});

test('what to look at is said once a code', () => {
  const other = requested({ request: 2, ...tones, file: 'a.wav' });
  const hints = linesOf(journalOf([asked, failed(1), other, failed(2)])).map(
    ({ hint }) => hint !== undefined,
  );
  expect(hints).toEqual([true, false]);
});

test('a server cannot steer the terminal', () => {
  const text = shown(journalOf([asked, failed(1, { detail: 'HTTP 500 "\u001b[2J\r\n"' })]));
  expect(text).toContain('HTTP 500 "?[2J??"');
});

test('any story can be told, within the columns and without losing a word', () => {
  fc.assert(
    fc.property(anyStory, fc.integer({ min: 40, max: 120 }), (story, columns) => {
      for (const line of linesOf(journalOf(story))) {
        const lines = layOutLine(line, { ...plain, columns });
        const bare = (text: string) => text.replaceAll(/[\s?]|look at:/gu, '');
        expect(bare(lines.join(''))).toBe(
          bare(`${(line.at / 1000).toFixed(3)}${line.subject}${line.text}${line.hint ?? ''}`).replaceAll(
            /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
            '',
          ),
        );
        expect(Math.max(...lines.slice(1).map((text) => [...text].length), 0)).toBeLessThanOrEqual(columns);
      }
    }),
  );
});
