import type { Fact, FlashChange, PhoneEvent } from '../events/phone-event.ts';
import type { Model } from '../provisioning/words.ts';
import { type DndFlags, dndOff, dndShown, foldDnd } from './dnd.ts';
import { type Drawing, draw } from './draw.ts';
import { type Geometry, geometries, type SoftKeys } from './geometry.ts';
import { type MessageId, message } from './messages.ts';
import { endedByPhone, failureNotice, isForOtherHardware, planNotice } from './notices.ts';
import { foldStanding, type Standing, standingOff } from './phone-state.ts';
import { type Screen, screenAfter } from './screen.ts';
import { softKeysOf } from './soft-keys.ts';
import { toWidth, wrap } from './wrap.ts';

/** A phone's panel as data. */
export interface Lcd {
  readonly model: Model;
  /** Off: no power, nothing to read. */
  readonly backlight: boolean;
  readonly screen: Screen;
  /** As many lines as the model has, each of exactly its columns. */
  readonly lines: readonly string[];
  /** Labels, at most six characters each; empty: the key does nothing. */
  readonly softKeys: SoftKeys;
  readonly indicators: Indicators;
  /** What earlier facts told and later screens need. */
  readonly seen: Seen;
}

export interface Indicators {
  /** The *or* of the user's own DND and the update's. */
  readonly dnd: boolean;
  /** The message-waiting lamp. No fact lights it yet. */
  readonly messageWaiting: boolean;
  readonly inCall: boolean;
}

/** What a panel remembers of earlier facts. */
export interface Seen {
  readonly standing: Standing;
  readonly dnd: DndFlags;
  readonly settings: Settings;
  readonly profiles: Profiles;
  readonly software: string;
  readonly mac: string;
  readonly server: string;
  /** Empty: not told. */
  readonly address: string;
  readonly checkAtIdle: boolean;
  readonly inCall: boolean;
  readonly user: string;
  readonly notice: string;
  readonly transfer: Fact<'file.requested'> | undefined;
}

type Settings = Fact<'flash.read'>['settings'];
type Profiles = Fact<'flash.read'>['profiles'];

/** A panel without power. */
export function blankLcd(model: Model): Lcd {
  return shown(model, { name: 'off' }, unseen);
}

/**
 * The panel after a fact: `journal.reduce((lcd, { event }) => redraw(lcd, event), blankLcd('1230'))`. Never
 * throws.
 */
export function redraw(lcd: Lcd, event: PhoneEvent): Lcd {
  const seen = look(lcd.seen, event);
  const { transfer, standing, profiles } = seen;
  const lastUser = Object.keys(profiles).at(-1) ?? '';
  const screen = screenAfter(lcd.screen, event, { transfer, state: standing.state, lastUser });
  const model = event.type === 'flash.read' ? event.model : lcd.model;
  if (seen === lcd.seen && screen === lcd.screen && model === lcd.model) return lcd;
  return shown(model, screen, seen);
}

const unseen: Seen = {
  standing: standingOff,
  dnd: dndOff,
  settings: {},
  profiles: {},
  software: '',
  mac: '',
  server: '',
  address: '',
  checkAtIdle: false,
  inCall: false,
  user: '',
  notice: '',
  transfer: undefined,
};

