import { expect, test } from 'vitest';
import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { mergeFigures } from '../../src/report/fleet/tally.ts';
import { partsOf, planOf, runPart } from './fleet-files.ts';

const HEAD = `version: 1
title: t
seed: monday
time: { mode: virtual }
timings: field
server:
  files:
    1230SIP.cfg: |
      [DEVICE_CONFIG]
      DOWNLOAD_MODE FORCED
      VERSION 000001
      FILENAME d.cfg
      PROTOCOL TFTP
    d.cfg: "AUTO_UPDATE YES\\nAUTO_UPDATE_TIME 3600\\nREMOTE_CHECK_FOR_UPDATE YES\\n"
`;

const fleets: [title: string, fleet: string][] = [
  ['all at once, over three protocols', '{ count: 17, protocols: [tftp, ftp, http] }'],
  ['as chance has it', '{ count: 16, firstIndex: 5, arrivals: { poisson: 3/s } }'],
  [
    'mixed kinds, and days of polls',
    '{ count: 12, duration: 2d, mix: [{ share: 50% }, { share: 25%, state: provisioned }, { share: 25%, phone: { software: SIP12x004.00.04.00 } }] }',
  ],
  ['boot after boot', '{ count: 11, iterations: 3, arrivals: { ramp: 30s } }'],
  ['chains of phones', '{ count: 60, arrivals: { concurrency: 24 } }'],
  [
    'a release, a blackout and a rolling restart on the way',
    `{ count: 10, duration: 1d, release: { DEVICE_CONFIG: "000002" }, measureFrom: 10s, events: [
      { at: 1h, publish: { 1230SIP.cfg: "[DEVICE_CONFIG]\\nDOWNLOAD_MODE AUTO\\nVERSION 000002\\nFILENAME d.cfg\\nPROTOCOL HTTP\\n" } },
      { at: 2h, blackout: 30m },
      { at: 2h, restart: { over: 1h, share: 60% } },
      { at: 4h, checkSync: { share: 50% } } ] }`,
  ],
];

async function merged(plan: FleetPlan, shards: number, workers: number): Promise<string> {
  const figures = [];
  for (const shard of partsOf(shards)) {
    for (const worker of partsOf(workers)) figures.push((await runPart(plan, { shard, worker })).figures);
  }
  return JSON.stringify(mergeFigures(figures.toReversed()));
}

test.for(fleets)('shards and workers make no difference: %s', async ([, fleet]) => {
  const plan = planOf(`${HEAD}fleet: ${fleet}\n`);
  const whole = await merged(plan, 1, 1);
  for (const [shards, workers] of [
    [2, 1],
    [3, 2],
    [8, 1],
    [1, 3],
  ] as const) {
    expect(await merged(plan, shards, workers)).toBe(whole);
  }
});
