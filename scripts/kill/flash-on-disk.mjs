import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a flash directory holds, read without the code under test. `state` is that of flash.json but for the
 * instants at which files were received, undefined where there is none; `faults` is what no crash may leave
 * behind.
 */
export function readFlashDirectory(directory) {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  const bodies = names.includes('files') ? readdirSync(join(directory, 'files')) : [];
  const { state, faults } = names.includes('flash.json')
    ? readState(directory)
    : { state: undefined, faults: [] };
  const named = new Set(
    Object.values(state?.files ?? {}).flatMap((files) => files.map(({ sha256 }) => sha256)),
  );
  return {
    state,
    faults,
    locks: names.filter((name) => name.startsWith('flash.lock')),
    /** Half-written files, and bodies that nothing names. */
    leftovers: [
      ...names.filter((name) => name === 'flash.json.tmp'),
      ...bodies.filter((name) => !named.has(name)),
    ],
  };
}

function readState(directory) {
  try {
    const state = withoutInstants(JSON.parse(readFileSync(join(directory, 'flash.json'), 'utf8')));
    const stored = Object.values(state.files).flat();
    return { state, faults: stored.flatMap((file) => faultsOf(directory, file)) };
  } catch (error) {
    return { state: undefined, faults: [`flash.json: ${error.message}`] };
  }
}

function faultsOf(directory, { name, size, sha256 }) {
  const path = join(directory, 'files', sha256);
  if (!existsSync(path)) return [`${name} is named, but its bytes are missing`];
  const bytes = readFileSync(path);
  const whole = bytes.length === size && createHash('sha256').update(bytes).digest('hex') === sha256;
  return whole ? [] : [`${name} is named, but its bytes are others`];
}

/** What flash.json says, but for the instants at which files were received. */
export function withoutInstants({ files, ...rest }) {
  const stored = Object.entries(files).map(([section, list]) => [
    section,
    list.map(({ receivedAt: _, ...file }) => file),
  ]);
  return { ...rest, files: Object.fromEntries(stored) };
}
