import type { Clock } from '../clock/clock.ts';
import { type Protocol, protocols } from '../provisioning/words.ts';
import { memoryStore } from '../server/file-store.ts';
import { startHttpServer } from '../server/http-server.ts';
import { UsageError } from './exit-codes.ts';

type Ports = Readonly<Partial<Record<Protocol, number>>>;

/**
 * Starts servers of our own. Whatever keeps them from listening where they were told to is wrong usage, said
 * in the words of who chose the place; `flag` names the option for a protocol's port.
 */
export async function listening<T>(
  start: () => Promise<T>,
  { ports, flag }: { readonly ports: Ports; readonly flag: (protocol: Protocol) => string },
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // It was a file as often as a socket: threads load their modules.
    if (isOutOfDescriptors(error)) {
      throw new UsageError(
        `this process may not open as many files as it needs (${error.message}); raise its limit with ulimit -n (deskphone doctor says what it is)`,
      );
    }
    const said = whyNotListening(error);
    if (said === undefined) throw error;
    const port = 'port' in error ? error.port : undefined;
    const protocol = protocols.find((name) => ports[name] !== undefined && ports[name] === port);
    throw new UsageError(
      protocol === undefined
        ? `cannot serve: ${said}`
        : `cannot serve ${protocol.toUpperCase()} on port ${port}: ${said}; ${flag(protocol)} chooses another`,
    );
  }
}

function isOutOfDescriptors(error: Error): boolean {
  return 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}

/** Holds that a phone can send from an address. Throws `UsageError` when this machine does not have it. */
export async function assertLocalAddress(address: string, clock: Clock): Promise<void> {
  const server = { store: memoryStore({}), clock, listen: address, port: 0 };
  try {
    await (await startHttpServer(server)).close();
  } catch (error) {
    const why = error instanceof Error ? whyNotListening(error) : undefined;
    if (why === undefined) throw error;
    throw new UsageError(`--local-address ${address}: ${why}`);
  }
}

/** What keeps a port from being opened, for its user; undefined for what is no error of the system. */
export function whyNotListening(error: Error): string | undefined {
  if (!('code' in error)) return undefined;
  const reason = reasonOf(String(error.code));
  return reason === undefined ? error.message : `${reason} (${error.message})`;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has that port',
  EACCES: 'ports this low need the rights of root',
  EADDRNOTAVAIL: 'the address is none of this machine',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no name server answers',
};

function reasonOf(code: string): string | undefined {
  return code.startsWith('ERR_OSSL_') ? 'certificate and key are no PEM, or do not fit' : reasons[code];
}

/** Where somebody finds a server of ours. */
export function urlOf(
  protocol: Protocol,
  { address, port }: { readonly address: string; readonly port: number },
): string {
  return `${protocol}://${address.includes(':') ? `[${address}]` : address}:${port}/`;
}
