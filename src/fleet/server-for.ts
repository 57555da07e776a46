import type { ServerAddress } from '../provisioning/server-address.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { RunningWorld } from '../scenario/world.ts';

/** The server of a run as a phone asks it over a protocol of its own; null: nobody told the phone. */
export function serverFor(
  { server }: Pick<RunningWorld, 'server'>,
  protocol: Protocol,
): ServerAddress | null {
  if (server === null || server.protocol === protocol) return server;
  // The port is that of the protocol in the URL; of others `ports` has it.
  const { port: _, ...address } = server;
  return { ...address, protocol };
}
