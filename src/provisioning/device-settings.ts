import type { Parameter } from './parameter.ts';
import { type CheckedValue, serverAddressType, text, words } from './parameter-type.ts';
import { checkValue, parameterNamed } from './parameters.ts';
import { type ParsedServerAddress, parseServerAddress, type ServerAddress } from './server-address.ts';
import { withScheme } from './server-address-parts.ts';

/**
 * What Network > Device Settings says of the provisioning server: Server URL, Protocol, Device ID, Password
 * (Observed: language files). These names are ours: flash keeps the values among the settings, and no
 * configuration file holds them.
 */
export const deviceSettingNames = [
  'PROVISIONING_URL',
  'PROVISIONING_PROTOCOL',
  'PROVISIONING_ID',
  'PROVISIONING_PASSWORD',
] as const;
export type DeviceSettingName = (typeof deviceSettingNames)[number];

/** Fields of Device Settings as somebody typed them. */
export type TypedDeviceSettings = Readonly<Partial<Record<DeviceSettingName, string>>>;

const source = 'language files of 4.4.9';

const deviceSettings: Readonly<Record<DeviceSettingName, Parameter>> = {
  PROVISIONING_URL: { name: 'PROVISIONING_URL', type: serverAddressType, default: '', source },
  // Observed: the order. Assumed: the first is the factory's.
  PROVISIONING_PROTOCOL: {
    name: 'PROVISIONING_PROTOCOL',
    type: words('TFTP', 'FTP', 'HTTP', 'HTTPS'),
    default: 'TFTP',
    source,
  },
  // Assumed: the lengths seen with Device ID and Password of EAP are those of these two.
  PROVISIONING_ID: {
    name: 'PROVISIONING_ID',
    type: text('Device ID', { min: 4, max: 20 }),
    default: '',
    source,
  },
  PROVISIONING_PASSWORD: {
    name: 'PROVISIONING_PASSWORD',
    type: text('password', { min: 4, max: 12 }),
    default: '',
    source,
    secret: true,
  },
};

/** What a value can be typed for: a parameter of configuration files, or one of Device Settings. */
export function settingNamed(name: string): Parameter | undefined {
  return parameterNamed(name) ?? (isDeviceSetting(name) ? deviceSettings[name] : undefined);
}

/** Whether a field takes a value, and how it is kept. Never throws. */
export function checkDeviceSetting(name: DeviceSettingName, value: string): CheckedValue {
  return checkValue(deviceSettings[name], value);
}

/** A server's address may have a password in it. */
export function mayHoldPassword({ secret, type }: Parameter): boolean {
  return secret === true || type.kind === 'server-address';
}

/** Values that flash holds, each with where it came from. */
export type KeptSettings = Readonly<
  Record<string, { readonly value: string; readonly from: string } | undefined>
>;

/**
 * The server that Device Settings name; null: none, or only one that AllAut made automatic again when `from`
 * is `manual`. Assumed: what the URL itself says of protocol, user and password wins over the other fields.
 */
export function serverInDeviceSettings(settings: KeptSettings, from: 'manual' | 'any'): ServerAddress | null {
  const { PROVISIONING_URL: url } = settings;
  if (url === undefined || url.value === '' || (from === 'manual' && url.from !== 'manual')) return null;
  const parsed = addressTyped(url.value, fieldOf(settings, 'PROVISIONING_PROTOCOL'));
  if (!parsed.ok) return null;
  const { user, password, ...address } = parsed.address;
  if (user !== undefined || password !== undefined) return parsed.address;
  const id = fieldOf(settings, 'PROVISIONING_ID');
  const own = fieldOf(settings, 'PROVISIONING_PASSWORD');
  return { ...address, ...(id !== '' && { user: id }), ...(own !== '' && { password: own }) };
}

/** The value of a field of Device Settings, the factory's where flash holds none. */
function fieldOf(settings: KeptSettings, name: DeviceSettingName): string {
  return settings[name]?.value ?? deviceSettings[name].default;
}

function addressTyped(url: string, protocol: string): ParsedServerAddress {
  return parseServerAddress(withScheme(url, protocol.toLowerCase()), 'typed');
}

function isDeviceSetting(name: string): name is DeviceSettingName {
  return Object.hasOwn(deviceSettings, name);
}
