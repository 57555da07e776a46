#!/usr/bin/env node
import { SystemClock } from '../clock/system-clock.ts';
import { visible } from '../provisioning/quote.ts';
import { commands } from './commands.ts';
import { DEBUG_VARIABLE } from './environment.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit-codes.ts';
import { hostIo, type StopReason } from './io.ts';
import { productVersion } from './product.ts';
import { runCommandLine } from './program.ts';

const stopping = new AbortController();
let isSignalled = false;
let heedSecond: (() => void) | undefined;

for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!isSignalled) {
      isSignalled = true;
      stopping.abort(signal satisfies StopReason);
      return;
    }
    const heed = heedSecond;
    heedSecond = undefined;
    if (heed !== undefined) heed();
    // The second one means it; but of a terminal that is gone both the system and a shell tell.
    else if (signal !== 'SIGHUP') process.exit(stopSignals[signal]);
  });
}

process.on('uncaughtException', fail);
try {
  const io = hostIo(stopping, (heed) => {
    heedSecond = heed;
  });
  finish(await runCommandLine(process.argv.slice(2), commands, io, { version: productVersion() }));
} catch (error) {
  fail(error);
}

/** A bug of ours. Where it happened is shown to those who ask. */
function fail(error: unknown): void {
  const asked = process.env[DEBUG_VARIABLE] !== undefined;
  process.stderr.write(`deskphone: internal error, please report it: ${visible(String(error))}\n`);
  process.stderr.write(
    asked && error instanceof Error
      ? `${visible(String(error.stack))}\n`
      : `(${DEBUG_VARIABLE}=1 shows where)\n`,
  );
  finish(exitCodes.internalError);
}

/**
 * Leaves once everything written is out; a pipe may take its time. Output that was lost makes a good run an
 * invalid one.
 */
function finish(code: ExitCode): void {
  process.exitCode = code;
  const leave = () => {
    // Node's own exit fails an assertion on a terminal that is gone. Shells know this end as 129.
    if (code === exitCodes.hungUp) {
      process.removeAllListeners('SIGHUP');
      process.kill(process.pid, 'SIGHUP');
    }
    const lost = stopping.signal.reason === 'stdout-failed' && code === exitCodes.asExpected;
    process.exit(lost ? exitCodes.invalidRun : code);
  };
  // Streams tell of a failed write in a later turn.
  process.stdout.write('', () => new SystemClock().setTimeout(leave, 0));
}
