import type { Protocol } from '../provisioning/words.ts';
import { UsageError } from './exit-codes.ts';

type Ports = Readonly<Partial<Record<Protocol, number>>>;

/**
 * Starts servers of our own. Whatever keeps them from listening where they were told to is wrong usage, said in the words of
 * who chose the place; `flag` names the option for a protocol's port.
 */
export async function listening<T>(
  start: () => Promise<T>,
  { ports, flag }: { readonly ports: Ports; readonly flag: (protocol: Protocol) => string },
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const port = 'port' in error ? Number(error.port) : undefined;
    const protocol = Object.entries(ports).find(([, chosen]) => chosen === port)?.[0] as Protocol | undefined;
    const where = protocol === undefined ? 'the server' : `${protocol.toUpperCase()} on port ${port}`;
    const reason = reasons[String(error.code)];
    const free = protocol === undefined ? '' : `; ${flag(protocol)} chooses another`;
    throw new UsageError(
      reason === undefined
        ? `${where} cannot be served: ${error.message}`
        : `${where} cannot be served: ${reason} (${error.message})${free}`,
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has that port',
  EACCES: 'ports this low need the rights of root',
  EADDRNOTAVAIL: 'the address is none of this machine',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no name server answers',
};
