import { isatty } from 'node:tty';
import { SystemClock } from '../clock/system-clock.ts';
import { type Keyboard, terminalKeyboard } from './keyboard.ts';

/** Why a command was told to stop before its end. */
export type StopReason = 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'stdout-closed' | 'stdout-failed';

/** The command line's side of the world: two streams, a terminal or none, and the wish to stop. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Draws on the terminal of progress, as it is: clean text, and what moves its cursor. */
  draw(text: string): void;
  /** For progress: stderr is a terminal that can be drawn over. */
  readonly drawsProgress: boolean;
  readonly color: boolean;
  readonly letters: 'ascii' | 'unicode';
  columns(): number;
  /** Of the terminal that progress is drawn on. */
  progressColumns(): number;
  progressRows(): number;
  /** Keys pressed while a command runs; undefined: stdin is no terminal. */
  readonly keyboard: Keyboard | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: SystemClock;
  /** Aborted with a `StopReason`. */
  readonly stop: AbortSignal;
  /** What a second signal does, once. Undefined, as at first: the process leaves at once. */
  atSecondSignal(heed: (() => void) | undefined): void;
}

const STDIN = 0;
const COLUMNS_WITHOUT_TERMINAL = 100;
const ROWS_WITHOUT_TERMINAL = 24;

/**
 * The streams of this process. `stop` ends what runs. A stdout closed by its reader stops quietly; one that
 * fails, such as a full disk, stops with a word about it; nothing more is written to either.
 */
export function hostIo(stopping: AbortController, atSecondSignal: Io['atSecondSignal']): Io {
  const { stdout, stderr, env } = process;
  let stdoutEnded = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (stdoutEnded) return;
    stdoutEnded = true;
    const closed = error.code === 'EPIPE';
    if (!closed) stderr.write(`error: standard output cannot be written: ${error.message}\n`);
    stopping.abort((closed ? 'stdout-closed' : 'stdout-failed') satisfies StopReason);
  });
  stderr.on('error', () => {});
  return {
    out: (text) => {
      if (!stdoutEnded) stdout.write(text);
    },
    err: (text) => {
      stderr.write(text);
    },
    draw: (text) => {
      stderr.write(text);
    },
    drawsProgress: stderr.isTTY === true && env['TERM'] !== 'dumb',
    color: usesColor(env, stdout.isTTY === true),
    letters: speaksUnicode(env) ? 'unicode' : 'ascii',
    columns: () => stdout.columns ?? COLUMNS_WITHOUT_TERMINAL,
    progressColumns: () => stderr.columns ?? COLUMNS_WITHOUT_TERMINAL,
    progressRows: () => stderr.rows ?? ROWS_WITHOUT_TERMINAL,
    // Whoever only looks at process.stdin makes reads of a pipe fail that waits for its writer.
    keyboard: isatty(STDIN) ? terminalKeyboard(process.stdin) : undefined,
    env,
    clock: new SystemClock(),
    stop: stopping.signal,
    atSecondSignal,
  };
}

/** NO_COLOR (no-color.org) and a dumb terminal mean no; so does a pipe. */
function usesColor(env: Io['env'], isTerminal: boolean): boolean {
  return isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

function speaksUnicode(env: Io['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}

/** Resolves when the command is to stop, at once if it is by now. */
export function whenStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
