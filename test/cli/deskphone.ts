import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

/** The built command line: `npm test` compiles it first. */
export const program = join(dirname(dirname(import.meta.dirname)), 'dist', 'cli', 'main.js');

/** What may never reach a user. */
export const STACK_TRACE = /\n\s+at .*:\d+:\d+/;

/** More than any of these runs needs; then the process is killed and its test fails. */
const LIMIT_MS = 25_000;

export interface Surroundings {
  /** Beside PATH and a plain locale, which is all that the process gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** A file or device that stands for stdout, such as `/dev/full`. */
  readonly stdoutFile?: string;
  readonly stderr?: 'kept' | 'closed';
  /** As `ulimit -n` says it; its own limit otherwise. */
  readonly descriptorsMax?: number;
  /** Then it is killed; usually 25 s. */
  readonly limitMs?: number;
}

export interface Ended {
  /** Null: killed by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Deskphone {
  readonly pid: number;
  /** Its exit code, while its output may still wait to be read. */
  readonly exited: Promise<number | null>;
  readonly ended: Promise<Ended>;
  /** The match as soon as stdout has it. Rejects when the process ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** The reader of its stdout goes away, as `head` does. */
  closeStdout(): void;
  /** The reader of its stdout stops reading, as a pager does. */
  stopReading(): void;
}

/** Runs a command to its end. */
export function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return start(args, surroundings).ended;
}

/** Starts a command; it does not outlive its test. No stack trace may ever reach its user. */
export function start(args: readonly string[], surroundings: Surroundings = {}): Deskphone {
  const child = spawnProgram(args, surroundings);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  }).then((end) => {
    expect(end.stdout + end.stderr).not.toMatch(STACK_TRACE);
    return end;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(stdout);
        if (match !== null) resolve(match);
      };
      child.stdout?.on('data', look);
      child.once('close', () => reject(new Error(`ended without ${pattern}: ${stdout}${stderr}`)));
      look();
    });
  return {
    pid: child.pid ?? 0,
    exited,
    ended,
    says,
    signal: (name) => child.kill(name),
    closeStdout: () => child.stdout?.destroy(),
    stopReading: () => child.stdout?.pause(),
  };
}

function spawnProgram(args: readonly string[], surroundings: Surroundings): ChildProcess {
  const { env = {}, stdoutFile, stderr = 'kept', descriptorsMax, limitMs = LIMIT_MS } = surroundings;
  const out = stdoutFile === undefined ? undefined : openSync(stdoutFile, 'w');
  const limit = descriptorsMax === undefined ? '' : `ulimit -n ${descriptorsMax} && `;
  const closing = stderr === 'closed' ? ' 2>&-' : '';
  const shell = limit + closing === '' ? [] : ['sh', '-c', `${limit}exec "$@"${closing}`, 'sh'];
  const [command = process.execPath, ...rest] = [...shell, process.execPath, program, ...args];
  try {
    return spawn(command, rest, {
      env: { PATH: process.env['PATH'], LC_ALL: 'C', ...env },
      stdio: ['ignore', out ?? 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
  } finally {
    if (out !== undefined) closeSync(out);
  }
}
