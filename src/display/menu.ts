import type { MenuName } from '../events/menu-names.ts';
import type { DeviceSettingName, TypedDeviceSettings } from '../provisioning/device-settings.ts';
import { isReleaseFrom } from '../provisioning/load.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { deviceSettingsMenus } from './device-settings-menus.ts';
import type { MessageId } from './messages.ts';

/** What a key can order of a phone. */
export type KeyCommand =
  | { readonly type: 'updates.ask' }
  | { readonly type: 'question.answer'; readonly answer: 'yes' | 'no' }
  | { readonly type: 'question.enter'; readonly text: string }
  | { readonly type: 'phone.reset' }
  | { readonly type: 'user-data.erase' }
  | { readonly type: 'factory.reset' }
  | { readonly type: 'settings.all-auto' }
  | { readonly type: 'device-settings.apply'; readonly typed: TypedDeviceSettings }
  | { readonly type: 'banner.confirm' }
  | { readonly type: 'dnd.set'; readonly on: boolean }
  | { readonly type: 'login.submit'; readonly user: string }
  | { readonly type: 'logout' }
  | { readonly type: 'call.dial' }
  | { readonly type: 'call.end' };

/** What choosing an item or confirming a prompt does. `unlocks`: when the admin password was typed. */
export type Choice =
  | { readonly opens: MenuName }
  | { readonly unlocks: MenuName }
  | { readonly sends: KeyCommand }
  /** Fills in a field of Device Settings: with this value, else with what the prompt holds. */
  | { readonly enters: DeviceSettingName; readonly value?: string; readonly refused?: MenuName }
  | { readonly does: 'log-in' }
  /** The phone has it; nothing of it touches provisioning, so it is shown and does nothing here. */
  | { readonly does: 'nothing' };

export interface MenuItem {
  readonly text: MessageId;
  readonly choice: Choice;
  /** Its value stands below it. */
  readonly setting?: DeviceSettingName;
}

/** One place of the menu tree. `parent`: where Back leads; absent: out of the menus. */
export type Menu = { readonly parent?: MenuName } & (
  | { readonly kind: 'list'; readonly title: MessageId; readonly items: readonly MenuItem[] }
  | { readonly kind: 'page'; readonly title: MessageId }
  | {
      readonly kind: 'prompt';
      readonly title: MessageId;
      readonly hidden: boolean;
      readonly confirmed: Choice;
    }
  | { readonly kind: 'question'; readonly title: MessageId; readonly yes: KeyCommand }
  /** More soft keys of the idle screen. */
  | { readonly kind: 'keys' }
);

/** What the menus depend on. */
export interface MenuSettings {
  readonly software: string;
  readonly settings: Readonly<Record<string, { readonly value: string }>>;
}

/** A place of the menu tree as this phone has it. */
export function menuOf(name: MenuName, { software, settings }: MenuSettings): Menu {
  const menu = menus[name];
  // Documented: M44 p69, asked for after the login name with PROMPT_AUTHNAME_ENABLE YES.
  if (
    name === 'login-user' &&
    menu.kind === 'prompt' &&
    settingOf(settings, 'PROMPT_AUTHNAME_ENABLE') === 'YES'
  ) {
    return { ...menu, confirmed: { opens: 'login-authname' } };
  }
  if (menu.kind !== 'list') return menu;
  // Assumed: with ENABLE_LOCAL_ADMIN_UI NO the way to the administration menus is not there.
  if (name === 'preferences' && settingOf(settings, 'ENABLE_LOCAL_ADMIN_UI') === 'NO') {
    return { ...menu, items: [] };
  }
  return name === 'services' && !isReleaseFrom(software, 4, 4) ? { ...menu, items: olderServices } : menu;
}

const nothing: Choice = { does: 'nothing' };
const checkForUpdates: MenuItem = { text: 'checkForUpdates', choice: { sends: { type: 'updates.ask' } } };

/** Documented: UGA p21 and p156 (1140E). */
const services: readonly MenuItem[] = [
  { text: 'search', choice: nothing },
  { text: 'loginKey', choice: { opens: 'login-user' } },
  { text: 'logout', choice: { opens: 'logout' } },
  checkForUpdates,
  { text: 'resetPhone', choice: { opens: 'reset-password' } },
  { text: 'fileManager', choice: { opens: 'file-manager' } },
  { text: 'loggingSystem', choice: nothing },
  { text: 'phoneInformation', choice: { opens: 'phone-information' } },
];

/** Assumed: below 4.4 System, which holds Erase User Data (S43 p39), stands where File Manager came. */
const olderServices = services.map(
  (item): MenuItem => (item.text === 'fileManager' ? { text: 'system', choice: { opens: 'system' } } : item),
);

