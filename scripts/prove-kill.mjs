// Kills a boot with SIGKILL at random moments and boots again: does the phone survive what a power cut does
// to its flash? npm run prove:kill [-- --kills 200 --full 20 --aimed 40 --seed TEXT]      Runs the built
// code.
//
//   --kills N   boots that fetch an image of 64 KiB, killed at a moment between start and exit of the process
//   --full N    the same with the image of the demo tree, 4,101,541 bytes
//   --aimed N   64 KiB again, killed within 8 ms after the phone has told a write to flash: for most of a
//               boot's time Node starts, and there are but milliseconds between two writes
//
// Ends with 0 if after every kill flash held one of the states that an unbroken boot passes through, whole,
// and the next boot took the dead process's lock over, ended with 0 and left in flash what the unbroken boot
// left.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { seededRandom } from '../dist/clock/random.js';
import { IMAGE_SIZE_MIN_BYTES } from '../dist/device/verify-firmware.js';
import { DEMO_IMAGE_SIZE_BYTES } from '../dist/scenario/demo-tree.js';
import { killAndBootAgain, phases } from './kill/kill-and-boot-again.mjs';
import { serveDemo } from './kill/serve-demo.mjs';
import { bootUnbroken } from './kill/unbroken-boot.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    full: { type: 'string', default: '20' },
    aimed: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
  },
});

const batches = [
  { imageSizeBytes: IMAGE_SIZE_MIN_BYTES, moments: 'any', kills: Number(values.kills) },
  { imageSizeBytes: IMAGE_SIZE_MIN_BYTES, moments: 'aimed', kills: Number(values.aimed) },
  { imageSizeBytes: DEMO_IMAGE_SIZE_BYTES, moments: 'any', kills: Number(values.full) },
];

console.log(`seed ${values.seed}, Node ${process.version}`);
const failures = [];
for (const batch of batches) failures.push(...(await run(batch)));
const kills = batches.reduce((sum, batch) => sum + batch.kills, 0);
for (const failure of failures) console.log(failure);
console.log(`\n${kills} kills, ${kills - failures.length} survived, ${failures.length} failed`);
process.exitCode = failures.length === 0 && kills > 0 ? 0 : 1;

/** Tells the figures of a batch and gives what failed, a sentence a kill. */
async function run({ imageSizeBytes, moments, kills }) {
  const random = seededRandom(`${values.seed}/${imageSizeBytes}/${moments}`);
  const served = await serveDemo(imageSizeBytes);
  try {
    const unbroken = await bootUnbroken(served);
    const trials = [];
    while (trials.length < kills) trials.push(await killAndBootAgain({ served, unbroken, random, moments }));
    console.log(figures({ imageSizeBytes, moments, kills }, unbroken, trials));
    return trials
      .filter(({ faults }) => faults.length > 0)
      .map(({ moment, faults }) => `FAILED: killed ${sayMoment(moment)}: ${faults.join('; ')}`);
  } finally {
    await served.stop();
  }
}

function sayMoment({ state, afterMs }) {
  return state === 0
    ? `${afterMs} ms after the start`
    : `${afterMs} ms after state ${state} of flash was told`;
}

function figures({ imageSizeBytes, moments, kills }, { lengthMs, told }, trials) {
  const when = moments === 'any' ? `0 to ${lengthMs} ms after the start` : 'right after a write to flash';
  const tooLate = trials.reduce((sum, trial) => sum + trial.tooLate, 0);
  return [
    `\n${kills} kills, ${when}; image of ${imageSizeBytes} bytes; ${told.length} states of flash`,
    ...phases.map((phase) => `${count(trials, (trial) => trial.phase === phase.name)}  ${phase.says}`),
    `${count(trials, (trial) => trial.lockLeft)}  of all with the lock left behind`,
    `${count(trials, (trial) => trial.halfWritten)}  of all in the middle of a write, a file left half-made or not yet named`,
    `${String(tooLate).padStart(4)}  boots more were over before their moment came`,
  ].join('\n');
}

function count(trials, holds) {
  return String(trials.filter(holds).length).padStart(4);
}
