import { printable } from '../../display/wrap.ts';
import type { StoryScreen } from './key-screens.ts';
import { fixed, type PlaceOf } from './lanes.ts';
import { html, type Markup } from './markup.ts';

/** In units of the picture. */
const PANEL_WIDTH = 162;
const PANEL_GAP = 12;
const LEADER_HEIGHT = 14;
const LINE_HEIGHT = 11.5;
const MARGIN = 8;
/** Fewer would not look like the phone. */
const ROWS_MIN = 4;

interface Strip {
  readonly screens: readonly StoryScreen[];
  readonly placeOf: PlaceOf;
  readonly top: number;
  readonly left: number;
  readonly right: number;
}

/** How many panels there is room for side by side. */
export const PANELS_MAX = 5;

/** Panels of the phone, each with a line to the moment when it came up. */
export function panelStrip(strip: Strip): { readonly markup: Markup; readonly height: number } {
  const rows = Math.max(ROWS_MIN, ...strip.screens.map(rowsOf));
  const panelHeight = (rows + 1) * LINE_HEIGHT + 2 * MARGIN;
  const lefts = spread(strip);
  const markup = html`${strip.screens.map((screen, index) => {
    const x = lefts[index] ?? strip.left;
    const place = strip.placeOf(screen.at);
    const y = strip.top + LEADER_HEIGHT;
    const foot = Math.min(Math.max(place, x + 4), x + PANEL_WIDTH - 4);
    return html`<g class="lcd"><path d="M${fixed(place)} ${strip.top}L${fixed(foot)} ${y}"/><rect x="${fixed(x)}" y="${y}" width="${PANEL_WIDTH}" height="${fixed(panelHeight)}" rx="5"/>${panelText(screen, { x, y, rows })}</g>\n`;
  })}`;
  return { markup, height: strip.screens.length === 0 ? 0 : LEADER_HEIGHT + panelHeight };
}

function panelText({ lines, softKeys }: StoryScreen, { x, y, rows }: { x: number; y: number; rows: number }) {
  const shown = lines.slice(0, rows).map((line, row) => ({ line: printable(line.trimEnd()), row }));
  const keyWidth = (PANEL_WIDTH - 2 * MARGIN) / Math.max(1, softKeys.length);
  const keysY = y + MARGIN + (rows + 1) * LINE_HEIGHT - 3;
  return html`<text xml:space="preserve">${shown
    .filter(({ line }) => line !== '')
    .map(
      ({ line, row }) =>
        html`<tspan x="${fixed(x + MARGIN)}" y="${fixed(y + MARGIN + (row + 1) * LINE_HEIGHT - 3)}">${line}</tspan>`,
    )}</text>${softKeys
    .map((key) => printable(key))
    .map((key, index) =>
      key === ''
        ? undefined
        : html`<text class="soft-key" text-anchor="middle" x="${fixed(x + MARGIN + (index + 0.5) * keyWidth)}" y="${fixed(keysY)}">${key}</text>`,
    )}`;
}

function rowsOf({ lines }: StoryScreen): number {
  return lines.findLastIndex((line) => line.trim() !== '') + 1;
}

/** Each as near to its moment as the others let it. */
function spread({ screens, placeOf, left, right }: Strip): readonly number[] {
  const step = PANEL_WIDTH + PANEL_GAP;
  const lefts: number[] = [];
  for (const { at } of screens) {
    const wanted = placeOf(at) - PANEL_WIDTH / 2;
    lefts.push(Math.max(wanted, lefts.length === 0 ? left : (lefts.at(-1) ?? left) + step));
  }
  let limit = right - PANEL_WIDTH;
  return lefts
    .reverse()
    .map((wanted) => {
      const place = Math.min(wanted, limit);
      limit = place - step;
      return place;
    })
    .reverse();
}
