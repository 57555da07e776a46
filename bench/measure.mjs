import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A client that hangs is a failure, not a long measurement. */
const RUN_MAX_MS = 120_000;
const TIMES = /^times (\d+\.\d+) (\d+\.\d+)$/m;

/**
 * Runs a command to its end and gives the CPU it used, in seconds: user and system, all processes it started
 * included. They are measured by bash, since Node does not tell the times of its children. Throws if the
 * command fails.
 */
export async function cpuOf(command) {
  const script = 'TIMEFORMAT="times %U %S"; time "$@"';
  const child = spawn('bash', ['-c', script, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_MAX_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code, signal] = await once(child, 'close');
  const [, user, system] = TIMES.exec(output) ?? [];
  if (code !== 0 || user === undefined) throw new Error(`${command.join(' ')}: ${signal ?? code}\n${output}`);
  return Number(user) + Number(system);
}

/**
 * CPU for one operation of a client, in microseconds: that of a full run, less that of a run with nothing to
 * do. The server counts the operations, since some clients miscount.
 */
export async function measure(entry, served) {
  const emptyS = await cpuOf(entry.command(0));
  const before = await served();
  const fullS = await cpuOf(entry.command(entry.count));
  const operations = ((await served()) - before) / (entry.requestsPerOperation ?? 1);
  return { operations, microseconds: ((fullS - emptyS) * 1e6) / operations };
}
