import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../../src/events/phone-event.ts';
import type { NotifyReason } from '../../../src/events/wire-facts.schema.ts';
import { regressionsIn } from '../../../src/report/fleet/baseline.ts';
import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import { metrics } from '../../../src/report/fleet/metric.ts';
import { lookAtFirst } from '../../../src/report/fleet/result-words.ts';
import { resultTables } from '../../../src/report/fleet/tables.ts';
import { FleetTally, mergeFigures, type TallyPlan } from '../../../src/report/fleet/tally.ts';
import { aFleetResult } from './a-fleet-result.ts';

// Lives that no fleet of the tests happens to live, fact by fact.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Told = readonly [atMs: number, event: PhoneEvent];

/** Phones whose boot was due at 0, and what they told, in order. */
function figuresOf(lives: readonly (readonly Told[])[], plan: TallyPlan = { measureFromMs: 0 }) {
  const tally = new FleetTally(plan);
  for (const [phone, told] of lives.entries()) {
    tally.scheduled(phone, 0, 'http');
    for (const [atMs, event] of told) tally.take(phone, atMs, event);
  }
  return tally.figures();
}

function read(figures: FleetFigures, ...names: string[]): Record<string, number | undefined> {
  return Object.fromEntries(names.map((name) => [name, metrics.get(name)?.read(figures)]));
}

const boot: readonly Told[] = [
  [0, { type: 'power.on' }],
  [1_000, { type: 'phone.idle' }],
];
const due: PhoneEvent = { type: 'poll.due', date: '2026-03-02', follows: 'question' };
const server = 'http://127.0.0.1/';
const started = (trigger: 'poll' | 'power-up' | 'check-sync'): PhoneEvent => ({
  type: 'update.started',
  ...{ check: 2, trigger, server },
});
const finished = (trigger: 'poll' | 'power-up' | 'check-sync'): PhoneEvent => ({
  type: 'update.finished',
  ...{ check: 2, trigger, result: 'done' },
});

test('a poll that a restart took the question of is unfinished, and the check at power-up is none', () => {
  const figures = figuresOf([
    [
      ...boot,
      [DAY, due],
      [DAY + 10_000, { type: 'phone.restarted', why: 'reset' }],
      [DAY + 12_000, started('power-up')],
      [DAY + 15_000, finished('power-up')],
      [DAY + 16_000, { type: 'phone.idle' }],
      [2 * DAY, due],
      [2 * DAY + 60_000, started('poll')],
      [2 * DAY + 61_000, finished('poll')],
    ],
  ]);
  expect(
    read(figures, 'poll.due', 'poll.done', 'poll.unfinished', 'poll.latency.max', 'poll.service.max'),
  ).toEqual({
    'poll.due': 2,
    'poll.done': 1,
    'poll.unfinished': 1,
    'poll.latency.max': 61_000_000,
    'poll.service.max': 1_000_000,
  });
});

test('a restart that is no part of a boot is a boot: it has its time, and what failed in it', () => {
  const figures = figuresOf([
    [
      ...boot,
      [HOUR, { type: 'phone.restarted', why: 'reset' }],
      [HOUR + 1_000, started('power-up')],
      [
        HOUR + 2_000,
        { type: 'update.finished', check: 2, trigger: 'power-up', result: 'no-provisioning-file' },
      ],
      [HOUR + 4_000, { type: 'phone.idle' }],
    ],
    [
      [0, { type: 'power.on' }],
      [1_000, { type: 'phone.restarted', why: 'firmware' }],
      [2_000, { type: 'phone.idle' }],
    ],
  ]);
  expect(read(figures, 'boot.due', 'boot.done', 'boot.failed', 'boot.latency.max')).toEqual({
    'boot.due': 3,
    'boot.done': 2,
    'boot.failed': 1,
    'boot.latency.max': 2_000_000,
  });
  expect(figures.slowest.map(({ phone, latencyUs, failed }) => [phone, latencyUs, failed])).toEqual([
    [0, 4_000_000, true],
    [1, 2_000_000, undefined],
    [0, 1_000_000, undefined],
  ]);
  expect(lookAtFirst(aFleetResult(figures))).toEqual([
    'the slowest boot was that of phone 0 over http, which failed after 4s',
  ]);
});

