import type { MenuName } from '../events/menu-names.ts';
import type { DeviceSettingName } from '../provisioning/device-settings.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import type { Drawing, Furniture } from './draw.ts';
import { configuredDomains, isHiddenPrompt, type Menu, type MenuItem, menuOf } from './menu.ts';
import { message } from './messages.ts';
import type { MenuScreen } from './screen.ts';

/** What pages are made of. */
export type PageFurniture = Pick<Furniture, 'software' | 'settings' | 'mac' | 'user' | 'server' | 'address'>;

/** A menu, page, prompt or question as text; undefined where only the soft keys are others. */
export function drawMenu(screen: MenuScreen, furniture: Furniture): Drawing | undefined {
  const menu = menuOf(screen.menu, furniture);
  switch (menu.kind) {
    case 'keys':
      return undefined;
    case 'list':
      return drawList(menu, screen, furniture);
    case 'page':
      return { top: [message(menu.title), ...pageOf(screen.menu, furniture)], scrolled: screen.item - 1 };
    case 'prompt':
      return { top: [message(menu.title), shownText(screen)] };
    case 'question':
      return { top: [message(menu.title)] };
  }
}

/** An item a line, and its value on the line below. */
function drawList(
  { title, items }: Extract<Menu, { kind: 'list' }>,
  screen: MenuScreen,
  furniture: PageFurniture,
): Drawing {
  const shown = items.map((item, index) => [
    listed(item, index + 1, screen.item),
    ...(item.setting === undefined ? [] : [shownSetting(item.setting, screen, furniture)]),
  ]);
  return { top: [message(title), ...shown.flat()], cursor: shown.slice(0, screen.item).flat().length };
}

/** As it was filled in, else as flash has it, else as the last check used it. */
function shownSetting(
  name: DeviceSettingName,
  { entered }: MenuScreen,
  { settings, server }: PageFurniture,
): string {
  const value = entered[name] ?? settings[name]?.value;
  switch (name) {
    case 'PROVISIONING_URL':
      return `  ${withoutPassword(value ?? server)}`;
    case 'PROVISIONING_PROTOCOL':
      return `  ${value ?? protocolOf(server)}`;
    case 'PROVISIONING_ID':
      return `  ${value ?? ''}`;
    // Assumed: how long it is does not show.
    case 'PROVISIONING_PASSWORD':
      return `  ${value === undefined || value === '' ? '' : '********'}`;
  }
}

/** The digit that picks it stands before an item, as it does in the R4.4 user guide. */
function listed({ text }: MenuItem, number: number, cursor: number): string {
  return `${number === cursor ? '>' : ' '}${number} ${message(text)}`;
}

function shownText({ menu, typed }: MenuScreen): string {
  const text = typed[menu] ?? '';
  if (menu === 'device-server-url') return withoutPassword(text);
  return isHiddenPrompt(menu) ? '*'.repeat([...text].length) : text;
}

/** What a page says below its title, a paragraph each. */
export function pageOf(menu: MenuName, furniture: PageFurniture): readonly string[] {
  const { software, mac, user, settings, address } = furniture;
  switch (menu) {
    // Documented: UGA p155, with its details.
    case 'phone-information':
      return [
        message('loadVersion', software),
        message('userName', user),
        message('macAddress', mac),
        ...(address === '' ? [] : [message('address', address)]),
      ];
    case 'server-settings':
      return configuredDomains(settings).map(({ number, domain }) => message('domainOf', number, domain));
    // Observed: what the phone says beside its fields.
    case 'wrong-server-url':
      return [message('enterCharacters', 1, 49)];
    case 'wrong-device-id':
      return [message('enterCharacters', 4, 20)];
    case 'wrong-device-password':
      return [message('enterCharacters', 4, 12)];
    case 'ip-information':
      return [...(address === '' ? [] : [message('address', address)]), ...provisioningOf(furniture)];
    default:
      return [];
  }
}

/** Observed: " URL:" and " Protocol:" in the language files. What the last check used. */
function provisioningOf({ server }: PageFurniture): readonly string[] {
  return [`${message('caDHCPProvURL')} ${server}`, `${message('caDHCPProvProtocol')} ${protocolOf(server)}`];
}

function protocolOf(server: string): string {
  const [protocol = ''] = server.split('://');
  return server === '' ? '' : protocol.toUpperCase();
}
