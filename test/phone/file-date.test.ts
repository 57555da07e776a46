import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type BenchOptions, benchPhone, LANGUAGE_TEXT } from './bench-phone.ts';

// Under quirk languageByDate=yes the date of a language file decides, where the server tells it.

const RECEIVED = '2026-01-10T12:00:00.000Z';
const EARLIER_MS = Date.parse('2026-01-09T12:00:00Z');
const LATER_MS = Date.parse('2026-01-11T12:00:00Z');

const stored = (...names: string[]): Partial<FlashContents> => ({
  versions: { LANGUAGE: '000001' },
  files: {
    LANGUAGE: names.map((name) => ({
      name,
      content: { sizeBytes: 4, sha256: '0'.repeat(64), receivedAt: RECEIVED },
    })),
  },
});
const plan = (...lines: string[]) => ({
  '1230SIP.cfg': ['[LANGUAGE]', 'PROTOCOL HTTP', 'FILENAME l/a.lng', ...lines, ''].join('\n'),
  'l/a.lng': LANGUAGE_TEXT,
  'l/b.lng': LANGUAGE_TEXT,
});
const same = plan('VERSION 000001');
const newer = plan('VERSION 000002');
const yes = { languageByDate: 'yes' } as const;

type Row = [title: string, options: BenchOptions, section: string, left: number];
const rows: Row[] = [
  [
    'no: a later file of the same version is not even asked for',
    { files: same, flash: stored('a.lng'), modifiedMs: LATER_MS },
    'skip not-newer none 000001',
    0,
  ],
  [
    'no: an earlier file of a higher version is taken',
    { files: newer, flash: stored('a.lng'), modifiedMs: EARLIER_MS },
    'download newer stored 000002',
    0,
  ],
  [
    'yes: a later file of the same version is taken',
    { files: same, flash: stored('a.lng'), modifiedMs: LATER_MS, quirks: yes },
    'download by-date stored 000001',
    0,
  ],
  [
    'yes: an earlier file of a higher version is left, and the version stored',
    { files: newer, flash: stored('a.lng'), modifiedMs: EARLIER_MS, quirks: yes },
    'download by-date identical 000002',
    1,
  ],
  [
    'yes: a file that is not stored is taken, however old',
    { files: same, flash: stored('other.lng'), modifiedMs: EARLIER_MS, quirks: yes },
    'download by-date stored 000001',
    0,
  ],
  [
    'yes: so is one of which flash has only the name',
    { files: same, flash: { ...stored(), files: { LANGUAGE: [{ name: 'a.lng' }] } }, quirks: yes },
    'download by-date stored 000001',
    0,
  ],
  [
    'yes: of two files each has its own date; one that is taken makes the section stored',
    { files: plan('FILENAME l/b.lng', 'VERSION 000001'), flash: stored('a.lng'), quirks: yes },
    'download by-date stored 000001',
    1,
  ],
  [
    'yes: FORCED takes an earlier one',
    { files: plan('VERSION 000001', 'DOWNLOAD_MODE FORCED'), flash: stored('a.lng'), quirks: yes },
    'download forced stored 000001',
    0,
  ],
  [
    'yes: over FTP, which tells no date, VERSION decides',
    {
      files: { '1230SIP.cfg': '[LANGUAGE]\nPROTOCOL FTP\nVERSION 000001\nFILENAME a.lng\n' },
      flash: stored('a.lng'),
      modifiedMs: LATER_MS,
      quirks: yes,
    },
    'skip not-newer none 000001',
    0,
  ],
];

test.for(rows)('%s', async ([, options, section, left]) => {
  const bench = benchPhone(options);
  await bench.follow('power.on');
  const [{ decision, why, result, version } = {}] = bench.outcome().sections;
  expect([decision, why, result, version].join(' ')).toBe(section);
  expect(bench.factsOf('file.left')).toHaveLength(left);
  expect(bench.outcome().ok).toBe(true);
});

const undated: [version: string, files: BenchOptions['files'], result: string, left: number][] = [
  ['the same', same, 'identical', 1],
  ['a higher', newer, 'stored', 0],
];
test.for(undated)('yes: of a server that tells no date and %s VERSION', async ([, files, result, left]) => {
  const bench = benchPhone({
    ...(files && { files }),
    flash: stored('a.lng'),
    quirks: yes,
    door: (loopback) => ({
      fetch: (request, signal) =>
        loopback.fetch(
          {
            ...request,
            onEvent: (event) => request.onEvent?.(event.type === 'opened' ? { type: 'opened' } : event),
          },
          signal,
        ),
      close: () => loopback.close(),
    }),
  });
  await bench.follow('power.on');
  expect(bench.factsOf('section.finished').map((fact) => fact.result)).toEqual([result]);
  expect(bench.factsOf('file.left').map(({ modifiedAt }) => modifiedAt)).toEqual(Array(left).fill(null));
});

test('what is left is told with its date, and is a request that went well', async () => {
  const bench = benchPhone({ files: same, flash: stored('a.lng'), modifiedMs: EARLIER_MS, quirks: yes });
  await bench.follow('power.on');
  expect(bench.factsOf('file.left').map(({ modifiedAt }) => modifiedAt)).toEqual([
    '2026-01-09T12:00:00.000Z',
  ]);
  expect(bench.factsOf('file.failed')).toEqual([]);
  expect(bench.outcome().requests.map(({ file, result, bytes }) => [file, result, bytes])).toEqual([
    ['1230SIP.cfg', 'ok', same['1230SIP.cfg'].length],
    ['l/a.lng', 'ok', 0],
  ]);
});