function look(seen: Seen, event: PhoneEvent): Seen {
  const standing = foldStanding(seen.standing, event);
  const dnd = foldDnd(seen.dnd, event);
  const before = standing === seen.standing && dnd === seen.dnd ? seen : { ...seen, standing, dnd };
  switch (event.type) {
    case 'power.off':
    case 'phone.restarted':
      return { ...before, user: '', notice: '', transfer: undefined, inCall: false, checkAtIdle: false };
    case 'flash.read':
      return {
        ...before,
        settings: event.settings,
        profiles: event.profiles,
        software: event.software,
        mac: event.mac,
      };
    case 'flash.written':
      return {
        ...before,
        settings: event.changes.reduce(settingsAfter, before.settings),
        profiles: event.changes.reduce(profilesAfter, before.profiles),
      };
    case 'software.started':
      return { ...before, software: event.software };
    case 'update.started':
      return {
        ...before,
        notice: '',
        server: event.server,
        checkAtIdle: standing.beforeCheck === 'idle',
      };
    case 'update.finished':
      return { ...before, checkAtIdle: false };
    case 'network.ready':
      return { ...before, address: event.address ?? '' };
    case 'update.refused':
      return { ...before, notice: message(refusals[event.why]) };
    case 'dhcp.lost':
      return { ...before, notice: message('caDHCPError') };
    case 'dhcp.leased':
      return before.notice === message('caDHCPError') ? { ...before, notice: '' } : before;
    case 'call.started':
      return { ...before, inCall: true };
    case 'call.ended':
    case 'call.dropped':
      return { ...before, inCall: false };
    case 'file.requested':
      return { ...before, transfer: event };
    // Assumed: the last failure of a check stays on the bottom line until the next check or restart.
    case 'file.failed':
    case 'file.refused':
      if (endedByPhone(event)) return before;
      return { ...before, notice: failureNotice(event, before.transfer) };
    case 'section.decided':
      return isForOtherHardware(event) ? { ...before, notice: message('caFWNotSupport') } : before;
    case 'provisioning-file.refused':
      return { ...before, notice: planNotice(event) };
    case 'login.shown':
      return { ...before, user: '' };
    case 'login.succeeded':
      return { ...before, user: event.user };
    default:
      return before;
  }
}

const refusals: Readonly<Record<Fact<'update.refused'>['why'], MessageId>> = {
  'logged-out': 'logInFirst',
  'check-running': 'updateRunning',
  'not-up': 'notReady',
  'no-server': 'noServer',
  'screen-in-use': 'screenInUse',
};

function settingsAfter(settings: Settings, change: FlashChange): Settings {
  if (change.change === 'settings') return { ...settings, ...change.values };
  if (change.change !== 'settings-erased') return settings;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !change.names.includes(name)));
}

function profilesAfter(profiles: Profiles, change: FlashChange): Profiles {
  if (change.change !== 'profile') return profiles;
  const others = Object.fromEntries(Object.entries(profiles).filter(([user]) => user !== change.user));
  return change.profile === null ? others : { ...others, [change.user]: change.profile };
}

function shown(model: Model, screen: Screen, seen: Seen): Lcd {
  const powered = screen.name !== 'off';
  const dnd = powered && dndShown(seen.dnd);
  const drawing = draw(screen, { ...seen, model, dnd });
  return {
    model,
    backlight: powered,
    screen,
    lines: layOut(drawing, geometries[model]),
    softKeys: labels(softKeysOf(screen, seen)),
    indicators: { dnd, messageWaiting: false, inCall: powered && seen.inCall },
    seen,
  };
}

function labels([first, second, third, fourth]: ReturnType<typeof softKeysOf>): SoftKeys {
  return [first.label, second.label, third.label, fourth.label];
}

function layOut(drawing: Drawing, { rows, columns }: Geometry): string[] {
  const { top, bottom = '', cursor, scrolled } = drawing;
  const foot = bottom === '' ? [] : wrap(bottom, columns).slice(0, rows);
  const room = rows - foot.length;
  const head =
    cursor === undefined
      ? scroll(top, scrolled ?? 0, { rows: room, columns })
      : inView(top, cursor, room).flatMap((item) => wrap(item, columns).slice(0, 1));
  const gap = Array.from({ length: room - head.length }, () => '');
  return [...head, ...gap, ...foot].map((line) => toWidth(line, columns));
}

/** All of it where it fits, else without the paragraphs that are out of sight. */
function scroll(
  [title = '', ...rest]: readonly string[],
  hidden: number,
  { rows, columns }: Geometry,
): string[] {
  const whole = [title, ...rest].flatMap((paragraph) => wrap(paragraph, columns));
  if (whole.length <= rows || hidden === 0) return whole.slice(0, rows);
  return [title, ...rest.slice(hidden)].flatMap((paragraph) => wrap(paragraph, columns)).slice(0, rows);
}

/** The title and as many items, a line each, that the one with the cursor is among them. */
function inView([title = '', ...items]: readonly string[], cursor: number, room: number): readonly string[] {
  const hidden = Math.max(0, cursor + 1 - room);
  return [title, ...items.slice(hidden)].slice(0, room);
}
