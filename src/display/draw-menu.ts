import type { MenuName } from '../events/menu-names.ts';
import type { Drawing, Furniture } from './draw.ts';
import { configuredDomains, isHiddenPrompt, type MenuItem, menuOf } from './menu.ts';
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
      return {
        top: [message(menu.title), ...menu.items.map((item, index) => listed(item, index + 1, screen.item))],
        cursor: Math.min(screen.item, menu.items.length),
      };
    case 'page':
      return { top: [message(menu.title), ...pageOf(screen.menu, furniture)], scrolled: screen.item - 1 };
    case 'prompt':
      return { top: [message(menu.title), shownText(screen)] };
    case 'question':
      return { top: [message(menu.title)] };
  }
}

/** The digit that picks it stands before an item, as it does in the R4.4 user guide. */
function listed({ text }: MenuItem, number: number, cursor: number): string {
  return `${number === cursor ? '>' : ' '}${number} ${message(text)}`;
}

function shownText({ menu, typed }: MenuScreen): string {
  const text = typed[menu] ?? '';
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
    case 'device-settings':
      return [message('provisioning'), ...provisioningOf(furniture)];
    case 'ip-information':
      return [...(address === '' ? [] : [message('address', address)]), ...provisioningOf(furniture)];
    default:
      return [];
  }
}

/** Observed: " URL:" and " Protocol:" in the language files. What the last check used. */
function provisioningOf({ server }: PageFurniture): readonly string[] {
  const [protocol = ''] = server.split('://');
  return [
    `${message('caDHCPProvURL')} ${server}`,
    `${message('caDHCPProvProtocol')} ${server === '' ? '' : protocol.toUpperCase()}`,
  ];
}
