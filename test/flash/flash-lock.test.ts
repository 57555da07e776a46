import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { FlashError } from '../../src/flash/flash.ts';
import { lockDirectory } from '../../src/flash/flash-lock.ts';
import { isAlive, thisProcess } from '../../src/flash/process-identity.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** The lock of a process that died and whose number is ours now. */
const deadOwner = `${process.pid}-0_0-1`;

test('the lock names its holder, is whole as soon as it is there, and is gone when given back', () => {
  const directory = temporaryDirectory();
  const unlock = lockDirectory(directory);
  const { pid, started } = thisProcess();
  expect(readFileSync(join(directory, 'flash.lock'), 'utf8')).toMatch(
    new RegExp(`^${pid}-${started}-\\d+\n$`),
  );
  unlock();
  unlock();
  expect(readdirSync(directory)).toEqual([]);
});

test('a second holder in the same process is refused', () => {
  const directory = temporaryDirectory();
  const unlock = lockDirectory(directory);
  expect(refusalOf(directory)).toBe(
    `${directory} is in use by this process (${process.pid}): one phone, one process at a time`,
  );
  unlock();
  lockDirectory(directory)();
});

test('a living process is named and keeps its lock', async () => {
  const directory = temporaryDirectory();
  const other = locker();
  expect(await other.ask(`lock ${directory}`)).toBe('locked');
  expect(refusalOf(directory)).toBe(
    `${directory} is in use by process ${other.child.pid}: one phone, one process at a time`,
  );
  expect(await other.ask('unlock')).toBe('unlocked');
  lockDirectory(directory)();
});

test('the lock of a process that was killed is taken over', async () => {
  const directory = temporaryDirectory();
  const other = locker();
  expect(await other.ask(`lock ${directory}`)).toBe('locked');
  other.child.kill('SIGKILL');
  await once(other.child, 'exit');
  lockDirectory(directory)();
  expect(readdirSync(directory)).toEqual([]);
});

test('a lock is given back only by the one who holds it', () => {
  const directory = temporaryDirectory();
  const unlock = lockDirectory(directory);
  writeFileSync(join(directory, 'flash.lock'), 'somebody else\n');
  unlock();
  expect(readFileSync(join(directory, 'flash.lock'), 'utf8')).toBe('somebody else\n');
});

const stale: [title: string, files: Record<string, string>][] = [
  ['of a process whose number another one has now', { 'flash.lock': `${deadOwner}\n` }],
  ['of a number no process has', { 'flash.lock': '4194305-0_0-1\n' }],
  ['that a power cut left empty', { 'flash.lock': '' }],
  ['made by hand', { 'flash.lock': '12345\n' }],
  ['with a number beyond all bounds', { 'flash.lock': `${'9'.repeat(30)}-0_0-1\n` }],
  ['whose taker died too', { 'flash.lock': '4194305-0_0-1\n', 'flash.lock.4194305-0_0-1': `${deadOwner}\n` }],
  [
    "whose taker's taker died too",
    {
      'flash.lock': '4194305-0_0-1\n',
      'flash.lock.4194305-0_0-1': `${deadOwner}\n`,
      [`flash.lock.4194305-0_0-1.${deadOwner}`]: '4194306-0_0-1\n',
    },
  ],
  [
    'beside what its taker left',
    {
      'flash.lock': `${deadOwner}\n`,
      'flash.lock.4194305-0_0-1': `${deadOwner}\n`,
      [`flash.lock.${deadOwner}.tmp`]: '',
      [`flash.lock.4194305-0_0-1.${deadOwner}.tmp`]: '',
    },
  ],
];
test.for(stale)('a lock %s is taken over and nothing is left of it', ([, files]) => {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const unlock = lockDirectory(directory);
  expect(readdirSync(directory)).toEqual(['flash.lock']);
  unlock();
  expect(existsSync(join(directory, 'flash.lock'))).toBe(false);
});

test('while a living process takes over a dead one, others are refused', () => {
  const directory = temporaryDirectory();
  const { pid, started } = thisProcess();
  writeFileSync(join(directory, 'flash.lock'), `${deadOwner}\n`);
  writeFileSync(join(directory, `flash.lock.${deadOwner}`), `${pid}-${started}-1000000\n`);
  expect(refusalOf(directory)).toContain(`is in use by this process (${pid})`);
  expect(readFileSync(join(directory, 'flash.lock'), 'utf8')).toBe(`${deadOwner}\n`);
});

test('of four processes that find a dead lock at once, one takes it over, 40 times', async () => {
  const lockers = Array.from({ length: 4 }, () => locker());
  for (let round = 0; round < 40; round++) {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'flash.lock'), `${deadOwner}\n`);
    const answers = await Promise.all(lockers.map((each) => each.ask(`lock ${directory}`)));
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'LOCKED')).toHaveLength(3);
    await Promise.all(lockers.map((each) => each.ask('unlock')));
    expect(readdirSync(directory)).toEqual([]);
  }
});

const identities: [title: string, identity: { pid: number; started: string }, alive: boolean][] = [
  ['this process lives', thisProcess(), true],
  [
    'whatever has our number and was started at another time is dead',
    { pid: process.pid, started: '0_0' },
    false,
  ],
  ['a process of unknown start lives as long as its number', { pid: process.pid, started: '' }, true],
  ['a number beyond all processes is dead', { pid: 4_194_305, started: '' }, false],
];
test.for(identities)('%s', ([, identity, alive]) => {
  expect(isAlive(identity)).toBe(alive);
});

test.runIf(process.platform === 'linux')('a killed process that nobody has buried is dead', async () => {
  // The shell's child ends; the shell has become a program that never asks after it.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec tail -f /dev/null'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(createInterface(parent.stdout), 'line');
  await expect.poll(() => readFileSync(`/proc/${line}/stat`, 'utf8')).toContain(') Z ');
  expect(isAlive({ pid: Number(line), started: '' })).toBe(false);
});

/** A process of its own that locks and unlocks as it is told. */
function locker(): { readonly child: ChildProcess; ask(order: string): Promise<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'locker.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    async ask(order) {
      child.stdin.write(`${order}\n`);
      return (await lines.next()).value ?? 'ended';
    },
  };
}

function refusalOf(directory: string): string {
  try {
    lockDirectory(directory);
  } catch (error) {
    if (error instanceof FlashError && error.code === 'LOCKED') return error.message;
    throw error;
  }
  throw new Error('It was not refused.');
}
