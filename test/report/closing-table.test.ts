import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { closingTable, verdictSentence } from '../../src/report/closing-table.ts';
import type { Layout } from '../../src/report/layout.ts';
import { outcomeOf } from '../../src/report/outcome.ts';
import { ansiPalette, plainPalette } from '../../src/report/palette.ts';
import { layOutTable } from '../../src/report/table.ts';
import type { Demands } from '../../src/report/verdict.ts';
import { anyStory } from '../display/any-fact.ts';
import {
  atIdle,
  checkFinished,
  checkStarted,
  decided,
  demoBoot,
  failed,
  finished,
  journalOf,
  powerUp,
  requested,
  SERVER,
} from './journals.ts';

const demands: Demands = { failOn: 'error', allow: [] };
const layout: Layout = { columns: 80, palette: plainPalette, letters: 'ascii' };

const outcomeAfter = (events: readonly PhoneEvent[]) => outcomeOf(journalOf(events), demands);

const noServer: PhoneEvent[] = [
  ...powerUp(),
  { type: 'update.started', check: 1, trigger: 'power-up', server: SERVER },
  requested({ request: 1, file: '1230SIP.cfg' }),
  failed(1, { code: 'UNREACHABLE', detail: 'ECONNREFUSED 127.0.0.1:8080' }),
  checkFinished(1, 'no-provisioning-file'),
  { type: 'login.shown', why: '' },
  { type: 'poll.not-scheduled', because: 'auto-update-off' },
];

test('after a whole boot', () => {
  expect(`\n${closingTable(outcomeOf(demoBoot(), demands), layout).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    check  section          decision  why         result  version
        1  [FW]             download  newer       stored  SIP12x004.04.09.00
        2  [FW]             skip      not newer   none    SIP12x004.04.09.00
        2  [DEVICE_CONFIG]  download  not stored  stored  000001
        2  [LANGUAGE]       download  not stored  stored  000001
        2  [USER_CONFIG]    download  not stored  stored  000001

    result    size  time  tries  asked for
    ok      1.2 kB   3ms         http://127.0.0.1:8080/1230SIP.cfg
    ok      4.1 MB    2s         http://127.0.0.1:8080/SIP12x004.04.09.00.bin
    ok      1.2 kB   3ms         http://127.0.0.1:8080/1230SIP.cfg
    ok      2.4 kB   3ms         http://127.0.0.1:8080/DeviceConfig.cfg
    ok      104 kB   3ms         http://127.0.0.1:8080/French.lng
    ok       98 kB   3ms         http://127.0.0.1:8080/German.lng
    ok       640 B   3ms         http://127.0.0.1:8080/SIP001B4F123001.cfg

    flash          version             files
    software       SIP12x004.04.09.00
    FW             SIP12x004.04.09.00
    DEVICE_CONFIG  000001              DeviceConfig.cfg
    LANGUAGE       000001              French.lng, German.lng
    USER_CONFIG    000001              SIP001B4F123001.cfg

    problems: 1 warning, 1 note
    no poll: AUTO_UPDATE is NO until a file says YES

    ok: idle, 7 files, 1 reboot
    "
  `);
});

test('without a server', () => {
  expect(`\n${closingTable(outcomeAfter(noServer), layout).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    result       size  time  tries  asked for
    UNREACHABLE         2ms         http://127.0.0.1:8080/1230SIP.cfg

    flash     version             files
    software  SIP12x004.01.13.00

    problems: none
    no poll: AUTO_UPDATE is NO until a file says YES

    failed: 1230SIP.cfg could not be had: UNREACHABLE (ECONNREFUSED 127.0.0.1:8080)
      look at: No connection: nothing listens there (on another port than the usual
               one: --ports), the network has no way, or the host name is unknown.
    "
  `);
});

