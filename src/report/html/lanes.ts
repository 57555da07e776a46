import { clockTime } from '../clock-time.ts';
import type { Phase } from '../phase.ts';
import type { ExpectationResult, PhoneStory } from '../result.ts';
import { formatBytes } from '../sizes.ts';
import { html, type Markup } from './markup.ts';

/** Places along the axis, in units of the picture. */
export type PlaceOf = (at: number) => number;

export interface LaneRoom {
  readonly placeOf: PlaceOf;
  /** The end of the story. */
  readonly endMs: number;
  /** Where the picture ends, beyond the end of the story: what is so then goes on. */
  readonly right: number;
  /** The upper edge of the lane. */
  readonly top: number;
}

/** A lane is so high, and the next one begins so far below it. */
export const LANE_HEIGHT = 22;
export const LANE_STEP = 32;

/** A letter of the labels in bars, on average. */
const LETTER_WIDTH = 6.4;
/** Narrower marks would not be seen. */
const MARK_WIDTH_MIN = 2.5;
/** Marks closer than this are drawn as one: a story of years has thousands. */
const MARK_GAP = 0.5;

/** What the phone was at, a bar for each. The last one goes on beyond the end of the story. */
export function phaseLane(story: PhoneStory, room: LaneRoom): Markup {
  return html`${phaseSpans(story).map(({ at, to, phase }) => {
    const words = phaseWords[phase];
    return bar({ at, to, tone: `phase-${phase}`, labels: [words], says: words }, room);
  })}`;
}

export interface PhaseSpan {
  readonly at: number;
  /** Undefined: to the end of the story, and on. */
  readonly to: number | undefined;
  readonly phase: Phase;
}

/** What the phone was at, without what lasted no time. */
export function phaseSpans({ phases }: PhoneStory): readonly PhaseSpan[] {
  return phases
    .map(({ at, phase }, index) => ({ at, phase, to: phases[index + 1]?.at }))
    .filter(({ at, to }) => to === undefined || to > at);
}

export const phaseWords: Readonly<Record<Phase, string>> = {
  off: 'off',
  busy: 'busy',
  'boot-loader': 'boot loader',
  starting: 'starting',
  checking: 'check',
  writing: 'writes image',
  restarting: 'restarts',
  'logging-in': 'logs in',
  login: 'login screen',
  banner: 'login banner',
  idle: 'idle',
  recovery: 'recovery',
  'no-address': 'no address',
};

/** What was fetched, each with its number in the table of requests. */
export function transferLane(transfers: PhoneStory['transfers'], room: LaneRoom): Markup {
  let free = Number.NEGATIVE_INFINITY;
  return html`${transfers.map(({ at, ms, file, protocol, result, bytes }, index) => {
    const failed = result !== 'ok';
    const place = room.placeOf(at);
    if (place < free - MARK_WIDTH_MIN + MARK_GAP && !failed) return undefined;
    free = Math.max(free, room.placeOf(at + ms));
    const number = String(index + 1);
    const labels = failed ? [`\u2717 ${number}`, '\u2717'] : [number];
    const says = `${index + 1}. ${file} over ${protocol}: ${failed ? result : formatBytes(bytes)}`;
    return bar({ at, to: at + ms, tone: failed ? 'transfer-failed' : 'transfer', labels, says }, room);
  })}`;
}

/** Do Not Disturb, as long as it was shown. */
export function dndLane(dnd: PhoneStory['dnd'], room: LaneRoom): Markup {
  const spans = dnd.map((one, index) => ({ ...one, to: dnd[index + 1]?.at }));
  return html`${spans
    .filter(({ on }) => on)
    .map(({ at, to }) => bar({ at, to, tone: 'dnd', labels: ['DND'], says: 'Do Not Disturb' }, room))}`;
}

