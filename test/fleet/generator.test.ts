import { expect, test } from 'vitest';
import { LatenessFold, type WorkerHealth, whyInvalid } from '../../src/fleet/generator.ts';
import { planOf, runPart } from './fleet-files.ts';

/** A worker that kept up. */
const well: WorkerHealth = {
  starts: { count: 100, meanMs: 1, maxMs: 9, late: 0 },
  loopDelayMs: { p50: 0, p99: 12, max: 60 },
  busyShare: 0.4,
  collections: { count: 3, totalMs: 20, maxMs: 9 },
  socketsMax: 80,
};

const cases: [title: string, workers: readonly WorkerHealth[], why: string | undefined][] = [
  ['a worker that kept up', [well], undefined],
  ['one phone of a hundred began late', [{ ...well, starts: { ...well.starts, late: 1 } }], undefined],
  [
    'more began late, in all workers together',
    [well, { ...well, starts: { ...well.starts, late: 3 } }],
    '3 of 200 phones began more than 250 ms late: the generator could not keep up',
  ],
  ['busy, and in time all the same', [{ ...well, busyShare: 0.99 }], undefined],
  [
    'late turns of a worker that had little to do',
    [{ ...well, loopDelayMs: { p50: 0, p99: 400, max: 900 } }],
    undefined,
  ],
  [
    'one worker was busy, and its turns came late',
    [well, { ...well, busyShare: 0.99, loopDelayMs: { p50: 50, p99: 300.4, max: 900 } }],
    'a worker was busy for 99% of the time, and 1% of its turns came more than 300 ms late: the generator could not keep up',
  ],
  [
    'one worker stood still, and nobody was to begin meanwhile',
    [well, { ...well, loopDelayMs: { p50: 0, p99: 12, max: 4_998.2 } }],
    'a worker stood still for 4998 ms: latencies say so, and not the server',
  ],
  ['a shard without a phone', [{ ...well, starts: new LatenessFold().lateness() }], undefined],
];
test.for(cases)('%s', ([, workers, why]) => {
  expect(whyInvalid({ workers }, { files: {} })).toBe(why);
});

test('what this machine refused makes a run invalid, whoever was late', async () => {
  const plan = planOf(
    'version: 1\ntitle: t\ntime: { mode: virtual }\nserver: { files: { 1230SIP.cfg: "# Nothing." } }\nfleet: { count: 2 }\n',
  );
  const { files } = (await runPart(plan)).figures;
  expect(whyInvalid({ workers: [well] }, { files })).toBeUndefined();
  const file = files.http?.['provisioning-file'];
  if (file === undefined) throw new Error('No phone asked for its provisioning file');
  const limited = { http: { 'provisioning-file': { ...file, causes: { LOCAL_LIMIT: 2, NO_ANSWER: 1 } } } };
  expect(whyInvalid({ workers: [well] }, { files: limited })).toBe(
    '2 files were not asked for, since this machine had no sockets, addresses or buffers left (deskphone doctor says what it has)',
  );
});

test('starts are late beyond a quarter of a second', () => {
  const fold = new LatenessFold();
  for (const lateMs of [0, 250, 251, 499]) fold.add(lateMs);
  expect(fold.lateness()).toEqual({ count: 4, meanMs: 250, maxMs: 499, late: 2 });
});
