import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import { defaultOf } from '../provisioning/parameters.ts';
import type { Model } from '../provisioning/words.ts';
import { type DndFlags, dndOff, dndShown, foldDnd } from './dnd.ts';
import { type Drawing, draw } from './draw.ts';
import { blankSoftKeys, type Geometry, geometries, type SoftKeys } from './geometry.ts';
import { foldStanding, type Standing, standingOff } from './phone-state.ts';
import { endedByPhone, failureNotice, type Screen, screenAfter } from './screen.ts';
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
}

interface Seen {
  readonly standing: Standing;
  readonly dnd: DndFlags;
  readonly banner: string;
  readonly user: string;
  readonly notice: string;
  readonly transfer: Fact<'file.requested'> | undefined;
}

const FACTORY_BANNER = defaultOf('BANNER');

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
  const screen = screenAfter(lcd.screen, event, { transfer: seen.transfer, state: seen.standing.state });
  const model = event.type === 'flash.read' ? event.model : lcd.model;
  if (seen === lcd.seen && screen === lcd.screen && model === lcd.model) return lcd;
  return shown(model, screen, seen);
}

const unseen: Seen = {
  standing: standingOff,
  dnd: dndOff,
  banner: FACTORY_BANNER,
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
      return { ...before, user: '', notice: '', transfer: undefined };
    case 'flash.read':
      return { ...before, banner: bannerIn(event.settings) ?? FACTORY_BANNER };
    case 'flash.written':
      return { ...before, banner: bannerAfter(before.banner, event) };
    case 'update.started':
      return { ...before, notice: '' };
    case 'file.requested':
      return { ...before, transfer: event };
    // Assumed: the last failure of a check stays on the bottom line until the next check or restart.
    case 'file.failed':
    case 'file.refused':
      if (endedByPhone(event)) return before;
      return { ...before, notice: failureNotice(event, before.transfer) };
    case 'login.shown':
      return { ...before, user: '' };
    case 'login.succeeded':
      return { ...before, user: event.user };
    default:
      return before;
  }
}

function bannerAfter(banner: string, { changes }: Fact<'flash.written'>): string {
  return changes.reduce((text, change) => {
    if (change.change === 'settings') return bannerIn(change.values) ?? text;
    if (change.change === 'settings-erased' && change.names.includes('BANNER')) return FACTORY_BANNER;
    return text;
  }, banner);
}

function bannerIn({ BANNER }: Fact<'flash.read'>['settings']): string | undefined {
  return BANNER?.value;
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
    softKeys: powered ? drawing.softKeys : blankSoftKeys,
    indicators: { dnd, messageWaiting: false },
    seen,
  };
}

function layOut({ top, bottom = '' }: Drawing, { rows, columns }: Geometry): string[] {
  const foot = bottom === '' ? [] : wrap(bottom, columns).slice(0, rows);
  const head = top.flatMap((paragraph) => wrap(paragraph, columns)).slice(0, rows - foot.length);
  const gap = Array.from({ length: rows - foot.length - head.length }, () => '');
  return [...head, ...gap, ...foot].map((line) => toWidth(line, columns));
}
