// node --expose-gc scripts/fleet-size/told-fleet.mjs FLEET DURATION PHONES...
//
// Runs a fleet file through the engine of `deskphone fleet`, in one thread, once for each number of PHONES,
// and hears every fact. Prints a line of JSON a run: what was asked for, where each phone stands at the end,
// and what it cost. The first run begins with the process, so its CPU is that of all there is.

import { SystemClock } from '../../dist/clock/system-clock.js';
import { whyInvalid } from '../../dist/fleet/generator.js';
import { readFleet } from '../../dist/fleet/read-fleet.js';
import { runFleet } from '../../dist/fleet/run-fleet.js';
import { PhonesFold } from './phones-fold.mjs';
import { watchDescriptors } from './watch-descriptors.mjs';

const [file, duration, ...sizes] = process.argv.slice(2);
let cpu = { user: 0, system: 0 };
for (const size of sizes) {
  process.stdout.write(`${JSON.stringify(await run(Number(size)))}\n`);
  globalThis.gc?.();
  cpu = process.cpuUsage();
}

async function run(phones) {
  const plan = planOf(phones);
  const fold = new PhonesFold();
  // Under virtual time a phone has none, and to look costs CPU that is to be measured.
  const descriptors = plan.time === 'virtual' ? undefined : watchDescriptors();
  const { figures, health } = await runFleet({
    plan,
    shard: { index: 0, of: 1 },
    workers: 1,
    trace: Array.from({ length: phones }, (_, index) => index),
    clock: new SystemClock(),
    onProgress: () => {},
    onFact: (entry) => fold.take(entry),
  }).done;
  const spent = process.cpuUsage(cpu);
  return {
    phones,
    ...fold.told(),
    jobs: figures.jobs,
    causes: causesIn(figures),
    ends: figures.phones.ends,
    starts: health.workers[0].starts,
    invalid: whyInvalid(health, figures) ?? null,
    cpuMs: (spent.user + spent.system) / 1000,
    tookMs: health.tookMs,
    rssMaxBytes: process.resourceUsage().maxRSS * 1024,
    descriptorsMax: descriptors?.stop() ?? 0,
  };
}

function planOf(phones) {
  const reading = readFleet({ kind: 'file', file }, [
    { flag: 'PHONES', path: ['fleet', 'count'], value: phones },
    { flag: 'DURATION', path: ['fleet', 'duration'], value: duration },
  ]);
  if ('problems' in reading) throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return reading.plan;
}

/** Why files failed, and how many. */
function causesIn({ files }) {
  const all = Object.values(files).flatMap((kinds) => Object.values(kinds));
  const causes = {};
  for (const one of all) {
    for (const [cause, count] of Object.entries(one.causes)) causes[cause] = (causes[cause] ?? 0) + count;
  }
  return causes;
}
