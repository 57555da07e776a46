#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from './commands.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { hostIo, type StopReason } from './io.ts';
import { runCommandLine } from './program.ts';

const stopping = new AbortController();
let signalled: ExitCode | undefined;

for (const [signal, code] of [
  ['SIGINT', exitCodes.interrupted],
  ['SIGTERM', exitCodes.terminated],
] as const) {
  process.on(signal, () => {
    // The second one means it.
    if (signalled !== undefined) process.exit(code);
    signalled = code;
    stopping.abort(signal satisfies StopReason);
  });
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
try {
  const io = hostIo(stopping);
  finish(await runCommandLine(process.argv.slice(2), commands, io, { version: manifest.version }));
} catch (error) {
  process.stderr.write(`deskphone: internal error, please report it: ${String(error)}\n`);
  if (process.env['DESKPHONE_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  finish(exitCodes.internalError);
}

/** Leaves once everything written is out; a pipe may take its time. */
function finish(code: ExitCode): void {
  process.exitCode = code;
  process.stdout.write('', () => process.exit(code));
}
