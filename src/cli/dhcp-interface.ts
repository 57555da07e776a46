import { readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { DhcpError } from '../network/dhcp-error.ts';
import { openDhcpWire } from '../network/dhcp-wire.ts';
import { UsageError } from './exit-codes.ts';

/** Holds that a phone could ask DHCP servers by an interface. Throws `UsageError` with what is missing. */
export async function assertDhcpInterface(name: string): Promise<void> {
  const known = interfaceNames();
  if (!known.includes(name)) {
    throw new UsageError(`--dhcp ${name}: no such interface; expected one of ${known.join(', ')}`);
  }
  try {
    const wire = await openDhcpWire(name, { onDatagram: () => {}, onFailure: () => {} });
    wire.close();
  } catch (error) {
    if (!(error instanceof DhcpError)) throw error;
    throw new UsageError(`--dhcp ${name}: ${error.message}`);
  }
}

/** Node lists only those with an address; a phone's has none yet. */
function interfaceNames(): readonly string[] {
  try {
    return readdirSync('/sys/class/net');
  } catch {
    return Object.keys(networkInterfaces());
  }
}
