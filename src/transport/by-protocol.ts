import type { Protocol } from '../provisioning/words.ts';
import type { Transport } from './transport.ts';

/** One door out of several: each request goes to the transport of its protocol. */
export function transportByProtocol(doors: Readonly<Record<Protocol, Transport>>): Transport {
  return {
    fetch: (request, signal) => doors[request.protocol].fetch(request, signal),
    close() {
      for (const door of new Set(Object.values(doors))) door.close();
    },
  };
}
