import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A client that hangs is a failure, not a long measurement. */
const RUN_MAX_MS = 120_000;
const TIMES = /^times (\d+\.\d+) (\d+\.\d+) (\d+\.\d+)$/m;

/**
 * Runs a command to its end and gives, in seconds, the CPU it used, user and system, all processes it
 * started included, and how long it took. They are measured by bash, since Node does not tell the times of
 * its children. Throws if the command fails.
 */
async function timesOf(command) {
  const script = 'TIMEFORMAT="times %U %S %R"; time "$@"';
  const child = spawn('bash', ['-c', script, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_MAX_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code, signal] = await once(child, 'close');
  const [, user, system, took] = TIMES.exec(output) ?? [];
  if (code !== 0 || user === undefined) throw new Error(`${command.join(' ')}: ${signal ?? code}\n${output}`);
  return { cpuS: Number(user) + Number(system), tookS: Number(took) };
}

/**
 * CPU for one operation of a client, in microseconds, and operations in a second: of a full run, less a run
 * with nothing to do. The server counts the operations, since some clients miscount.
 */
export async function measure(entry, served) {
  const empty = await timesOf(entry.command(0));
  const before = await served();
  const full = await timesOf(entry.command(entry.count));
  const operations = ((await served()) - before) / (entry.requestsPerOperation ?? 1);
  return {
    operations,
    microseconds: ((full.cpuS - empty.cpuS) * 1e6) / operations,
    aSecond: operations / (full.tookS - empty.tookS),
  };
}
