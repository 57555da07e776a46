import { expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { runFleet } from '../../src/fleet/run-fleet.ts';
import { type Steering, SteeringLog } from '../../src/fleet/steering.ts';
import { planOf } from './fleet-files.ts';

const FLEET = `version: 1
title: t
time: { mode: virtual }
timings: none
server:
  files:
    1230SIP.cfg: |
      [DEVICE_CONFIG]
      DOWNLOAD_MODE FORCED
      VERSION 000001
      FILENAME d.cfg
      PROTOCOL HTTP
    d.cfg: "AUTO_UPDATE YES\\n"
fleet: { count: 20, arrivals: { ramp: 100s } }
`;
/** A hundred seconds in which twenty phones come. */
const rampPlan = () => planOf(FLEET);

const faster: Steering = { kind: 'pace', factor: 1.25 };
const blackout: Steering = { kind: 'blackout', ms: 10_000 };
const drain: Steering = { kind: 'drain' };
const foreign: FleetPlan['server'] = {
  kind: 'external',
  address: { protocol: 'http', host: '127.0.0.1', path: '/' },
};

type Case = [
  title: string,
  given: Partial<Pick<FleetPlan, 'arrivals' | 'server'>>,
  orders: readonly [Steering, begun: number | undefined, atMs: number][],
  refusal: RegExp,
];

const refusals: Case[] = [
  ['a rate before it has begun', {}, [[faster, undefined, 0]], /not begun yet/],
  [
    'a rate when all come at once',
    { arrivals: { kind: 'at-once' } },
    [[faster, 2, 0]],
    /all phones come at once/,
  ],
  [
    'a rate of a closed fleet',
    { arrivals: { kind: 'closed', atOnce: 2 } },
    [[faster, 2, 0]],
    /as others leave/,
  ],
  ['a rate when everybody has begun', {}, [[faster, 20, 0]], /every phone has begun/],
  [
    'a rate while it drains',
    {},
    [
      [drain, 2, 0],
      [faster, 2, 1],
    ],
    /no phone begins any more/,
  ],
  ["a blackout of somebody's server", { server: foreign }, [[blackout, 2, 0]], /not ours/],
  [
    'a blackout within one',
    {},
    [
      [blackout, 2, 0],
      [blackout, 2, 9_999],
    ],
    /blackout already/,
  ],
  [
    'to drain twice',
    {},
    [
      [drain, 2, 0],
      [drain, 2, 1],
    ],
    /drains already/,
  ],
];

test.for(refusals)('refused: %s', ([, given, orders, refusal]) => {
  const log = new SteeringLog({ ...rampPlan(), ...given });
  const answers = orders.map(([order, begun, atMs]) => log.take(order, { atMs, phones: 20, begun }));
  expect(answers.pop()).toMatch(refusal);
  expect(answers).toEqual(answers.map(() => undefined));
  expect(log.given).toHaveLength(answers.length);
});

/** Runs the fleet and gives orders as soon as it has begun. */
async function steered(plan: FleetPlan, orders: readonly Steering[]) {
  const fleet = runFleet({
    plan,
    shard: { index: 0, of: 1 },
    workers: 1,
    trace: [plan.firstIndex],
    clock: new SystemClock(),
    onProgress: () => {},
    onFact: ({ event }) => {
      if (event.type !== 'power.on') return;
      for (const order of orders) expect(fleet.steer(order)).toBeUndefined();
    },
  });
  return fleet.done;
}

test('phones come as much faster as they are told, and the result has the orders', async () => {
  const { figures, steered: given } = await steered(rampPlan(), [faster, faster]);
  expect(given).toEqual([
    { atMs: 0, order: 'faster: x 1.25' },
    { atMs: 0, order: 'faster: x 1.25' },
  ]);
  // The last of twenty came after 95 s.
  expect(Math.floor(figures.endUs / 1_000_000)).toBe(Math.floor(95 / 1.25 ** 2));
  expect(figures.phones.ends).toEqual({ rest: 20 });
});

test('in a blackout nothing is to be had, and after it everything', async () => {
  const { figures } = await steered(rampPlan(), [blackout]);
  expect(figures.jobs.http?.boot).toMatchObject({ due: 20, failed: 2, done: 18 });
  expect(figures.phones.ends).toEqual({ rest: 20 });
});

test('a fleet that drains lets those under way come to their end', async () => {
  const { figures } = await steered(rampPlan(), [drain]);
  expect(figures.phones.ends).toEqual({ rest: 1, 'not-begun': 19 });
});
