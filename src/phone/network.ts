import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { sourceOf } from './lease-facts.ts';
import type { PhoneUnit } from './phone-unit.ts';

/**
 * Where the provisioning file is. Documented: A44 p140, what was set by hand comes first, then DHCP; A44
 * p141, what it does not supply this time is as it was received last.
 */
export function serverOf({ setup }: PhoneUnit): ServerAddress | null {
  if (setup.server !== null) return setup.server;
  const received = setup.flash.read().lease?.provisioningServer ?? null;
  if (received === null) return null;
  const parsed = parseServerAddress(received, 'option-66');
  return parsed.ok ? parsed.address : null;
}

/** The phone as it stands on its network now, for a check: which server it asks, and from which address. */
export function unitOnNetwork({
  unit,
  address,
}: {
  unit: PhoneUnit;
  address: string | undefined;
}): PhoneUnit {
  if (unit.setup.dhcp === undefined) return unit;
  const source = address === undefined ? null : sourceOf(unit, address);
  const setup = { ...unit.setup, server: serverOf(unit), ...(source !== null && { localAddress: source }) };
  return { ...unit, setup };
}
