import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startBoot } from './boot.mjs';
import { readFlashDirectory } from './flash-on-disk.mjs';
import { masked } from './unbroken-boot.mjs';

/** Where a kill hit, in the order of a boot, by what it left on the disk. */
export const phases = [
  { name: 'starting', says: 'before the process had its flash: Node starts, modules are read' },
  { name: 'unwritten', says: 'flash locked, nothing written: provisioning file and image are fetched' },
  { name: 'image-write', says: 'while the image was written' },
  { name: 'sections', says: 'new software, sections on their way' },
  { name: 'complete', says: 'everything in flash: login, closing table, end of the process' },
];

/**
 * How long after a write was told an aimed kill comes at the latest: with `--timings none` the next is a few
 * ms off.
 */
const AIM_SPREAD_MS = 8;

/**
 * One trial on a new flash directory: a boot is killed, what it left is examined, and the phone boots again.
 * A boot that ended before its moment came is none; another moment is drawn.
 */
export async function killAndBootAgain({ served, unbroken, random, moments }) {
  const directory = join(served.folder, 'phone');
  for (let tooLate = 0; ; tooLate++) {
    await rm(directory, { recursive: true, force: true });
    const moment = draws[moments](random, unbroken);
    const { signal, code, trouble } = await killedBoot(served, directory, moment);
    if (signal === 'SIGKILL') {
      const left = readFlashDirectory(directory);
      return {
        moment,
        tooLate,
        phase: phaseOf(left, unbroken),
        halfWritten: left.leftovers.length > 0,
        lockLeft: left.locks.includes('flash.lock'),
        faults: [...faultsLeft(left, unbroken), ...(await bootAgain(served, directory, unbroken))],
      };
    }
    if (code !== 0) throw new Error(`a boot that was not killed ended with ${code}: ${trouble}`);
  }
}

/**
 * A moment is so many ms after flash has been told to be in its n-th state; the 0th is the start of the
 * process.
 */
const draws = {
  any: (random, { lengthMs }) => ({ state: 0, afterMs: Math.round(random.between(0, lengthMs)) }),
  aimed: (random, { told }) => ({
    state: 1 + Math.floor(random.between(0, told.length)),
    afterMs: Math.round(random.between(0, AIM_SPREAD_MS)),
  }),
};

function killedBoot(served, directory, { state, afterMs }) {
  let timer;
  let statesTold = 0;
  const boot = startBoot(served, directory, (fact) => {
    const told = fact.type === 'flash.written' || (fact.type === 'flash.read' && statesTold === 0);
    if (told && ++statesTold === state) killSoon();
  });
  const killSoon = () => {
    timer = setTimeout(() => boot.child.kill('SIGKILL'), afterMs);
  };
  if (state === 0) killSoon();
  return boot.ended.finally(() => clearTimeout(timer));
}

function faultsLeft({ state, faults }, { told }) {
  if (state === undefined || told.some((passed) => isDeepStrictEqual(passed, masked(state, told))))
    return faults;
  return [...faults, `flash is in a state that no boot passes through: ${JSON.stringify(state)}`];
}

async function bootAgain(served, directory, { final }) {
  const { code, trouble } = await startBoot(served, directory).ended;
  const { state, faults, locks, leftovers } = readFlashDirectory(directory);
  return [
    ...(code === 0 ? [] : [`the next boot ended with ${code}: ${trouble}`]),
    ...(isDeepStrictEqual(state, final) ? [] : [`the next boot left ${JSON.stringify(state)}`]),
    ...faults,
    ...[...locks, ...leftovers].map((name) => `the next boot left ${name} behind`),
  ];
}

function phaseOf({ state, locks }, { final }) {
  if (state === undefined) return locks.length === 0 ? 'starting' : 'unwritten';
  if (state.image === 'writing') return 'image-write';
  return isDeepStrictEqual(state, final) ? 'complete' : 'sections';
}
