import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { pathOf } from '../../docs/markdown.ts';

const count = z.int();
const job = z.object({ due: count, begun: count, done: count, failed: count, unfinished: count });

/** What `scripts/fleet-size/told-fleet.mjs` says of one run. */
const toldSchema = z.object({
  phones: count,
  /** By the name of the file. */
  requests: z.record(z.string(), count),
  /** Polls that came to their end, with all that was due. */
  polls: count,
  each: z.array(
    z.object({
      mac: z.string(),
      isIdle: z.boolean(),
      requests: count,
      lastPoll: z.string().nullable(),
      nextPoll: z.string().nullable(),
    }),
  ),
  jobs: z.record(z.string(), z.record(z.string(), job)),
  causes: z.record(z.string(), count),
  ends: z.record(z.string(), count),
  starts: z.object({ late: count, maxMs: z.number() }),
  invalid: z.string().nullable(),
  cpuMs: z.number(),
  tookMs: z.number(),
  rssMaxBytes: z.number(),
  descriptorsMax: count,
});
export type ToldFleet = z.infer<typeof toldSchema>;

export interface FleetToTell {
  readonly file: string;
  readonly duration: string;
  /** Phones of each run; one process has all of them, one after the other. */
  readonly sizes: readonly number[];
  /** Of Node. */
  readonly flags?: readonly string[];
  /** Open descriptors that the process may have; its own limit otherwise. */
  readonly descriptorsMax?: number;
}

/** Runs a fleet of the built product in a process of its own, and gives what its phones told. */
export async function tellFleet(fleet: FleetToTell): Promise<readonly ToldFleet[]> {
  const { file, duration, sizes, flags = [], descriptorsMax } = fleet;
  const limit = descriptorsMax === undefined ? '' : `ulimit -n ${descriptorsMax} && `;
  const program = [process.execPath, '--expose-gc', ...flags, pathOf('scripts/fleet-size/told-fleet.mjs')];
  const words = [...program, file, duration, ...sizes.map(String)];
  const child = spawn('sh', ['-c', `${limit}exec "$@"`, 'sh', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${words.join(' ')}: ${code} ${stderr}`);
  const lines = stdout.split('\n').filter(Boolean);
  return lines.map((line) => toldSchema.parse(JSON.parse(line)));
}