/** What was expected at which moment, and whether it was so. Words stand where they have the room. */
export function verdictLane(expectations: readonly ExpectationResult[], room: LaneRoom): Markup {
  const marks = verdictMarks(expectations, room.placeOf);
  const taken: Extent[] = marks.map(({ place }) => ({ from: place - 3, to: place + 3 }));
  const worstFirst = [...marks].sort((a, b) => Number(a.tone === 'held') - Number(b.tone === 'held'));
  return html`${worstFirst.map(({ at, tone, words, place }) => {
    const side = words
      .flatMap((text) => sidesOf(text, place))
      .find((one) => one.to <= room.right && !taken.some((other) => meet(one, other)));
    if (side !== undefined) taken.push(side);
    return html`<g class="${tone}"><title>${clockTime(at).trim()}: ${words[0]}</title><path d="M${fixed(place)} ${room.top}v${LANE_HEIGHT}"/>${
      side === undefined
        ? undefined
        : html`<text x="${fixed(side.x)}" y="${room.top + 15}" text-anchor="${side.anchor}">${side.text}</text>`
    }</g>\n`;
  })}`;
}

interface VerdictMark {
  readonly at: number;
  readonly place: number;
  readonly tone: 'held' | 'unmet';
  /** The first of them that has the room is written. */
  readonly words: readonly string[];
}

interface Extent {
  readonly from: number;
  readonly to: number;
}

interface Side extends Extent {
  readonly text: string;
  readonly anchor: 'start' | 'end';
  readonly x: number;
}

function sidesOf(text: string, place: number): readonly Side[] {
  const wide = text.length * LETTER_WIDTH;
  return [
    { text, anchor: 'end', x: place - 6, from: place - 4 - wide, to: place - 4 },
    { text, anchor: 'start', x: place + 6, from: place + 4, to: place + 4 + wide },
  ];
}

function verdictMarks(expectations: readonly ExpectationResult[], placeOf: PlaceOf): readonly VerdictMark[] {
  return [...new Set(expectations.map(({ at }) => at))].map((at) => {
    const here = expectations.filter((one) => one.at === at);
    const wrong = here.filter(({ holds }) => !holds).map(({ word }) => word);
    const place = placeOf(at);
    if (wrong.length === 0) {
      return {
        at,
        place,
        tone: 'held',
        words: [`\u2713 ${here.length} as expected`, `\u2713 ${here.length}`],
      };
    }
    const named = `\u2717 ${[...new Set(wrong)].join(', ')}`;
    return { at, place, tone: 'unmet', words: [named, `\u2717 ${wrong.length}`] };
  });
}

function meet(one: Extent, other: Extent): boolean {
  return one.from < other.to && other.from < one.to;
}

interface Bar {
  readonly at: number;
  /** Undefined: it goes on. */
  readonly to: number | undefined;
  /** Its class in the style sheet. */
  readonly tone: string;
  /** The first of them that it has the room for is written into it. */
  readonly labels: readonly string[];
  readonly says: string;
}

function bar({ at, to, tone, labels, says }: Bar, { placeOf, top, right }: LaneRoom): Markup {
  const left = placeOf(at);
  const width = Math.max(MARK_WIDTH_MIN, (to === undefined ? right : placeOf(to)) - left);
  const until = to === undefined ? 'the end' : clockTime(to).trim();
  const label = labels.find((one) => one.length * LETTER_WIDTH + 3 <= width);
  return html`<g class="${tone}"><title>${clockTime(at).trim()} to ${until}: ${says}</title><rect x="${fixed(left)}" y="${top}" width="${fixed(width)}" height="${LANE_HEIGHT}" rx="2"/>${
    label !== undefined
      ? html`<text x="${fixed(left + width / 2)}" y="${top + 15}" text-anchor="middle">${label}</text>`
      : undefined
  }</g>\n`;
}

/** A place with one digit behind the point, which is more than anybody sees. */
export function fixed(place: number): string {
  return place.toFixed(1);
}
