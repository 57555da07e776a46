import type { MenuName } from '../events/menu-names.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { TypedDeviceSettings } from '../provisioning/device-settings.ts';
import type { UserFileKind } from '../provisioning/user-file.ts';
import type { SectionName } from '../provisioning/words.ts';
import { isInDeviceSettings } from './device-settings-menus.ts';
import { message } from './messages.ts';
import { endedByPhone, failureNotice, planNotice, skipNotice } from './notices.ts';
import type { PhoneState } from './phone-state.ts';

/** What the panel shows, before it is cut into lines. */
export type Screen =
  | { readonly name: 'off' }
  | { readonly name: 'power-on' }
  | { readonly name: 'boot-loader'; readonly inSeconds: number | null }
  | { readonly name: 'recovery'; readonly attempt: number; readonly attemptsMax: number }
  | { readonly name: 'recovery-failed'; readonly retryInSeconds: number | null }
  | { readonly name: 'starting'; readonly software: string }
  | { readonly name: 'dhcp' }
  | { readonly name: 'no-dhcp' }
  | { readonly name: 'network'; readonly address: string | null }
  | { readonly name: 'locating-server'; readonly server: string }
  | {
      readonly name: 'updating';
      /** What is renewed; null: the provisioning file is fetched first. */
      readonly what: SectionName | UserFileKind | null;
      readonly file: string;
    }
  | { readonly name: 'updating-firmware'; readonly bytes: number; readonly sizeBytes: number | null }
  | { readonly name: 'writing'; readonly software: string }
  | { readonly name: 'notice'; readonly text: string }
  | { readonly name: 'restarting'; readonly inSeconds: number }
  | { readonly name: 'login'; readonly why: string }
  | { readonly name: 'logging-in'; readonly user: string }
  | { readonly name: 'banner'; readonly text: string }
  | { readonly name: 'idle' }
  | AskingScreen
  | MenuScreen;

/** A place of the menus, over the screen that is shown again when they are left. */
export interface MenuScreen {
  readonly name: 'menu';
  readonly menu: MenuName;
  /** Where the cursor stands, from 1. */
  readonly item: number;
  /** What the prompts passed on the way here hold. */
  readonly typed: Readonly<Partial<Record<MenuName, string>>>;
  /** Fields of Device Settings that were filled in and wait for Apply&Reset. */
  readonly entered: TypedDeviceSettings;
  readonly over: Screen;
}

/** A question that waits for a key, over the screen that is shown again after it. */
export interface AskingScreen {
  readonly name: 'question';
  readonly question: Fact<'question.asked'>['question'];
  readonly section: SectionName | null;
  /** What it is about; empty: no file. */
  readonly file: string;
  /** What the user is to accept; empty: nothing is shown. */
  readonly fingerprint: string;
  /** What a question that is answered by a text holds. */
  readonly typed: string;
  /** Which of three questions about one update; null: there is only one. */
  readonly round: number | null;
  /** From when it was asked; null: waits without limit. */
  readonly expiresInMs: number | null;
  readonly over: Screen;
}

/**
 * What a fact is judged by beside itself: the transfer under way, and where the phone stands after the fact.
 */
export interface Surroundings {
  readonly transfer: Fact<'file.requested'> | undefined;
  readonly state: PhoneState;
  /** Who logged in last; empty: nobody is known. */
  readonly lastUser: string;
}

/** The screen after a fact; most facts leave it as it is. */
export function screenAfter(screen: Screen, event: PhoneEvent, around: Surroundings): Screen {
  if (screen.name !== 'menu' || takesPanel(event)) return plainScreenAfter(screen, event, around);
  switch (event.type) {
    case 'menu.opened':
      return openedFrom(screen, event, around);
    case 'text.typed':
      return { ...screen, typed: { ...screen.typed, [event.menu]: event.text } };
    case 'setting.entered':
      return { ...screen, entered: { ...screen.entered, [event.setting]: event.value } };
    case 'menu.closed':
      return screen.over;
    case 'question.asked':
      return asking(screen, event);
    default: {
      // A check goes on behind the menus, and is seen again when they are left.
      const over = plainScreenAfter(screen.over, event, around);
      return over === screen.over ? screen : { ...screen, over };
    }
  }
}

/** Facts that leave no menu open: the phone goes dark, or somebody logs in or out. */
function takesPanel({ type }: PhoneEvent): boolean {
  return panelTakers.has(type);
}

const panelTakers: ReadonlySet<PhoneEvent['type']> = new Set([
  'power.on',
  'power.off',
  'boot-loader.started',
  'recovery.started',
  'recovery.failed',
  'software.started',
  'phone.restarting',
  'phone.restarted',
  'login.shown',
  'login.started',
  'login.refused',
  'banner.shown',
]);

