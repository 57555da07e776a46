import assert from 'node:assert/strict';
import { join } from 'node:path';
import { changeFlash } from '../../dist/device/change-flash.js';
import { DEFAULT_MAC, factoryFlash } from '../../dist/device/flash-contents.js';
import { printFlashFile } from '../../dist/flash/flash-file.js';
import { startBoot } from './boot.mjs';
import { readFlashDirectory, withoutInstants } from './flash-on-disk.mjs';

/** The first one reads the code from the disk and is not measured; of the others the median counts. */
const BOOTS = 4;

/** In place of a password, in facts. */
const MASK = '***';

/**
 * What the broken boots are held against: how long a boot lasts, the states of flash it passes through as its
 * facts tell them (`told`, passwords masked), and what is in flash at its end (`final`). In the form of
 * flash.json.
 */
export async function bootUnbroken(served) {
  const boots = [];
  for (let number = 0; number < BOOTS; number++) boots.push(await bootOnce(served, `unbroken-${number}`));
  const [{ told, final }, ...others] = boots;
  for (const other of others) assert.deepEqual([other.told, other.final], [told, final]);
  const lengths = others.map(({ lengthMs }) => lengthMs).sort((a, b) => a - b);
  return { told, final, lengthMs: Math.round(lengths[Math.floor(lengths.length / 2)]) };
}

async function bootOnce(served, name) {
  const directory = join(served.folder, name);
  const { code, facts, trouble, lengthMs } = await startBoot(served, directory).ended;
  assert.equal(code, 0, `the unbroken boot ended with ${code}: ${trouble}`);
  const told = toldStates(facts);
  const { state: final, faults, locks, leftovers } = readFlashDirectory(directory);
  assert.deepEqual({ faults, locks, leftovers }, { faults: [], locks: [], leftovers: [] });
  assert.deepEqual(masked(final, told), told.at(-1));
  return { told, final, lengthMs };
}

/** From the factory on. */
function toldStates(facts) {
  const states = [factoryFlash({ mac: DEFAULT_MAC })];
  for (const { type, changes } of facts) {
    if (type === 'flash.written') states.push(changeFlash(states.at(-1), changes));
  }
  return states.map((state) => withoutInstants(JSON.parse(printFlashFile(state))));
}

/** A state as facts would tell it. */
export function masked(state, told) {
  const settings = Object.entries(state.settings).map(([name, value]) => [
    name,
    told.at(-1).settings[name] === MASK ? MASK : value,
  ]);
  return { ...state, settings: Object.fromEntries(settings) };
}
