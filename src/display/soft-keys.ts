import type { Fact } from '../events/phone-event.ts';
import { checkDeviceSetting, deviceSettingNames } from '../provisioning/device-settings.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { opensAdministration } from './admin-password.ts';
import type { DndFlags } from './dnd.ts';
import {
  type Choice,
  configuredDomains,
  type KeyCommand,
  type Menu,
  type MenuSettings,
  menuOf,
} from './menu.ts';
import { message } from './messages.ts';
import { type AskingScreen, isAnsweredByText, type MenuScreen, type Screen } from './screen.ts';

/** What the panel itself does at a key, as the facts that tell it. */
export type PanelFact =
  | Fact<'menu.opened'>
  | Fact<'menu.closed'>
  | Fact<'text.typed'>
  | Fact<'answer.typed'>
  | Fact<'setting.entered'>;

/** What a key does: the panel changes, then perhaps the phone is told. */
export interface Meaning {
  readonly facts: readonly PanelFact[];
  readonly command?: KeyCommand;
}

export interface SoftKey {
  /** At most six characters; empty: no key. */
  readonly label: string;
  /** What it is called where there is room. */
  readonly fullName?: string;
  /** Undefined: labelled, and nothing of it touches provisioning. */
  readonly meaning?: Meaning;
}

/** What the meaning of a key depends on beside the screen. */
export interface KeySettings extends MenuSettings {
  readonly dnd: DndFlags;
  /** A check began while the phone was idle, and is under way. */
  readonly checkAtIdle: boolean;
}

type FourKeys = readonly [SoftKey, SoftKey, SoftKey, SoftKey];

const blank: SoftKey = { label: '' };
const noKeys: FourKeys = [blank, blank, blank, blank];

export const closeMenus: Meaning = { facts: [{ type: 'menu.closed' }] };

/** The four soft keys of a screen, from the left. */
export function softKeysOf(screen: Screen, settings: KeySettings): FourKeys {
  switch (screen.name) {
    case 'login':
      return [
        { label: message('loginKey'), meaning: opening('login-user') },
        blank,
        { label: message('servicesKey'), meaning: opening('services') },
        blank,
      ];
    case 'banner':
      return [{ label: message('ok'), meaning: ordering({ type: 'banner.confirm' }) }, blank, blank, blank];
    case 'idle':
      return idleKeys;
    // Assumed: the user goes on working while a check runs, unless it is that of the boot.
    case 'locating-server':
    case 'updating':
    case 'updating-firmware':
    case 'notice':
      return settings.checkAtIdle ? idleKeys : noKeys;
    case 'question':
      return answerKeys(screen);
    case 'menu':
      return menuKeys(screen, settings);
    default:
      return noKeys;
  }
}

// Documented: Services is a soft key on the 1200 (M44 p45), labelled Srvcs (S43 p39). Assumed: the others.
const idleKeys: FourKeys = [
  { label: message('redial'), meaning: ordering({ type: 'call.dial' }) },
  { label: message('messages') },
  { label: message('servicesKey'), meaning: opening('services') },
  { label: message('moreKeys'), meaning: opening('more-keys') },
];

function answerKeys(screen: AskingScreen): FourKeys {
  if (isAnsweredByText(screen.question)) {
    const confirmed = ordering({ type: 'question.enter', text: screen.typed });
    return [
      { label: message('ok'), meaning: confirmed },
      { label: message('clear'), meaning: typingAnswer(screen, '') },
      blank,
      blank,
    ];
  }
  return screen.question === 'install-section'
    ? answers(
        { label: message('ca6InstallButton'), fullName: message('caInstallButton') },
        { label: message('ca6LaterButton'), fullName: message('caLaterButton') },
      )
    : answers({ label: message('yes') }, { label: message('no') });
}

/** A question with another text in its answer. */
export function typingAnswer({ question }: AskingScreen, text: string): Meaning {
  return { facts: [{ type: 'answer.typed', question, text }] };
}

/** What choosing an item or confirming a prompt comes to. */
export function chosen(choice: Choice, { menu, typed }: MenuScreen, { settings }: KeySettings): Meaning {
  if ('opens' in choice) return opening(choice.opens);
  if ('sends' in choice) return { ...closeMenus, command: choice.sends };
  if ('unlocks' in choice) {
    const opens = opensAdministration(typed['admin-password'] ?? '', settingOf(settings, 'ADMIN_PASSWORD'));
    return opening(opens ? choice.unlocks : 'wrong-password');
  }
  if ('enters' in choice) return entering(choice, typed[menu] ?? '');
  if (choice.does === 'nothing') return { facts: [] };
  return { ...closeMenus, command: { type: 'login.submit', user: typed['login-user'] ?? '' } };
}

