import { pageOf } from './draw-menu.ts';
import type { Lcd } from './lcd.ts';
import { type Choice, type Menu, menuOf } from './menu.ts';
import { isMessage, message } from './messages.ts';
import { isAnsweredByText, type Screen } from './screen.ts';
import {
  backFrom,
  chosen,
  closeMenus,
  type Meaning,
  opening,
  softKeysOf,
  typing,
  typingAnswer,
} from './soft-keys.ts';

/**
 * The keys that are on every panel: Documented, UG p241. Those without a meaning here touch
 * nothing of provisioning.
 */
export const fixedKeys = [
  'Up',
  'Down',
  'Left',
  'Right',
  'Enter',
  'Quit',
  'Goodbye',
  'Inbox',
  'Mute',
  'Hold',
  'Volume+',
  'Volume-',
  'Headset',
  'Handsfree',
] as const;
type FixedKey = (typeof fixedKeys)[number];

/** A phone's panel, as far as its keys depend on it. */
export type PanelOfKeys = Pick<Lcd, 'screen' | 'seen'>;
type MenuScreen = Extract<Screen, { name: 'menu' }>;

/**
 * What a key means on the panel as it stands, or undefined when it has no effect. `key` is the label of a
 * soft key or its place (`Soft1` to `Soft4`), a digit or the text of an item of the menu shown, a fixed key,
 * or in a prompt the text that is typed. Letter case does not matter, but in what is typed.
 */
export function keyMeaning(panel: PanelOfKeys, key: string): Meaning | undefined {
  const { screen } = panel;
  const softKeys = softKeysOf(screen, panel.seen);
  const labelled = softKeys.find(({ label, fullName = label }) =>
    [label, fullName].some((name) => name !== '' && sameKey(name, key)),
  );
  if (labelled !== undefined) return effective(labelled.meaning);
  const place = /^soft([1-4])$/i.exec(key)?.[1];
  if (place !== undefined) return effective(softKeys[Number(place) - 1]?.meaning);
  const fixed = fixedKeys.find((name) => sameKey(name, key));
  if (fixed !== undefined) return effective(fixedMeaning(fixed, panel));
  if (screen.name === 'question' && isAnsweredByText(screen.question)) {
    return typingAnswer(screen, screen.typed + key);
  }
  if (takesDigits(screen) && key === factoryCode(panel.seen.mac)) {
    return { facts: [], command: { type: 'factory.reset' } };
  }
  return screen.name === 'menu' ? effective(menuMeaning(key, screen, panel)) : undefined;
}

/**
 * Documented: UGA p160, Services pressed twice leads to Network. So a phone that nobody can log in to is
 * given a server.
 */
function isServicesAgain(key: string, { menu }: MenuScreen, { seen }: PanelOfKeys): boolean {
  if (menu !== 'services' || !sameKey(key, message('servicesKey'))) return false;
  const preferences = menuOf('preferences', seen);
  return preferences.kind === 'list' && preferences.items.length > 0;
}

/** Whether a key is named as the panel names one: what else is pressed is a text that was typed. */
export function isKeyName(key: string): boolean {
  return isMessage(key) || /^soft[1-4]$/i.test(key) || fixedKeys.some((name) => sameKey(name, key));
}

/** Assumed: the dial pad is listened to where no menu and no question takes the digits. */
function takesDigits({ name }: Screen): boolean {
  return name === 'idle' || name === 'login';
}

/**
 * The digits that return a phone to its factory settings: RENEW and its MAC, letters as they stand on the
 * dial pad (FP; Michael McNamara's notes of 2009). Typed whole; one wrong digit has no effect.
 */
function factoryCode(mac: string): string {
  const digits = mac.replace(/[A-C]/g, '2').replace(/[D-F]/g, '3');
  return `**73639${digits}##`;
}

/** The keys that do something on the panel as it stands, as one would name them. */
export function keysOf({ screen, seen }: PanelOfKeys): string[] {
  const labels = softKeysOf(screen, seen).flatMap(({ label, fullName = label, meaning }) =>
    effective(meaning) ? [fullName] : [],
  );
  if (screen.name === 'question' && isAnsweredByText(screen.question)) return ['text', ...labels];
  if (screen.name !== 'menu') return labels;
  const menu = menuOf(screen.menu, seen);
  if (menu.kind === 'prompt') return ['text', ...labels];
  const items = menu.kind === 'list' ? menu.items : [];
  const numbered = items.flatMap(({ text, choice }, index) =>
    isIdle(choice) ? [] : [`${index + 1} ${message(text)}`],
  );
  return [...numbered, ...labels];
}

function menuMeaning(key: string, screen: MenuScreen, panel: PanelOfKeys): Meaning | undefined {
  if (isServicesAgain(key, screen, panel)) return opening('admin-password');
  const { seen } = panel;
  const menu = menuOf(screen.menu, seen);
  if (menu.kind === 'prompt') return typing(screen, (screen.typed[screen.menu] ?? '') + key);
  if (menu.kind !== 'list') return undefined;
  const item = menu.items.find(({ text }, index) => key === String(index + 1) || sameKey(message(text), key));
  return item && chosen(item.choice, screen, seen);
}

function fixedMeaning(key: FixedKey, panel: PanelOfKeys): Meaning | undefined {
  const { screen, seen } = panel;
  if (key === 'Goodbye' && seen.inCall) return { facts: [], command: { type: 'call.end' } };
  if (screen.name !== 'menu') return undefined;
  const menu = menuOf(screen.menu, seen);
  switch (key) {
    case 'Up':
      return cursorMoved(screen, menu, { by: -1, seen });
    case 'Down':
      return cursorMoved(screen, menu, { by: 1, seen });
    case 'Left':
      return backFrom(menu);
    case 'Right':
      return menu.kind === 'list' ? softKeysOf(screen, seen)[0].meaning : undefined;
    // Assumed: a question is answered by its own keys only.
    case 'Enter':
      return menu.kind === 'list' || menu.kind === 'prompt' ? softKeysOf(screen, seen)[0].meaning : undefined;
    case 'Quit':
    case 'Goodbye':
      return closeMenus;
    default:
      return undefined;
  }
}

/** Assumed: from the last item down to the first, and back; a page ends at its ends. */
function cursorMoved(
  { menu: name, item }: MenuScreen,
  menu: Menu,
  { by, seen }: { readonly by: 1 | -1; readonly seen: PanelOfKeys['seen'] },
): Meaning | undefined {
  if (menu.kind === 'page') {
    const to = item + by;
    return to >= 1 && to <= pageOf(name, seen).length ? opening(name, to) : undefined;
  }
  if (menu.kind !== 'list' || menu.items.length === 0) return undefined;
  const count = menu.items.length;
  return opening(name, ((item - 1 + by + count) % count) + 1);
}

function isIdle(choice: Choice): boolean {
  return 'does' in choice && choice.does === 'nothing';
}

/** A meaning that does nothing is none. */
function effective(meaning: Meaning | undefined): Meaning | undefined {
  return meaning !== undefined && (meaning.facts.length > 0 || meaning.command) ? meaning : undefined;
}

function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
