import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { foldProgress, type Progress, progressLine } from '../../src/report/progress.ts';
import { failed, journalOf, received, requested } from './journals.ts';

const STEP_MS = 500;

function after(...events: PhoneEvent[]): Progress | undefined {
  return journalOf(events, STEP_MS).reduce<Progress | undefined>(foldProgress, undefined);
}

const asked = requested({ request: 2, section: 'FW', index: 1, file: 'SIP12x004.04.09.00.bin' });
const opened: PhoneEvent = { type: 'file.opened', request: 2, sizeBytes: 4_101_541 };
const unsized: PhoneEvent = { type: 'file.opened', request: 2, sizeBytes: null };
const moved = (bytes: number, sizeBytes: number | null = 4_101_541): PhoneEvent => ({
  type: 'file.progressed',
  request: 2,
  bytes,
  sizeBytes,
});

const lines: [title: string, events: PhoneEvent[], columns: number, expected: string][] = [
  [
    'nobody has answered yet',
    [asked],
    80,
    'SIP12x004.04.09.00.bin: no answer for 2.5s from http://127.0.0.1:8080',
  ],
  ['the server begins', [asked, opened], 80, '[........................]   0 %  0.0 of 4.1 MB'],
  [
    'on its way',
    [asked, opened, moved(2_400_000)],
    80,
    '[##############..........]  58 %  2.4 of 4.1 MB  4.8 MB/s  354ms left',
  ],
  [
    'as good as there',
    [asked, opened, moved(4_101_541)],
    80,
    '[########################] 100 %  4.1 of 4.1 MB  8.2 MB/s  0ms left',
  ],
  [
    'more than was said',
    [asked, opened, moved(5_000_000)],
    80,
    '[########################] 100 %  5.0 of 4.1 MB  10 MB/s  0ms left',
  ],
  [
    'a size only the first bytes told',
    [asked, moved(2_400_000)],
    80,
    '[##############..........]  58 %  2.4 of 4.1 MB  4.8 MB/s  354ms left',
  ],
  ['no size known', [asked, unsized, moved(2_400_000, null)], 80, '2.4 MB  4.8 MB/s'],
  ['an empty file', [asked, { type: 'file.opened', request: 2, sizeBytes: 0 }], 80, '0 B'],
  [
    'less room, a shorter bar',
    [asked, opened, moved(2_400_000)],
    56,
    '[######.....]  58 %  2.4 of 4.1 MB  4.8 MB/s  354ms left',
  ],
  ['no room for a bar', [asked, opened, moved(2_400_000)], 46, '58 %  2.4 of 4.1 MB  4.8 MB/s  354ms left'],
  ['hardly any room', [asked, opened, moved(2_400_000)], 10, '58 %  2.4 '],
];

test.for(lines)('%s', ([, events, columns, expected]) => {
  const progress = after(...events);
  expect(progress && progressLine(progress, { columns, now: 2500 })).toBe(expected);
});

const ends: [title: string, event: PhoneEvent][] = [
  ['the file is there', received(2, 4_101_541)],
  ['the file failed', failed(2)],
  ['power is off', { type: 'power.off' }],
  ['the phone restarts', { type: 'phone.restarted', why: 'reset' }],
];
test.for(ends)('no more progress when %s', ([, event]) => {
  expect(after(asked, opened, event)).toBeUndefined();
});

test('facts of another request change nothing', () => {
  expect(after(asked, opened, { type: 'file.progressed', request: 1, bytes: 9, sizeBytes: 9 })).toEqual(
    after(asked, opened),
  );
});