test('with several failures, each is named', () => {
  const tones = { section: 'TONES', index: 1 } as const;
  const user = { section: 'USER_CONFIG', index: 2 } as const;
  const outcome = outcomeAfter([
    ...powerUp(),
    ...checkStarted(['TONES', 'USER_CONFIG']),
    decided(tones, { action: 'download', why: 'newer' }, { stored: '' }),
    requested({
      request: 2,
      ...tones,
      file: 'ring.wav',
      server: 'http://tones.example.com:8080/a/rather/long/folder/name',
    }),
    failed(2, { attempts: 6, bytes: 512, ms: 5120, code: 'BUSY', detail: 'HTTP 503' }),
    finished(tones, { result: 'kept', error: 'BUSY', version: '' }),
    decided(user, { action: 'download', why: 'not-stored' }),
    requested({ request: 3, ...user, file: 'SIP001B4F123001.cfg' }),
    failed(3),
    finished(user, { result: 'kept', error: 'NOT_FOUND', version: null }),
    checkFinished(),
    ...atIdle,
  ]);
  expect(`\n${closingTable(outcome, layout).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    section        decision  why         result            version
    [TONES]        download  newer       kept (BUSY)       empty
    [USER_CONFIG]  download  not stored  kept (NOT_FOUND)  -

    result       size  time  tries  asked for
    ok         1.2 kB   3ms         http://127.0.0.1:8080/1230SIP.cfg
    BUSY        512 B  5.1s      6  http://tones.example.com:8080/a/rather/long/folder/name/ring.wav
    NOT_FOUND           2ms         http://127.0.0.1:8080/SIP001B4F123001.cfg

    flash     version             files
    software  SIP12x004.01.13.00

    problems: none
    no poll: AUTO_UPDATE is NO until a file says YES

    failed: [TONES] ring.wav: BUSY (HTTP 503) (and 1 more)
      look at: The server turns phones away (HTTP 503, FTP 421 or no banner): too
               many at once, or not ready.
      also: [USER_CONFIG] SIP001B4F123001.cfg: NOT_FOUND (HTTP 404)
    "
  `);
});

test('the verdict is painted by what it says', () => {
  const painted = { ...layout, palette: ansiPalette };
  const green = closingTable(outcomeOf(demoBoot(), demands), painted).at(-1);
  const red = closingTable(outcomeAfter(noServer), painted).findLast((line) => line.includes('failed'));
  expect([green?.startsWith('\u001b[32mok: '), red?.startsWith('\u001b[31mfailed: ')]).toEqual([true, true]);
});

const problemIn = (file: string, line: number, message: string): PhoneEvent => {
  return { type: 'problem.told', severity: 'error', code: 'LINE_TOO_LONG', file, line, message };
};
const up = [...powerUp(), ...checkStarted(['TONES']), checkFinished()];
const sentences: [title: string, events: PhoneEvent[], expected: string][] = [
  ['idle', [...up, ...atIdle], 'ok: idle, 1 file, 0 reboots'],
  ['login', [...up, { type: 'login.shown', why: '' }], 'ok: at the login screen, 1 file, 0 reboots'],
  [
    'banner',
    [...up, { type: 'banner.shown', text: '' }],
    'ok: the login banner waits for OK, 1 file, 0 reboots',
  ],
  ['off', [...up, { type: 'power.off' }], 'ok: off, 1 file, 0 reboots'],
  ['busy', up, 'failed: the run ended while the phone was still busy'],
  [
    'busy with a file',
    [...powerUp(), ...checkStarted([]), requested({ request: 2, section: 'TONES', index: 1, file: 'a.wav' })],
    'failed: the run ended while the phone was still fetching http://127.0.0.1:8080/a.wav (and 1 more)',
  ],
  [
    'a file cut off',
    [
      ...powerUp(),
      ...checkStarted(['TONES'], { cutOff: true }),
      problemIn('1230SIP.cfg', 14, 'the line has 81 bytes'),
      checkFinished(),
      ...atIdle,
    ],
    'failed: 1230SIP.cfg:14: cut off by an over-long line',
  ],
  [
    'a configuration file cut off',
    [...up, problemIn('Device.cfg', 2, 'the line has 81 bytes'), ...atIdle],
    'failed: Device.cfg:2: the line has 81 bytes',
  ],
  ['no server', noServer, 'failed: 1230SIP.cfg could not be had: UNREACHABLE (ECONNREFUSED 127.0.0.1:8080)'],
];
test.for(sentences)('the verdict in a sentence: %s', ([, events, expected]) => {
  expect(verdictSentence(outcomeAfter(events))).toBe(expected);
});

test('any story can be closed', () => {
  fc.assert(
    fc.property(anyStory, fc.integer({ min: 0, max: 200 }), (story, columns) => {
      expect(closingTable(outcomeAfter(story), { ...layout, columns }).length).toBeGreaterThan(3);
    }),
  );
});

test('however narrow the terminal is, no title is broken', () => {
  const heads = [
    { title: 'flash', align: 'left' },
    { title: 'files', align: 'left' },
  ] as const;
  const table = layOutTable(heads, [[{ text: 'software' }, { text: '' }]], { ...layout, columns: 8 });
  expect(table).toEqual(['flash     files', 'software']);
});