test('boots that failed are no fast boots, in the parts of a fleet and in the whole', () => {
  const fails = (phone: number): readonly Told[] => [
    [0, { type: 'power.on' }],
    [1_000, started('power-up')],
    [
      1_000 + phone,
      { type: 'update.finished', check: 2, trigger: 'power-up', result: 'no-provisioning-file' },
    ],
    [2_000 + phone, { type: 'phone.idle' }],
  ];
  const figures = figuresOf([fails(0), fails(1)]);
  const known = ['boot.failed', 'boot.latency.p95', 'boot.service.p95', 'boot.lateness.max'] as const;
  const nothingDone = {
    'boot.failed': 2,
    'boot.latency.p95': undefined,
    'boot.service.p95': undefined,
    'boot.lateness.max': 0,
  };
  expect(read(figures, ...known)).toEqual(nothingDone);
  expect(read(mergeFigures([figures]), ...known)).toEqual(nothingDone);
  expect(mergeFigures([figures])).toEqual(figures);
  const text = resultTables(aFleetResult(figures)).flatMap(({ rows }) => rows.map(({ cells }) => cells));
  expect(text).toContainEqual(['1', 'http', 'failed after 2s']);
});

test('a check under way that lost power is unfinished', () => {
  const figures = figuresOf([
    [
      ...boot,
      [DAY, due],
      [DAY + 1_000, started('poll')],
      [DAY + 2_000, { type: 'power.off' }],
      [DAY + 9_000, { type: 'power.on' }],
      [DAY + 10_000, started('power-up')],
      [DAY + 15_000, finished('power-up')],
    ],
  ]);
  expect(read(figures, 'poll.due', 'poll.done', 'poll.unfinished')).toEqual({
    'poll.due': 1,
    'poll.done': 0,
    'poll.unfinished': 1,
  });
});

test('a poll that the user declined does not stand for the next', () => {
  const figures = figuresOf([
    [
      ...boot,
      [DAY, due],
      [2 * DAY, due],
      [2 * DAY + 60_000, started('poll')],
      [2 * DAY + 61_000, finished('poll')],
    ],
  ]);
  expect(read(figures, 'poll.due', 'poll.done', 'poll.latency.max')).toEqual({
    'poll.due': 2,
    'poll.done': 1,
    'poll.latency.max': 61_000_000,
  });
});

test('a poll that comes during a check is no job of its own', () => {
  const joined: PhoneEvent = { type: 'poll.due', date: '2026-03-02', follows: 'joined' };
  const figures = figuresOf([
    [...boot, [DAY, started('check-sync')], [DAY + 1_000, joined], [DAY + 2_000, finished('check-sync')]],
  ]);
  expect(read(figures, 'poll.due', 'check-sync.due', 'check-sync.done')).toEqual({
    'poll.due': undefined,
    'check-sync.due': 1,
    'check-sync.done': 1,
  });
});

const release = { section: 'FW', version: 'SIP12x004.04.09.00', publishedMs: 0 } as const;
const runs = (software: string): PhoneEvent => ({ type: 'software.started', software });
const [older, newer] = [runs('SIP12x004.00.04.00'), runs(release.version)];

test('a phone that lost a release and has it again counts once, from then on', () => {
  const figures = figuresOf(
    [
      [
        [1_000, newer],
        [2_000, older],
        [3_000, newer],
      ],
      [],
    ],
    {
      measureFromMs: 0,
      release,
    },
  );
  expect(read(figures, 'release.share', 'release.to50', 'release.to100')).toEqual({
    'release.share': 0.5,
    'release.to50': 3_000_000,
    'release.to100': undefined,
  });
});

