import type { PhoneFlash, PhoneSetup } from '../phone/world.ts';
import type { FileStore } from '../server/file-store.ts';
import type { PhoneCase, ServerCase, Surroundings } from './scenario-case.ts';
import type { RunningWorld, RunPlan } from './world.ts';

/** What a phone of a case finds in its world when it is made. */
export function phoneSetup(one: PhoneCase, flash: PhoneFlash, world: RunningWorld): PhoneSetup {
  const dhcp = world.openDhcp(one.flash.mac);
  return {
    model: one.model,
    flash,
    server: world.server,
    serverOwner: world.serverOwner,
    ports: world.ports,
    ca: world.trust?.ca ?? [],
    tlsVerify: world.trust?.verify ?? (world.serverOwner === 'embedded' ? 'accept-any' : 'verify'),
    authenticity: one.authenticity,
    ...(dhcp && { dhcp }),
    ...(one.notifyFrom !== undefined && { notifyFrom: one.notifyFrom }),
    ...(one.localAddress !== undefined && { localAddress: one.localAddress }),
    ...(one.userAgentByte !== undefined && { userAgentByte: one.userAgentByte }),
  };
}

/** The run of what is around phones; `tree`: what our own server serves. */
export function runPlan(around: Surroundings, tree: FileStore | undefined): RunPlan {
  const { time, startsAtMs, seed, timings, quirks, ports, dhcp, timeServer, link } = around;
  return {
    time,
    startsAtMs,
    seed,
    timings,
    quirks,
    ports,
    ...(link && { link }),
    ...(dhcp && { dhcp }),
    ...(time === 'virtual' && timeServer && { timeServer }),
    ...serverPlan(around.server, tree),
  };
}

function serverPlan(server: ServerCase, tree: FileStore | undefined): Pick<RunPlan, 'server' | 'faults'> {
  if (server.kind !== 'embedded' || tree === undefined) {
    return { server: server.kind === 'external' ? server : { kind: 'none' } };
  }
  const { protocol, faults, rttMs, bandwidth, users } = server;
  return {
    faults,
    server: {
      kind: 'embedded',
      store: tree,
      protocol,
      ...(rttMs !== undefined && { rttMs }),
      ...(bandwidth && { bandwidth }),
      ...(users && { users: new Map(Object.entries(users)) }),
    },
  };
}
