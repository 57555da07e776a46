import { serverInDeviceSettings } from '../provisioning/device-settings.ts';
import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { sourceOf } from './lease-facts.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { serverByHand } from './server-by-hand.ts';

/**
 * Where the provisioning file is. Documented: A44 p140, what was set by hand comes first, then DHCP; A44
 * p141, what it does not supply this time is as it was received last. Assumed: so what was typed and AllAut
 * made automatic holds until DHCP supplies one.
 */
export function serverOf(unit: PhoneUnit): ServerAddress | null {
  const { settings, lease } = unit.setup.flash.read();
  return (
    serverByHand(unit) ??
    receivedServer(lease?.provisioningServer ?? null) ??
    serverInDeviceSettings(settings, 'any')
  );
}

function receivedServer(received: string | null): ServerAddress | null {
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
  const { dhcp } = unit.setup;
  const source = dhcp === undefined || address === undefined ? null : sourceOf(unit, address);
  const setup = { ...unit.setup, server: serverOf(unit), ...(source !== null && { localAddress: source }) };
  return { ...unit, setup };
}