test('a release that was taken back has reached nobody, and is a regression', () => {
  const plan = { measureFromMs: 0, release };
  const before = figuresOf([[[1_000, newer]], [[1_000, newer]]], plan);
  const after = figuresOf(
    [
      [
        [1_000, newer],
        [2_000, older],
      ],
      [],
    ],
    plan,
  );
  expect(read(before, 'release.leftBehind', 'release.to100')).toEqual({
    'release.leftBehind': 0,
    'release.to100': 1_000_000,
  });
  expect(read(after, 'release.leftBehind', 'release.to50')).toEqual({
    'release.leftBehind': 2,
    'release.to50': undefined,
  });
  const { found } = regressionsIn(after, { result: aFleetResult(before), share: 0.1 });
  const metric = 'release.leftBehind of phones.scheduled';
  expect(found).toEqual([{ metric, unit: 'share', before: 0, after: 1 }]);
});

const requested: PhoneEvent = {
  type: 'file.requested',
  ...{ request: 1, check: 1, section: 'TONES', index: 1, file: 't', url: `${server}t`, protocol: 'http' },
};

test('what failed and what was refused before the measuring is left out', () => {
  const trouble: readonly Told[] = [
    [0, { type: 'power.on' }],
    [100, requested],
    [
      200,
      {
        type: 'file.failed',
        ...{ request: 1, code: 'NOT_FOUND', detail: 'HTTP 404', bytes: 0, ms: 100, attempts: 1 },
      },
    ],
    [
      300,
      {
        type: 'file.refused',
        ...{ check: 1, index: 1, section: 'TONES', file: 't', code: 'WRONG_FORMAT', message: 'no tones' },
      },
    ],
    [400, { type: 'phone.restarted', why: 'reset' }],
  ];
  const told = (measureFromMs: number) => {
    const figures = figuresOf([trouble], { measureFromMs });
    const { failures, phones } = figures;
    return { ...read(figures, 'files.refused'), failures: failures.length, restarts: phones.restarts };
  };
  expect(told(0)).toEqual({ 'files.refused': 1, failures: 1, restarts: 1 });
  expect(told(10_000)).toEqual({ 'files.refused': 0, failures: 0, restarts: 0 });
});

test('NOTIFYs that led to no check are counted by reason, from the measuring on', () => {
  const heard = (atMs: number, why: NotifyReason): Told => {
    const outcome = why === 'asked' ? 'check' : 'ignored';
    return [atMs, { type: 'notify.received', from: 'a', event: 'check-sync', status: 200, outcome, why }];
  };
  const facts: readonly Told[] = [
    ...boot,
    heard(2_000, 'logged-out'),
    heard(3_000, 'check-running'),
    heard(4_000, 'logged-out'),
    heard(5_000, 'asked'),
  ];
  const figures = figuresOf([facts]);
  expect(figures.notifiesIgnored).toEqual({ 'logged-out': 2, 'check-running': 1 });
  expect(mergeFigures([figures, figures]).notifiesIgnored).toEqual({ 'logged-out': 4, 'check-running': 2 });
  expect(figuresOf([facts], { measureFromMs: 4_000 }).notifiesIgnored).toEqual({ 'logged-out': 1 });
  const result = aFleetResult(figures);
  expect(lookAtFirst(result)).toContain(
    '2 of the NOTIFYs led to no check: answered 481, nobody is logged in',
  );
  const rows = resultTables(result).find(({ title }) => title === 'NOTIFYs that led to no check')?.rows;
  expect(rows?.map(({ cells }) => cells)).toEqual([
    ['answered 481, nobody is logged in', '2'],
    ['answered 200 and ignored, a check is running', '1'],
  ]);
});

test('a file that was on its way when the run ended for its phone is on its way no more', () => {
  const tally = new FleetTally({ measureFromMs: 0 });
  tally.scheduled(0, 0, 'http');
  tally.take(0, 100, requested);
  tally.left(0, 900, 'on-its-way');
  const { net = [] } = tally.figures().overTime.sessions.http ?? {};
  expect(net.reduce((sum, change) => sum + change, 0)).toBe(0);
});
