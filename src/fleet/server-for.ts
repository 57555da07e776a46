import type { ServerAddress } from '../provisioning/server-address.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { RunningWorld } from '../scenario/world.ts';

/** The server of a run as a phone asks it over a protocol of its own; null: nobody told the phone. */
export function serverFor(
  { server, ports }: Pick<RunningWorld, 'server' | 'ports'>,
  protocol: Protocol,
): ServerAddress | null {
  if (server === null || server.protocol === protocol) return server;
  // The port is that of the protocol in the URL, which sections may ask it over; of others `ports` has it.
  const { port, ...address } = server;
  const isNamed = port !== undefined && ports[server.protocol] === undefined;
  return { ...address, protocol, ...(isNamed && { otherPorts: { [server.protocol]: port } }) };
}
