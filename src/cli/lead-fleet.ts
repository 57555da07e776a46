import { isoInstant } from '../clock/instant.ts';
import { fleetHash } from '../fleet/fleet-hash.ts';
import { whyInvalid } from '../fleet/generator.ts';
import { type FleetDone, type RunningFleet, runFleet } from '../fleet/run-fleet.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { closingText } from '../report/fleet/closing-text.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import { withoutSecrets } from '../report/secrets.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy } from './exit-codes.ts';
import type { FleetValues } from './fleet-options.ts';
import { fleetView } from './fleet-view.ts';
import type { Io } from './io.ts';
import { listening } from './listening.ts';
import { type PreparedFleet, prepareFleet } from './prepare-fleet.ts';
import { productVersion } from './product.ts';
import { writeReport } from './report-files.ts';

/** Runs a fleet from its first phone to its report. */
export async function leadFleet(call: Call<FleetValues>, io: Io): Promise<ExitCode> {
  const prepared = prepareFleet(call, io);
  const { values } = call;
  const startedMs = io.clock.now();
  begin(prepared, call, io);
  const view = values.quiet ? () => {} : fleetView(io, values.every);
  const fleet = runFleet({
    ...prepared,
    clock: io.clock,
    onProgress: view,
    onFact: ({ at, phone, n, event }) => {
      io.out(`${JSON.stringify({ at, phone, n, ...withoutSecrets(event) })}\n`);
    },
  });
  const stopHeeding = heedStop(fleet, io, values.quiet);
  try {
    const done = await listening(() => fleet.done, {
      ports: prepared.plan.ports,
      flag: (protocol) => `--ports ${protocol}=PORT`,
    });
    return finish(done, prepared, { call, io, startedMs });
  } finally {
    stopHeeding();
  }
}

/** SIGINT lets those under way come to their end; anything else ends it as it stands. */
function heedStop(fleet: RunningFleet, io: Io, quiet: boolean): () => void {
  const heed = () => {
    if (io.stop.reason !== 'SIGINT') {
      fleet.halt();
      return;
    }
    if (!quiet) io.err('no more phones begin; those under way come to their end (Ctrl-C again quits)\n');
    fleet.drain();
  };
  if (io.stop.aborted) heed();
  io.stop.addEventListener('abort', heed, { once: true });
  return () => io.stop.removeEventListener('abort', heed);
}

function begin(
  { plan, shard, workers }: PreparedFleet,
  { values, argument }: Call<FleetValues>,
  io: Io,
): void {
  if (values.json) {
    const server = argument === undefined ? null : withoutPassword(argument);
    const options = { server, phones: plan.count, time: plan.time, shard, workers };
    io.out(`${JSON.stringify({ type: 'run.started', at: 0, n: 0, seed: plan.seed, options })}\n`);
    return;
  }
  if (values.quiet) return;
  const part = shard.of === 1 ? '' : `, shard ${shard.index}/${shard.of}`;
  io.err(
    `${plan.title}: ${plan.count} phones${part}, ${plan.time} time, timings ${plan.timings}, stagger ${plan.quirks.stagger}, seed ${plan.seed}, ${workers} worker${workers === 1 ? '' : 's'}\n`,
  );
}

interface Ending {
  readonly call: Call<FleetValues>;
  readonly io: Io;
  readonly startedMs: number;
}

function finish(done: FleetDone, prepared: PreparedFleet, { call, io, startedMs }: Ending): ExitCode {
  const { plan, shard, workers } = prepared;
  const { values } = call;
  const invalid = plan.time === 'real' ? whyInvalid(done.health) : undefined;
  const result = {
    type: 'fleet',
    version: 1,
    title: plan.title,
    scenario: fleetHash(plan),
    seed: plan.seed,
    time: plan.time,
    phones: { count: plan.count, firstIndex: plan.firstIndex, macBase: plan.macBase },
    shard,
    figures: done.figures,
    environment: {
      product: productVersion(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      startedAt: isoInstant(startedMs),
      workers,
      generator: done.health,
      invalid: invalid ?? null,
    },
  };
  if (values.json) io.out(`${JSON.stringify(result)}\n`);
  else {
    const layout = {
      columns: io.columns(),
      palette: io.color ? ansiPalette : plainPalette,
      letters: io.letters,
    };
    io.out(`${closingText(done.figures, layout).join('\n')}\n`);
  }
  for (const { kind, file } of values.report)
    writeReport(file, `${JSON.stringify(result)}\n`, `--report ${kind}=${file}`);
  if (done.noPoll !== undefined) {
    io.err(`error: ${done.noPoll}\n`);
    return exitCodes.failed;
  }
  if (io.stop.aborted) return stoppedBy(io.stop);
  if (invalid !== undefined) {
    io.err(`INVALID: ${invalid}\n`);
    return exitCodes.invalidRun;
  }
  return allDone(done.figures) ? exitCodes.asExpected : exitCodes.failed;
}

/** Whether every boot and check that was due came to its end with all that was due. */
function allDone({ jobs }: FleetFigures): boolean {
  return Object.values(jobs).every((kinds) =>
    Object.values(kinds).every(({ failed, unfinished }) => failed === 0 && unfinished === 0),
  );
}
