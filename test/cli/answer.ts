import { commands } from '../../src/cli/commands.ts';
import type { Io } from '../../src/cli/io.ts';
import { runCommandLine } from '../../src/cli/program.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the command line answers, without a process of its own: for runs that start nothing. */
export async function answer(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    out: (text) => {
      written.stdout += text;
    },
    err: (text) => {
      written.stderr += text;
    },
    drawsProgress: false,
    color: false,
    letters: 'ascii',
    columns: () => 100,
    env,
    clock: new SystemClock(),
    stop: new AbortController().signal,
  };
  const code = await runCommandLine(words, commands, io, { version: '0.0.0' });
  return { code, ...written };
}
