import { serverInDeviceSettings } from '../provisioning/device-settings.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import type { PhoneUnit } from './phone-unit.ts';

/**
 * The provisioning server that somebody set: the one the run was given, else what was typed in Device
 * Settings. An embedded server is what a run has when nobody says anything, so what was typed wins over it.
 */
export function serverByHand({ setup }: PhoneUnit): ServerAddress | null {
  const typed = serverInDeviceSettings(setup.flash.read().settings, 'manual');
  return setup.serverOwner === 'embedded' ? (typed ?? setup.server) : (setup.server ?? typed);
}
