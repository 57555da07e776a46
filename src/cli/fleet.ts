import { FleetMemoryError } from '../fleet/memory.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { fleetConfig } from './fleet-config.ts';
import { printManifest } from './fleet-manifest.ts';
import { type FleetValues, fleetOptions } from './fleet-options.ts';
import { leadFleet } from './lead-fleet.ts';
import { leadSearch } from './lead-search.ts';
import { prepareFleet } from './prepare-fleet.ts';

export const fleetCommand: Command<FleetValues> = {
  argumentSays: 'the provisioning server, or a fleet file (default: an embedded server with a demo tree)',
  options: fleetOptions(),
  examples: [
    ['deskphone fleet -n 1000 --time virtual', 'a boot storm without a server, repeatable'],
    [
      'deskphone fleet http://127.0.0.1:8080/ -n 200 --ramp 10s',
      'your server; two hundred phones in ten seconds',
    ],
    [
      'deskphone fleet tftp://127.0.0.1:6969/ -n 2000 --protocols tftp,http --ports http=8080 --threshold "boot.latency.p95 < 90s"',
      'over two protocols, with a verdict',
    ],
    ['deskphone fleet fleets/poll-window.yaml --report json=result.json', 'as a file says'],
    [
      'deskphone fleet http://127.0.0.1:8080/ -n 300 --rate 10/s --find-max --report html=max.html',
      'the largest rate that keeps the thresholds',
    ],
    [
      'deskphone fleet fleets/poll-window.yaml --shard 0/4 --report json=0.json',
      'a quarter; deskphone merge joins them',
    ],
    [
      'deskphone fleet http://files.example/ -n 20000 --manifest kubernetes --shards 20',
      'the job for kubectl apply',
    ],
  ],
  config: (call) => fleetConfig(prepareFleet(call, process), call.values),
  run: async (call, io) => {
    if (call.values.manifest !== undefined) return printManifest(call, io);
    try {
      return await (call.values.findMax ? leadSearch(call, io) : leadFleet(call, io));
    } catch (error) {
      if (!(error instanceof FleetMemoryError)) throw error;
      io.err(`INVALID: ${error.message}\n`);
      return exitCodes.invalidRun;
    }
  },
};
