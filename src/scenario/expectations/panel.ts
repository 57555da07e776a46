import type { Expected } from '../expectation.schema.ts';
import { type Finding, found, lastEntry, type View } from '../finding.ts';

interface Panel {
  readonly lines: readonly string[];
  readonly softKeys: readonly string[];
}

/** What stands on the panel, soft keys included. */
export function screen(wanted: readonly string[], { record }: View): Finding {
  const { lcd } = record;
  const lacking = wanted.filter((text) => !shows(lcd, text));
  return found(lacking.length === 0, told(lacking.length > 0 ? lacking : wanted), shownPanel(lcd));
}

/** What does not stand on the panel. */
export function screenAbsent(wanted: readonly string[], { record }: View): Finding {
  const { lcd } = record;
  const there = wanted.filter((text) => shows(lcd, text));
  return found(there.length === 0, `not ${told(there.length > 0 ? there : wanted)}`, shownPanel(lcd));
}

/** What stood on the panel at some moment. */
export function shown(wanted: readonly string[], { record }: View): Finding {
  const lacking = wanted.filter((text) => !record.screens.some((panel) => shows(panel, text)));
  const expected = `at some moment ${told(lacking.length > 0 ? lacking : wanted)}`;
  return found(
    lacking.length === 0,
    expected,
    lacking.length === 0 ? 'so it was' : `never; now ${shownPanel(record.lcd)}`,
  );
}

/** What never stood on the panel. */
export function shownAbsent(wanted: readonly string[], view: View): Finding {
  const { screens } = view.record;
  const panel = screens.find((one) => wanted.some((text) => shows(one, text)));
  const expected = `never ${told(wanted)}`;
  if (panel === undefined) return found(true, expected, 'never');
  return found(false, expected, shownPanel(panel), { near: lastEntry(view, ({ at }) => at <= panel.at) });
}

/** Do Not Disturb as it is shown. */
export function dnd(wanted: Expected<'dnd'>, { record }: View): Finding {
  const { dnd: is } = record.lcd.indicators;
  return found(is === wanted, onOff(wanted), onOff(is), { instead: onOff(is) });
}

/** Do Not Disturb as it was shown, from the first power-up on. */
export function dndHistory(wanted: Expected<'dnd.history'>, { record }: View): Finding {
  const is = record.dnd.map(({ on }) => on);
  return found(is.join() === wanted.join(), wanted.map(onOff).join(', '), is.map(onOff).join(', '), {
    instead: is.map(onOff),
  });
}

function onOff(on: boolean): string {
  return on ? 'on' : 'off';
}

/** Blanks and line breaks do not matter: the panel wraps what is long. */
function shows({ lines, softKeys }: Panel, text: string): boolean {
  return plain([...lines, ...softKeys].join(' ')).includes(plain(text));
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function told(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(', ');
}

function shownPanel({ lines, softKeys }: Panel): string {
  const text = lines.map((line) => line.trim()).filter((line) => line !== '');
  const keys = softKeys.filter((label) => label !== '');
  const panel = [...text, ...(keys.length > 0 ? [`[${keys.join('] [')}]`] : [])];
  return panel.length === 0 ? 'an empty panel' : panel.join(' / ');
}