/** A field of Device Settings is filled in, or the value is refused. */
function entering(
  { enters, value, refused }: Extract<Choice, { readonly enters: unknown }>,
  typed: string,
): Meaning {
  const checked = checkDeviceSetting(enters, value ?? typed);
  if (!checked.ok) return opening(refused ?? 'device-settings');
  const item = deviceSettingNames.indexOf(enters) + 1;
  return {
    facts: [
      { type: 'setting.entered', setting: enters, value: checked.value },
      { type: 'menu.opened', menu: 'device-settings', item },
    ],
  };
}

function menuKeys(screen: MenuScreen, settings: KeySettings): FourKeys {
  const menu = menuOf(screen.menu, settings);
  const back = { label: message('back'), meaning: backFrom(menu) };
  switch (menu.kind) {
    case 'keys':
      return [
        { label: message('dnd'), meaning: ordering({ type: 'dnd.set', on: !settings.dnd.user }) },
        { label: message('prefs'), meaning: opening('preferences') },
        blank,
        { label: message('moreKeys'), meaning: closeMenus },
      ];
    case 'list': {
      const item = menu.items[screen.item - 1];
      if (item === undefined) return [blank, blank, blank, back];
      const select = { label: message('select'), meaning: chosen(item.choice, screen, settings) };
      return screen.menu === 'device-settings'
        ? [
            select,
            allAutomatic,
            applyKey(screen),
            { ...back, label: message('cancel'), fullName: message('back') },
          ]
        : [select, blank, blank, back];
    }
    case 'page':
      return [blank, blank, blank, back];
    case 'prompt':
      return [
        { label: message('ok'), meaning: chosen(menu.confirmed, screen, settings) },
        { label: message('clear'), meaning: typing(screen, '') },
        screen.menu === 'login-user' ? domainKey(screen, settings) : blank,
        back,
      ];
    case 'question':
      return [
        { label: message('yes'), meaning: { ...closeMenus, command: menu.yes } },
        { label: message('no'), meaning: backFrom(menu) },
        blank,
        blank,
      ];
  }
}

/** Documented: user guide of the 1140E p285, it picks a domain. Assumed: the next one at each press. */
function domainKey(screen: MenuScreen, { settings }: KeySettings): SoftKey {
  const domains = configuredDomains(settings).map(({ domain }) => domain);
  const [user = '', current] = (screen.typed['login-user'] ?? '').split('@');
  const next = domains[(domains.indexOf(current ?? '') + 1) % domains.length];
  return next === undefined
    ? blank
    : { label: message('domainKey'), meaning: typing(screen, `${user}@${next}`) };
}

// Documented: M43 p158 and M44 p141, AllAut puts every value back to AUTO.
const allAutomatic: SoftKey = {
  label: message('allAutomatic'),
  meaning: ordering({ type: 'settings.all-auto' }),
};

/** Observed: Apply&Reset (M43 p158). Assumed: as much of it as a soft key's label holds is shown. */
function applyKey({ entered }: MenuScreen): SoftKey {
  const meaning: Meaning = { ...closeMenus, command: { type: 'device-settings.apply', typed: entered } };
  return { label: message('apply'), fullName: message('applyAndReset'), meaning };
}

/** A prompt with another text in it. */
export function typing({ menu }: MenuScreen, text: string): Meaning {
  return { facts: [{ type: 'text.typed', menu, text }] };
}

export function opening(menu: Fact<'menu.opened'>['menu'], item = 1): Meaning {
  return { facts: [{ type: 'menu.opened', menu, item }] };
}

/** Where Back leads. */
export function backFrom(menu: Menu): Meaning {
  return menu.parent === undefined ? closeMenus : opening(menu.parent);
}

function ordering(command: KeyCommand): Meaning {
  return { facts: [], command };
}

function answers(yes: SoftKey, no: SoftKey): FourKeys {
  return [
    { ...yes, meaning: ordering({ type: 'question.answer', answer: 'yes' }) },
    { ...no, meaning: ordering({ type: 'question.answer', answer: 'no' }) },
    blank,
    blank,
  ];
}
