import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { openDirectoryFlash } from '../../src/flash/directory-flash.ts';
import { type Flash, FlashError } from '../../src/flash/flash.ts';
import { aBody, aFile, aFlash } from './a-flash.ts';
import { temporaryDirectory } from './temporary-directory.ts';

// Every call of the disk is a moment at which the power may be cut, or the disk may fail.

const disk = vi.hoisted(() => ({ beforeCall: (_call: string): void => {} }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const watched = [
    'openSync',
    'writeFileSync',
    'fsyncSync',
    'renameSync',
    'rmSync',
    'mkdirSync',
    'linkSync',
  ] as const;
  const calls = watched.map((name) => {
    const call: (...values: never[]) => unknown = fs[name];
    return [
      name,
      (...values: never[]) => {
        disk.beforeCall(name);
        return call(...values);
      },
    ];
  });
  return { ...fs, ...Object.fromEntries(calls) };
});

const [french, german, wav] = [aBody('French'), aBody('German'), aBody('RIFF')];
const oldState = aFlash({ versions: { LANGUAGE: '000001' }, files: { LANGUAGE: [aFile('a.lng', french)] } });
const newState = aFlash({
  versions: { LANGUAGE: '000002', TONES: '000001' },
  files: { LANGUAGE: [aFile('a.lng', german)], TONES: [aFile('a.wav', wav)] },
});

/** Runs `write`, calling `before` ahead of each call of the disk. */
function watch(before: (call: string, number: number) => void, write: () => void): readonly string[] {
  const calls: string[] = [];
  disk.beforeCall = (call) => {
    calls.push(call);
    before(call, calls.length);
  };
  try {
    write();
  } finally {
    disk.beforeCall = () => {};
  }
  return calls;
}

function inOldState(directory: string): Flash {
  const flash = openDirectoryFlash(directory);
  flash.write(oldState, [french]);
  return flash;
}

test('bodies are flushed and in place before the flash.json that names them, and old ones go last', () => {
  const flash = inOldState(temporaryDirectory());
  const calls = watch(
    () => {},
    () => flash.write(newState, [german, wav]),
  );
  const replaced = ['openSync', 'writeFileSync', 'fsyncSync', 'renameSync'];
  const flushedFolder = ['openSync', 'fsyncSync'];
  expect(calls).toEqual([
    'mkdirSync',
    ...replaced,
    ...replaced,
    ...flushedFolder,
    ...replaced,
    ...flushedFolder,
    'rmSync',
  ]);
});

test('whenever the power is cut, the next start finds the old or the new state, whole', () => {
  const directory = temporaryDirectory();
  const flash = inOldState(directory);
  const crashes: string[] = [];
  const crash = () => {
    const copy = temporaryDirectory();
    cpSync(directory, copy, { recursive: true });
    crashes.push(copy);
  };
  const calls = watch(
    () => quietly(crash),
    () => flash.write(newState, [german, wav]),
  );
  crash();
  flash.close();
  const found = crashes.map((copy) => stateAfterCrash(copy));
  const renamed = calls.lastIndexOf('renameSync') + 1;
  expect(found).toEqual([...Array(renamed).fill('old'), ...Array(calls.length + 1 - renamed).fill('new')]);
});

test('a first write that is cut off leaves the factory or the new state', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  const crashes: string[] = [];
  watch(
    () =>
      quietly(() => {
        const copy = temporaryDirectory();
        cpSync(directory, copy, { recursive: true });
        crashes.push(copy);
      }),
    () => flash.write(newState, [german, wav]),
  );
  flash.close();
  expect(new Set(crashes.map((copy) => stateAfterCrash(copy)))).toEqual(new Set(['factory', 'new']));
});

test('whichever call of the disk fails, the state is the old one, or the new one if that was in place', () => {
  const undisturbed = inOldState(temporaryDirectory());
  const calls = watch(
    () => {},
    () => undisturbed.write(newState, [german, wav]),
  );
  for (const [index, call] of calls.entries()) {
    const directory = temporaryDirectory();
    const flash = inOldState(directory);
    const failure = failing(() =>
      watch(
        (_, number) => {
          if (number === index + 1)
            throw Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC' });
        },
        () => flash.write(newState, [german, wav]),
      ),
    );
    const inPlace = index > calls.lastIndexOf('renameSync');
    expect(failure?.code, `${call}, call ${index + 1}`).toBe(inPlace ? undefined : 'UNWRITABLE');
    if (failure !== undefined)
      expect(failure.message).toMatch(/ cannot be written: ENOSPC: no space left on device$/);
    const state = inPlace ? newState : oldState;
    expect(flash.read()).toEqual(state);
    flash.close();
    const again = openDirectoryFlash(directory);
    expect([again.read(), readdirSync(join(directory, 'files')).length]).toEqual([state, inPlace ? 2 : 1]);
    again.write(newState, [german, wav]);
    again.close();
  }
});

test('a lock that cannot be made is told, and leaves nothing behind', () => {
  for (const failingCall of ['writeFileSync', 'linkSync']) {
    const directory = temporaryDirectory();
    const failure = failing(() =>
      watch(
        (call) => {
          if (call === failingCall)
            throw Object.assign(new Error('EROFS: read-only file system, open'), { code: 'EROFS' });
        },
        () => openDirectoryFlash(directory),
      ),
    );
    expect([failure?.code, failure?.message]).toEqual([
      'UNWRITABLE',
      `${join(directory, 'flash.lock')} cannot be written: EROFS: read-only file system`,
    ]);
    expect(readdirSync(directory)).toEqual([]);
  }
});

function stateAfterCrash(directory: string): string {
  // A copy is as a killed process left it, but its lock is ours, and we live.
  // Node 22's own cpSync refuses a device.
  quietly(() => execFileSync('cp', ['/dev/null', join(directory, 'flash.lock')]));
  const flash = openDirectoryFlash(directory);
  const names: [string, FlashContents][] = [
    ['old', oldState],
    ['new', newState],
    ['factory', aFlash()],
  ];
  const found = JSON.stringify(flash.read());
  flash.close();
  return names.find(([, state]) => JSON.stringify(state) === found)?.[0] ?? found;
}

/** Runs something of the test's own on the disk, unwatched. */
function quietly(run: () => void): void {
  const { beforeCall } = disk;
  disk.beforeCall = () => {};
  run();
  disk.beforeCall = beforeCall;
}

function failing(run: () => void): FlashError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof FlashError) return error;
    throw error;
  }
}
