import type { MenuName } from '../events/menu-names.ts';
import type { Menu } from './menu.ts';

/**
 * Network > Device Settings, as far as it is about provisioning. Observed: its fields, the order of the
 * protocols. Assumed: each field opens a prompt that is empty, and a wrong value leads back to it.
 */
export const deviceSettingsMenus = {
  'device-settings': {
    kind: 'list',
    title: 'deviceSettings',
    parent: 'network',
    items: [
      { text: 'serverUrl', setting: 'PROVISIONING_URL', choice: { opens: 'device-server-url' } },
      {
        text: 'provisioningProtocol',
        setting: 'PROVISIONING_PROTOCOL',
        choice: { opens: 'device-protocol' },
      },
      { text: 'deviceId', setting: 'PROVISIONING_ID', choice: { opens: 'device-id' } },
      { text: 'devicePassword', setting: 'PROVISIONING_PASSWORD', choice: { opens: 'device-password' } },
    ],
  },
  'device-server-url': {
    kind: 'prompt',
    title: 'serverUrl',
    parent: 'device-settings',
    hidden: false,
    confirmed: { enters: 'PROVISIONING_URL', refused: 'wrong-server-url' },
  },
  'device-protocol': {
    kind: 'list',
    title: 'provisioningProtocol',
    parent: 'device-settings',
    items: [
      { text: 'tftp', choice: { enters: 'PROVISIONING_PROTOCOL', value: 'TFTP' } },
      { text: 'ftp', choice: { enters: 'PROVISIONING_PROTOCOL', value: 'FTP' } },
      { text: 'http', choice: { enters: 'PROVISIONING_PROTOCOL', value: 'HTTP' } },
      { text: 'https', choice: { enters: 'PROVISIONING_PROTOCOL', value: 'HTTPS' } },
    ],
  },
  'device-id': {
    kind: 'prompt',
    title: 'deviceId',
    parent: 'device-settings',
    hidden: false,
    confirmed: { enters: 'PROVISIONING_ID', refused: 'wrong-device-id' },
  },
  'device-password': {
    kind: 'prompt',
    title: 'devicePassword',
    parent: 'device-settings',
    hidden: true,
    confirmed: { enters: 'PROVISIONING_PASSWORD', refused: 'wrong-device-password' },
  },
  'wrong-server-url': { kind: 'page', title: 'wrongServerUrl', parent: 'device-server-url' },
  'wrong-device-id': { kind: 'page', title: 'wrongDeviceId', parent: 'device-id' },
  'wrong-device-password': { kind: 'page', title: 'wrongDevicePassword', parent: 'device-password' },
} as const satisfies Partial<Record<MenuName, Menu>>;

/** Places where what was filled in still waits for Apply&Reset. */
export function isInDeviceSettings(name: MenuName): boolean {
  return Object.hasOwn(deviceSettingsMenus, name);
}
