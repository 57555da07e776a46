import { settingOf } from '../provisioning/parameters.ts';
import type { Drawing, Furniture } from './draw.ts';
import { isHiddenPrompt, type MenuItem, menuOf } from './menu.ts';
import { message } from './messages.ts';
import type { Screen } from './screen.ts';

type MenuScreen = Extract<Screen, { name: 'menu' }>;

const DOMAINS_MAX = 5;

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
      return { top: [message(menu.title), ...pageOf(screen, furniture)] };
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

function pageOf({ menu }: MenuScreen, furniture: Furniture): readonly string[] {
  const { software, mac, user, settings } = furniture;
  switch (menu) {
    case 'phone-information':
      return [message('loadVersion', software), message('userName', user), message('macAddress', mac)];
    case 'server-settings':
      return domainsOf(settings);
    case 'device-settings':
      return [message('provisioning'), ...provisioningOf(furniture)];
    case 'ip-information':
      return provisioningOf(furniture);
    default:
      return [];
  }
}

function domainsOf(settings: Furniture['settings']): readonly string[] {
  return Array.from({ length: DOMAINS_MAX }, (_, index) => index + 1).flatMap((number) => {
    const domain = settingOf(settings, `SIP_DOMAIN${number}`);
    return domain === '' ? [] : [message('domainOf', number, domain)];
  });
}

/** Observed: " URL:" and " Protocol:" in the language files. What the last check used. */
function provisioningOf({ server }: Furniture): readonly string[] {
  const [protocol = ''] = server.split('://');
  return [
    `${message('caDHCPProvURL')} ${server}`,
    `${message('caDHCPProvProtocol')} ${server === '' ? '' : protocol.toUpperCase()}`,
  ];
}
