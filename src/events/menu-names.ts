/**
 * Menus, pages, prompts and questions of the panel that a key opens; what is in them is in `display/menu.ts`.
 */
export const menuNames = [
  'more-keys',
  'services',
  'system',
  'login-user',
  'login-authname',
  'login-password',
  'logout',
  'reset-password',
  'reset',
  'erase-user-data',
  'file-manager',
  'factory-reset',
  'phone-information',
  'preferences',
  'admin-password',
  'wrong-password',
  'network',
  'server-settings',
  'device-settings',
  'device-server-url',
  'device-protocol',
  'device-id',
  'device-password',
  'wrong-server-url',
  'wrong-device-id',
  'wrong-device-password',
  'diagnostics',
  'ip-information',
] as const;
export type MenuName = (typeof menuNames)[number];
