import { expect } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import type { Io } from '../../src/cli/io.ts';
import { runCommandLine } from '../../src/cli/program.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { STACK_TRACE } from './deskphone.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Around {
  /** Told all of stderr whenever it grows. */
  readonly hear?: (stderr: string) => void;
  readonly stop?: AbortSignal;
  /** Whether its terminal shows colours; usually not. */
  readonly color?: boolean;
}

/**
 * What the command line answers: what its process does, but in this one, without the half second that a start
 * of Node takes. What only a process has (signals, streams, its end) is tested with `run` of `deskphone.ts`.
 */
export async function answer(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { hear = () => {}, stop = new AbortController().signal, color = false }: Around = {},
): Promise<Answer> {
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    out: (text) => {
      written.stdout += text;
    },
    err: (text) => {
      written.stderr += text;
      hear(written.stderr);
    },
    draw: () => {
      throw new Error('There is no terminal to draw on');
    },
    drawsProgress: false,
    color,
    letters: 'ascii',
    columns: () => 100,
    progressColumns: () => 100,
    progressRows: () => 24,
    keyboard: undefined,
    env,
    clock: new SystemClock(),
    stop,
    atSecondSignal: () => {},
  };
  const code = await runCommandLine(words, commands, io, { version: '0.0.0' });
  expect(written.stdout + written.stderr).not.toMatch(STACK_TRACE);
  return { code, ...written };
}
