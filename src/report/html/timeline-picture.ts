import { formatDuration } from '../../clock/durations.ts';
import { clockTime } from '../clock-time.ts';
import type { ExpectationResult, PhoneResult, PhoneStory } from '../result.ts';
import { counted } from '../result-words.ts';
import { keyScreens } from './key-screens.ts';
import {
  dndLane,
  fixed,
  LANE_STEP,
  type LaneRoom,
  phaseLane,
  phaseSpans,
  phaseWords,
  transferLane,
  verdictLane,
} from './lanes.ts';
import { html, type Markup } from './markup.ts';
import { PANELS_MAX, panelStrip } from './panel-strip.ts';
import { timeScale } from './time-scale.ts';

// In units of the picture, of which it is always so many wide.
const WIDTH = 960;
const LEFT = 78;
const RIGHT = 956;
/** Room for what is so at the end. */
const AFTER_END = 84;
const AXIS_HEIGHT = 24;
const TICK_GAP = 62;

export interface Picture {
  readonly phone: PhoneResult;
  /** Those about this phone, and those about none. */
  readonly expectations: readonly ExpectationResult[];
  readonly tookMs: number | null;
  /** Of its parts; unlike that of any other picture of the page. */
  readonly id: string;
}

/** The story of a phone as one picture over one axis of time: states, transfers, DND, verdicts, screens. */
export function timelinePicture({ phone, expectations, tookMs, id }: Picture): Markup {
  const { story } = phone;
  const endMs = Math.max(tookMs ?? 0, ...lastMoments(story), ...expectations.map(({ at }) => at));
  const { placeOf, ticks } = timeScale(momentsOf(story, expectations, endMs), {
    left: LEFT,
    right: RIGHT - AFTER_END,
    tickGap: TICK_GAP,
  });
  const lanes: readonly [name: string, draw: (room: LaneRoom) => Markup][] = [
    ['Phone', (room) => phaseLane(story, room)],
    ['Transfers', (room) => transferLane(story.transfers, room)],
    ['DND', (room) => dndLane(story.dnd, room)],
    ['Verdicts', (room) => verdictLane(expectations, room)],
  ];
  const below = AXIS_HEIGHT + lanes.length * LANE_STEP;
  const strip = panelStrip({
    screens: keyScreens(story.screens, endMs, PANELS_MAX),
    placeOf,
    top: below - 6,
    left: LEFT,
    right: RIGHT,
  });
  const height = Math.ceil(below + strip.height);
  return html`<div class="wide" role="group" aria-label="Timeline of ${phone.name}" tabindex="0">
<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-words">
<title id="${id}-title">Timeline of ${phone.name}</title>
<desc id="${id}-words">${inWords(story, endMs)}</desc>
<text class="lane" x="0" y="12">Time</text>
${ticks.map((at) => tick(at, placeOf(at), below - 10))}
${lanes.map(([name, draw], index) => {
  const top = AXIS_HEIGHT + index * LANE_STEP;
  return html`<g><text class="lane" x="0" y="${top + 15}">${name}</text><path class="rail" d="M${LEFT} ${top + 11}H${RIGHT}"/>
${draw({ placeOf, endMs, top, right: RIGHT })}</g>\n`;
})}<g>${strip.height === 0 ? undefined : html`<text class="lane" x="0" y="${below + 24}">Screen</text>`}
${strip.markup}</g>
</svg></div>`;
}

function tick(at: number, place: number, bottom: number): Markup {
  const anchor = place > RIGHT - 40 ? 'end' : place < LEFT + 20 ? 'start' : 'middle';
  return html`<g class="tick"><path d="M${fixed(place)} 17V${bottom}"/><text x="${fixed(place)}" y="12" text-anchor="${anchor}">${clockTime(at).trim()}</text></g>\n`;
}

/** Screens are not among them: those of a progress would push everything else aside. */
function momentsOf(story: PhoneStory, expectations: readonly ExpectationResult[], endMs: number): number[] {
  return [
    0,
    endMs,
    ...phaseSpans(story).map(({ at }) => at),
    ...story.dnd.map(({ at }) => at),
    ...story.transfers.flatMap(({ at, ms }) => [at, at + ms]),
    ...story.lines.filter(({ tone }) => tone === 'strong').map(({ at }) => at),
    ...expectations.map(({ at }) => at),
  ];
}

function lastMoments({ states, transfers, lines }: PhoneStory): number[] {
  const last = transfers.at(-1);
  return [states.at(-1)?.at ?? 0, last === undefined ? 0 : last.at + last.ms, lines.at(-1)?.at ?? 0];
}

/** What those hear who do not see the picture; the tables below it have the rest. */
function inWords(story: PhoneStory, endMs: number): string {
  const { transfers, dnd } = story;
  const stood = phaseSpans(story)
    .slice(0, 12)
    .map(({ at, phase }) => `${phaseWords[phase]} from ${clockTime(at).trim()}`);
  const failed = transfers.filter(({ result }) => result !== 'ok').length;
  const shown = dnd.filter(({ on }) => on).length;
  return [
    `${formatDuration(endMs)} in all.`,
    `${stood.join(', ')}.`,
    `${counted(transfers.length, 'transfer')}, ${failed} failed.`,
    shown === 0 ? 'Do Not Disturb was never on.' : `Do Not Disturb was on ${counted(shown, 'time')}.`,
  ].join(' ');
}
