import { SOFT_KEY_COLUMNS } from '../display/geometry.ts';
import type { Lcd } from '../display/lcd.ts';
import { printable, toWidth } from '../display/wrap.ts';

const frames = {
  ascii: { corners: '++++', across: '-', down: '|' },
  unicode: { corners: '┌┐└┘', across: '─', down: '│' },
} as const;

/** The panel as a box of text with the labels of the four soft keys under it, and what is lit beside. */
export function renderLcd(lcd: Lcd, letters: 'ascii' | 'unicode'): string[] {
  const { corners, across, down } = frames[letters];
  const [topLeft, topRight, bottomLeft, bottomRight] = corners;
  const columns = lcd.lines[0]?.length ?? 0;
  const edge = across.repeat(columns + 2);
  return [
    `${topLeft}${edge}${topRight}`,
    ...lcd.lines.map((line, row) => `${down} ${shown(line, letters)} ${down}${aside(lcd, row)}`),
    `${bottomLeft}${edge}${bottomRight}`,
    lcd.softKeys
      .map((label) => ` ${toWidth(shown(label, letters), SOFT_KEY_COLUMNS)}`)
      .join('')
      .trimEnd(),
  ];
}

function aside({ backlight, indicators }: Lcd, row: number): string {
  const lit = [
    ...(backlight ? [] : ['no power']),
    ...(indicators.dnd ? ['DND'] : []),
    ...(indicators.inCall ? ['in call'] : []),
    ...(indicators.messageWaiting ? ['message lamp'] : []),
  ];
  const said = lit[row];
  return said === undefined ? '' : `  ${said}`;
}

function shown(text: string, letters: 'ascii' | 'unicode'): string {
  const safe = printable(text);
  return letters === 'unicode' ? safe : safe.replace(/[^\x20-\x7e]/gu, '?');
}