const menus: Readonly<Record<MenuName, Menu>> = {
  'more-keys': { kind: 'keys' },
  services: { kind: 'list', title: 'services', items: services },
  // Documented: M43 p152, S43 p143: System holds Login and Logout too. Assumed: the order.
  system: {
    kind: 'list',
    title: 'system',
    parent: 'services',
    items: [
      { text: 'loginKey', choice: { opens: 'login-user' } },
      { text: 'logout', choice: { opens: 'logout' } },
      { text: 'eraseUserData', choice: { opens: 'erase-user-data' } },
    ],
  },
  // Documented: user guide of the 1140E p50. There is no call server to ask, so any password will do.
  'login-user': { kind: 'prompt', title: 'userId', hidden: false, confirmed: { opens: 'login-password' } },
  'login-authname': {
    kind: 'prompt',
    title: 'authenticationId',
    parent: 'login-user',
    hidden: false,
    confirmed: { opens: 'login-password' },
  },
  'login-password': {
    kind: 'prompt',
    title: 'password',
    parent: 'login-user',
    hidden: true,
    confirmed: { does: 'log-in' },
  },
  // Documented: S43 p143, Logout is confirmed and takes no password.
  logout: { kind: 'question', title: 'logoutQuestion', parent: 'services', yes: { type: 'logout' } },
  // Documented: UGA p157, the user's password and then Yes or No.
  'reset-password': {
    kind: 'prompt',
    title: 'password',
    parent: 'services',
    hidden: true,
    confirmed: { opens: 'reset' },
  },
  reset: { kind: 'question', title: 'resetQuestion', parent: 'services', yes: { type: 'phone.reset' } },
  // Assumed: as every other loss it is confirmed first.
  'erase-user-data': {
    kind: 'question',
    title: 'eraseQuestion',
    parent: 'system',
    yes: { type: 'user-data.erase' },
  },
  // Documented: UGA p158, deleting the System file is a factory reset. Assumed: without the
  // password.
  'file-manager': {
    kind: 'list',
    title: 'fileManager',
    parent: 'services',
    items: [
      { text: 'profiles', choice: nothing },
      { text: 'sounds', choice: nothing },
      { text: 'languages', choice: nothing },
      { text: 'images', choice: nothing },
      { text: 'logs', choice: nothing },
      { text: 'systemFile', choice: { opens: 'factory-reset' } },
      { text: 'allFiles', choice: nothing },
    ],
  },
  'factory-reset': {
    kind: 'question',
    title: 'caReset2FactoryPrompt',
    parent: 'file-manager',
    yes: { type: 'factory.reset' },
  },
  'phone-information': { kind: 'page', title: 'phoneInformation', parent: 'services' },
  preferences: {
    kind: 'list',
    title: 'preferences',
    items: [{ text: 'network', choice: { opens: 'admin-password' } }],
  },
  'admin-password': {
    kind: 'prompt',
    title: 'adminPassword',
    parent: 'preferences',
    hidden: true,
    confirmed: { unlocks: 'network' },
  },
  'wrong-password': { kind: 'page', title: 'wrongPassword', parent: 'preferences' },
  // Documented: UGA p160 and p161. Assumed: Lock leaves the menus.
  network: {
    kind: 'list',
    title: 'network',
    parent: 'preferences',
    items: [
      { text: 'serverSettings', choice: { opens: 'server-settings' } },
      { text: 'deviceSettings', choice: { opens: 'device-settings' } },
      { text: 'diagnostics', choice: { opens: 'diagnostics' } },
      { text: 'lock', choice: { opens: 'preferences' } },
    ],
  },
  'server-settings': { kind: 'page', title: 'serverSettings', parent: 'network' },
  ...deviceSettingsMenus,
  diagnostics: {
    kind: 'list',
    title: 'diagnostics',
    parent: 'network',
    items: [
      { text: 'ipInformation', choice: { opens: 'ip-information' } },
      { text: 'networkTools', choice: nothing },
      { text: 'ethernetStatistics', choice: nothing },
      { text: 'ipStatistics', choice: nothing },
      { text: 'advancedTools', choice: nothing },
      { text: 'testKey', choice: nothing },
    ],
  },
  'ip-information': { kind: 'page', title: 'ipInformation', parent: 'diagnostics' },
};

const DOMAINS_MAX = 5;

/** SIP_DOMAIN1 to SIP_DOMAIN5, as far as they are set. */
export function configuredDomains(
  settings: MenuSettings['settings'],
): readonly { readonly number: number; readonly domain: string }[] {
  return Array.from({ length: DOMAINS_MAX }, (_, index) => ({
    number: index + 1,
    domain: settingOf(settings, `SIP_DOMAIN${index + 1}`),
  })).filter(({ domain }) => domain !== '');
}

/** Prompts whose text is a password: it may not leave the program. */
export function isHiddenPrompt(name: MenuName): boolean {
  const menu = menus[name];
  return menu.kind === 'prompt' && menu.hidden;
}

/** The heading of a place; undefined for more soft keys, which change nothing else. */
export function menuTitle(name: MenuName): MessageId | undefined {
  const menu = menus[name];
  return menu.kind === 'keys' ? undefined : menu.title;
}
