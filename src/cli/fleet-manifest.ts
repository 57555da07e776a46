import { relative } from 'node:path';
import { MINUTE_MS } from '../clock/durations.ts';
import { isoInstant } from '../clock/instant.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { ShardedFleet } from '../fleet/manifest.ts';
import { kubernetesManifest } from '../fleet/manifest-kubernetes.ts';
import { slurmManifest } from '../fleet/manifest-slurm.ts';
import { type MountedFiles, mountFiles } from '../fleet/mounted-files.ts';
import { workersFor } from '../fleet/workers-for.ts';
import { counted } from '../report/result-words.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { ofSearch } from './find-max-options.ts';
import { outdoneArrivals } from './fleet-file-flags.ts';
import { hostText } from './fleet-metrics.ts';
import { type FleetValues, sourceOf } from './fleet-options.ts';
import { startOf } from './fleet-start.ts';
import type { Io } from './io.ts';
import { IMAGE, JOB_NAME, ofKubernetes, refuseManifestOptions } from './manifest-options.ts';
import { readFleetOf } from './prepare-fleet.ts';
import { productVersion } from './product.ts';

/** So long there is to submit what was printed, if nothing is said. */
const START_IN_MS = 5 * MINUTE_MS;

/** Prints what runs a fleet as shards on a cluster; runs nothing. */
export function printManifest(call: Call<FleetValues>, io: Io): ExitCode {
  const { values } = call;
  const { manifest, shards, image, namespace, resultsClaim } = values;
  refuseWhatShardsDo(call);
  refuseManifestOptions(call);
  if (shards === undefined)
    throw new UsageError(`--manifest ${manifest}: into how many parts? Expected --shards N`);
  const { plan, files } = readFleetOf(call);
  if (shards > plan.count) {
    throw new UsageError(
      `--shards ${shards}: the fleet has ${counted(plan.count, 'phone')}; expected at most a shard for each`,
    );
  }
  const path = manifest === 'slurm' ? (file: string) => file : fromHere;
  const fleet = shardedFleet(call, { plan, shards, nowMs: io.clock.now(), path });
  if (fleet.holdsPassword) {
    io.err("warning: the password of the server's address stands in the manifest: keep it to yourself\n");
  }
  if (manifest === 'slurm') {
    io.out(slurmManifest(fleet));
    return exitCodes.asExpected;
  }
  refuseFolders(plan);
  const mounted = files.length === 0 ? undefined : mountedFiles(files);
  io.out(
    kubernetesManifest(fleet, {
      image: image ?? `${IMAGE}:${productVersion()}`,
      ...(namespace !== undefined && { namespace }),
      ...(resultsClaim !== undefined && { resultsClaim }),
      ...(mounted && { files: mounted }),
    }),
  );
  return exitCodes.asExpected;
}

/** What only the whole has, or only one shard. */
const refused: Readonly<Partial<Record<keyof FleetValues & string, string>>> = {
  shard: 'each shard finds its number; expected --shards N',
  report: 'reports are of the whole; give it to deskphone merge',
  resultLine: 'where results go follows from --results-claim',
  baseline: 'a part compares with no whole; compare the merged result by deskphone diff',
  findMax: 'each probe follows from those before it, which no shard knows',
  trace: 'a phone is in one shard; run that one with --shard i/N',
};

function refuseWhatShardsDo(call: Call<FleetValues>): void {
  for (const { name, flag } of call.said) {
    const why = Object.entries(refused).find(([key]) => key === name)?.[1];
    if (why !== undefined) throw new UsageError(`${flag} goes without --manifest: ${why}`);
  }
}

interface Division {
  readonly plan: FleetPlan;
  readonly shards: number;
  readonly nowMs: number;
  /** How shards find a file that is named on the command line. */
  readonly path: (file: string) => string;
}

function shardedFleet(call: Call<FleetValues>, { plan, shards, nowMs, path }: Division): ShardedFleet {
  const { name = JOB_NAME, workers } = call.values;
  const threads = workersFor(plan, { index: 0, of: shards }, workers === 'auto' ? 1 : workers);
  if (typeof threads !== 'number') throw new UsageError(threads.message);
  const startMs =
    startOf(call.values, plan, nowMs) ?? (plan.time === 'virtual' ? undefined : nowMs + START_IN_MS);
  const startAt = startMs === undefined ? undefined : isoInstant(startMs);
  const metrics = metricsOf(call.values, shards);
  const without = [
    // Of the environment, if at all: as flags they would have been refused.
    ...(plan.server.kind === 'external' ? [] : ['ca', 'insecure']),
    ...[...ofSearch, ...outdoneArrivals(call.said)],
    ...(metrics === undefined ? [] : ['prometheus']),
  ];
  return {
    name,
    title: plan.title,
    shards,
    phones: plan.count,
    workers: threads,
    words: [
      ...call.arguments.map((word) => (sourceOf(word).kind === 'file' ? path(word) : word)),
      ...carried(call, path, without),
      `--workers=${threads}`,
      `--seed=${plan.seed}`,
      ...(startAt === undefined ? [] : [`--start-at=${startAt}`]),
    ],
    ...(startAt !== undefined && { startAt }),
    ...(metrics && { metrics }),
    holdsPassword: plan.server.kind === 'external' && plan.server.address.password !== undefined,
  };
}

const PORT_MAX = 65_535;

/** Tasks of Slurm may share a node and its ports, which pods do not. Port 0 is one that is free. */
function metricsOf({ manifest, prometheus }: FleetValues, shards: number): ShardedFleet['metrics'] {
  if (manifest !== 'slurm' || prometheus === undefined || prometheus.port === 0) return undefined;
  const { address, port } = prometheus;
  const most = PORT_MAX - shards + 1;
  if (port <= most) return { host: hostText(address), port };
  throw new UsageError(
    `--prometheus: shard i serves at port ${port} + i, as a node may have several; expected ${most} at most`,
  );
}

/** Options that name a file which every shard reads. */
const namesFile: ReadonlySet<string> = new Set(['identities', 'ca']);

/** Options that were given, as they were; those are left out that the manifest has in its own words. */
function carried(
  { said }: Call<FleetValues>,
  path: Division['path'],
  without: readonly string[],
): readonly string[] {
  const own: ReadonlySet<string> = new Set([
    ...['manifest', 'shards', 'name', ...ofKubernetes],
    ...['workers', 'seed', 'startAt', 'startIn', 'worse', 'printConfig'],
    ...without,
  ]);
  return said
    .filter(({ name }) => !own.has(name))
    .map(({ name, flag, text }) => {
      if (text === undefined) return flag;
      return `${flag}=${namesFile.has(name) ? path(text) : text}`;
    });
}

function refuseFolders({ server, events }: FleetPlan): void {
  const published = events.flatMap((event) => (event.kind === 'publish' ? event.layers : []));
  const layers = [...(server.kind === 'embedded' ? server.layers : []), ...published];
  for (const layer of layers) {
    if (layer.kind !== 'folder') continue;
    throw new UsageError(
      `--manifest kubernetes: the fleet reads the folder ${layer.path}, which no pod has; expected the URL of a server, or files that stand in the fleet file`,
    );
  }
}

/** In a pod files are where they are seen from here. */
function fromHere(file: string): string {
  return relative(process.cwd(), file);
}

function mountedFiles(files: readonly string[]): MountedFiles {
  const mounted = mountFiles(files, process.cwd());
  if ('message' in mounted) throw new UsageError(mounted.message);
  return mounted;
}
