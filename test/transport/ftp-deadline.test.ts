import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import type { ConnectionEnd } from '../../src/events/transfer-code.ts';
import { FtpDeadline } from '../../src/transport/ftp-deadline.ts';

const limits = { connectMs: 10_000, idleMs: 30_000, totalMs: 120_000, sizeBytes: 1 };

type Expired = [atMs: number, detail: string, connection?: ConnectionEnd | undefined];

function deadline() {
  const clock = new VirtualClock(0);
  const expired: Expired[] = [];
  return {
    clock,
    expired,
    deadline: new FtpDeadline(clock, limits, (detail, ...how) => {
      expired.push([clock.now(), detail, ...how]);
    }),
  };
}

type Story = (deadline: FtpDeadline, clock: VirtualClock) => Promise<void> | void;

const cases: [title: string, story: Story, expected: Expired[]][] = [
  [
    'nothing said ends at the total limit',
    () => {},
    [[120_000, 'not complete after 120000 ms', 'out-of-time']],
  ],
  [
    'a connection has its own limit',
    (d) => d.connecting('connection'),
    [[10_000, 'no connection in 10000 ms', 'not-made']],
  ],
  ['silence has its own limit', (d) => d.silent('banner'), [[30_000, 'no banner in 30000 ms', undefined]]],
  [
    'each wait starts anew',
    async (d, clock) => {
      d.connecting('connection');
      await clock.runFor(9_999);
      d.silent('banner');
      await clock.runFor(29_999);
      d.silent('answer to USER');
    },
    [[69_998, 'no answer to USER in 30000 ms', undefined]],
  ],
  [
    'a shorter wait after a longer one counts',
    async (d, clock) => {
      d.silent('answer to EPSV');
      await clock.runFor(1_000);
      d.connecting('data connection');
    },
    [[11_000, 'no data connection in 10000 ms', 'not-made']],
  ],
  [
    'a slow reader is not a silent server',
    async (d, clock) => {
      d.silent('data');
      await clock.runFor(29_999);
      d.ourTurn();
    },
    [[120_000, 'not complete after 120000 ms', 'out-of-time']],
  ],
  [
    'the total limit is not put off',
    async (d, clock) => {
      for (let spent = 0; spent < 100_000; spent += 20_000) {
        d.silent('data');
        await clock.runFor(20_000);
      }
      d.silent('data');
    },
    [[120_000, 'not complete after 120000 ms', 'out-of-time']],
  ],
  ['stopped, it is silent', (d) => d.stop(), []],
];
test.for(cases)('%s', async ([, story, expected]) => {
  const { clock, expired, deadline: patience } = deadline();
  await story(patience, clock);
  await clock.runFor(1_000_000);
  expect(expired).toEqual(expected);
});

test('ten thousand chunks set no timer', async () => {
  const { clock, deadline: patience } = deadline();
  for (let chunk = 0; chunk < 10_000; chunk++) {
    patience.silent('data');
    patience.ourTurn();
  }
  expect(clock.pendingTimers).toBe(1);
});