function plainScreenAfter(screen: Screen, event: PhoneEvent, around: Surroundings): Screen {
  const { transfer, state } = around;
  switch (event.type) {
    case 'power.on':
      return { name: 'power-on' };
    case 'power.off':
      return { name: 'off' };
    case 'boot-loader.started':
      return {
        name: 'boot-loader',
        inSeconds: event.startsInMs === undefined ? null : seconds(event.startsInMs),
      };
    case 'recovery.started':
      return { name: 'recovery', attempt: event.attempt, attemptsMax: event.attemptsMax };
    case 'recovery.failed':
      return {
        name: 'recovery-failed',
        retryInSeconds: event.retryInMs === null ? null : seconds(event.retryInMs),
      };
    case 'software.started':
      return { name: 'starting', software: event.software };
    case 'dhcp.started':
      return isBeforeSoftware(screen) ? { name: 'dhcp' } : screen;
    case 'dhcp.failed':
      return isBeforeSoftware(screen) ? { name: 'no-dhcp' } : screen;
    case 'network.ready':
      return { name: 'network', address: event.address };
    case 'update.started':
      return { name: 'locating-server', server: event.server };
    case 'file.requested':
      return event.section === 'FW'
        ? { name: 'updating-firmware', bytes: 0, sizeBytes: null }
        : { name: 'updating', what: event.userFile ?? event.section, file: event.file };
    case 'file.opened':
      return screen.name === 'updating-firmware' ? { ...screen, sizeBytes: event.sizeBytes } : screen;
    case 'file.progressed':
      return screen.name === 'updating-firmware'
        ? { ...screen, bytes: event.bytes, sizeBytes: event.sizeBytes }
        : screen;
    case 'file.failed':
    case 'file.refused':
      if (endedByPhone(event)) return screen;
      return { name: 'notice', text: failureNotice(event, transfer) };
    case 'provisioning-file.refused':
      return { name: 'notice', text: planNotice(event) };
    case 'section.decided': {
      const text = skipNotice(event);
      return text === undefined ? screen : { name: 'notice', text };
    }
    case 'firmware.writing':
      return { name: 'writing', software: event.to };
    case 'firmware.written':
      return { name: 'notice', text: message('caFinished') };
    case 'firmware.identical':
      return { name: 'notice', text: message('caFWIdentical') };
    case 'phone.restarting':
      return { name: 'restarting', inSeconds: seconds(event.inMs) };
    case 'phone.restarted':
      return { name: 'power-on' };
    case 'update.finished':
      return restingScreen(screen, state);
    case 'login.shown':
      return { name: 'login', why: event.why };
    case 'login.started':
      return { name: 'logging-in', user: event.user };
    case 'login.refused':
      return { name: 'login', why: event.why };
    case 'banner.shown':
      return { name: 'banner', text: event.text };
    case 'phone.idle':
      return { name: 'idle' };
    case 'question.asked':
      return asking(screen, event);
    case 'question.answered':
      return screen.name === 'question' && screen.question === event.question ? screen.over : screen;
    case 'answer.typed':
      if (screen.name !== 'question' || screen.question !== event.question) return screen;
      return { ...screen, typed: event.text };
    case 'menu.opened':
      return openedFrom(screen, event, around);
    default:
      return screen;
  }
}

/** A phone that is up asks for a lease behind whatever it shows. */
function isBeforeSoftware({ name }: Screen): boolean {
  return name === 'power-on' || name === 'boot-loader' || name === 'dhcp' || name === 'no-dhcp';
}

/**
 * Documented: user guide of the 1140E p50, the prompt for the user has the one of before, the prompt for the
 * authentication ID that user.
 */
function openedFrom(
  screen: Screen,
  { menu, item }: Fact<'menu.opened'>,
  { lastUser }: Surroundings,
): MenuScreen {
  const typed: MenuScreen['typed'] = screen.name === 'menu' ? screen.typed : {};
  const over = screen.name === 'menu' ? screen.over : screen;
  const prefilled: MenuScreen['typed'] = {
    'login-user': lastUser,
    'login-authname': typed['login-user'] ?? '',
  };
  // Assumed: whoever leaves Device Settings without Apply&Reset leaves all as it was.
  const entered = screen.name === 'menu' && isInDeviceSettings(menu) ? screen.entered : {};
  return { name: 'menu', menu, item, typed: { ...typed, [menu]: prefilled[menu] ?? '' }, entered, over };
}

function asking(screen: Screen, event: Fact<'question.asked'>): Screen {
  return {
    name: 'question',
    question: event.question,
    section: event.section ?? null,
    file: event.file ?? '',
    fingerprint: event.fingerprint ?? '',
    typed: '',
    round: event.round ?? null,
    expiresInMs: event.expiresInMs,
    over: screen.name === 'question' ? screen.over : screen,
  };
}

/** Questions that are answered by a text and OK. */
export function isAnsweredByText(question: AskingScreen['question']): boolean {
  return question === 'enter-fingerprint' || question === 'pkcs12-password';
}

/** Questions whose answer is a password: it may not leave the program. */
export function isHiddenAnswer(question: AskingScreen['question']): boolean {
  return question === 'pkcs12-password';
}

/** Where a phone without menus and checks stands. */
function restingScreen(screen: Screen, state: PhoneState): Screen {
  if (state === 'idle') return { name: 'idle' };
  if (state === 'login') return { name: 'login', why: '' };
  return screen;
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
