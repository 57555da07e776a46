import type { StopReason } from './io.ts';

/** What the process answers its caller. Scripts rely on these. */
export const exitCodes = {
  asExpected: 0,
  internalError: 1,
  usage: 2,
  failed: 3,
  invalidRun: 4,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Signals that tell a command to stop before its end, and with what it then ends. */
export const stopSignals = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;

/** A sentence for each, for --help and the documents. */
export const exitCodeSentences: readonly (readonly [ExitCode, string])[] = [
  [0, 'as expected'],
  [1, 'internal error: a bug in the emulator'],
  [2, 'wrong usage or configuration; nothing was run'],
  [3, 'ran, and the provisioning failed; of diff: the sides differ'],
  [4, 'the run is invalid: what it says is not complete'],
  [129, 'its terminal is gone (SIGHUP)'],
  [130, 'interrupted with Ctrl-C'],
  [143, 'terminated'],
];

/** The exit code of a run that was told to stop. */
export function stoppedBy(stop: AbortSignal): ExitCode {
  const reason = stop.reason as StopReason;
  if (reason === 'stdout-closed') return exitCodes.asExpected;
  if (reason === 'stdout-failed') return exitCodes.invalidRun;
  return stopSignals[reason];
}

/** Wrong usage or configuration. The message is all that is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
