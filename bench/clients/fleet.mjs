// node fleet.mjs COUNT IN-FLIGHT URL PORTS [WORKERS]     PORTS: tftp=N,ftp=N,http=N
//
// The phones of phones.mjs as `deskphone fleet` runs them: its engine, in one thread unless more are wanted,
// so many phones at a time, and all figures folded. Every boot must end with every file it asked for. An
// operation is one file received.

import { product } from '../product.mjs';

const [count, limit] = process.argv.slice(2, 4).map(Number);
const [url, portList, workers = '1'] = process.argv.slice(4);

const { SystemClock } = await product('clock/system-clock.js');
const { readFleet } = await product('fleet/read-fleet.js');
const { runFleet } = await product('fleet/run-fleet.js');

// A fleet has a phone at least; without one there is nothing but the start.
if (count > 0) {
  const { jobs, files } = await figures();
  const kinds = Object.values(files).flatMap((of) => Object.values(of));
  const [asked, received] = ['asked', 'received'].map((word) =>
    kinds.reduce((sum, kind) => sum + kind[word], 0),
  );
  const done = Object.values(jobs).reduce((sum, { boot }) => sum + boot.done, 0);
  if (received !== asked || done !== count) {
    throw new Error(`not every phone had its files: ${done} boots, ${received} of ${asked} files`);
  }
  console.log(`ops=${received}`);
}

async function figures() {
  const ports = Object.fromEntries(portList.split(',').map((entry) => entry.split('=')));
  const said = {
    'fleet.count': count,
    'fleet.arrivals': { concurrency: limit },
    timings: 'none',
    'server.ports': Object.fromEntries(
      Object.entries(ports).map(([protocol, port]) => [protocol, Number(port)]),
    ),
    seed: 'bench',
  };
  const reading = readFleet(
    { kind: 'server', url },
    Object.entries(said).map(([path, value]) => ({ flag: path, path: path.split('.'), value })),
  );
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const done = await runFleet({
    plan: reading.plan,
    shard: { index: 0, of: 1 },
    workers: Number(workers),
    trace: [],
    clock: new SystemClock(),
    onProgress() {},
    onFact() {},
  }).done;
  return done.figures;
}
