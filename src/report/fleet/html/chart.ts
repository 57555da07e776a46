import { html, type Markup } from '../../html/markup.ts';

/** A line of a chart: a value at each place of the axis, undefined where there is none. */
export interface ChartLine {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
  /** Which colour and stroke, from 0, so that the same thing looks alike in all charts; absent: its place. */
  readonly style?: number;
  /** The most at each place, of something that has a line of its own in the same style: drawn thin. */
  readonly isMost?: true;
}

/** A picture of numbers over time, or over something else that runs on. */
export interface Chart {
  readonly title: string;
  /** What it says in words, and what it does not. */
  readonly says: string;
  /** Where the values stand: numbers that rise. */
  readonly places: readonly number[];
  readonly sayPlace: (place: number) => string;
  /** Written below the axis; the others are only told to who points at them. */
  readonly marks: readonly number[];
  readonly sayValue: (value: number) => string;
  /** `stacked`: values are added up, and areas drawn. `logarithmic`: values over powers of ten. */
  readonly kind: 'lines' | 'stacked' | 'logarithmic';
  readonly lines: readonly ChartLine[];
}

const WIDTH = 720;
const HEIGHT = 256;
const LEFT = 64;
const RIGHT = 12;
const TOP = 16;
const BOTTOM = 28;
/** Places at which the values are told to who points at them. */
const TOLD_MAX = 60;
/** As many as the style sheet has colours and strokes for. */
const STYLES = 7;

/**
 * A chart as a figure of SVG, with a caption and the names of its lines. It needs no script: the values at a
 * place are its title. Lines differ by their strokes too, for paper and for those who see no colours.
 */
export function chartFigure(chart: Chart): Markup {
  const lines = chart.kind === 'stacked' ? stacked(chart.lines) : chart.lines;
  const scale = scaleFor(chart, lines);
  const summary = `${chart.title}. ${chart.says}`;
  return html`<figure class="chart"><h3>${chart.title}</h3>
${legend(chart.lines)}
<div class="wide" role="group" aria-label="${chart.title}" tabindex="0"><svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${summary}">
${valueAxis(chart, scale)}${placeAxis(chart, scale)}
${lines.map((line, index) => drawn(chart, line, lines[index + 1], index, scale))}
${tellers(chart, scale)}</svg></div>
<figcaption>${chart.says}</figcaption></figure>
`;
}

interface Scale {
  readonly x: (place: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

function scaleFor({ places, kind }: Chart, lines: readonly ChartLine[]): Scale {
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 1];
  const values = lines.flatMap((line) => line.values.filter((value) => value !== undefined));
  const x = (place: number) => LEFT + ((place - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT);
  const height = HEIGHT - TOP - BOTTOM;
  if (kind === 'logarithmic') {
    const positive = values.filter((value) => value > 0);
    const low = Math.floor(Math.log10(Math.min(1e12, ...positive)));
    const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, ...positive))));
    const y = (value: number) =>
      TOP + height * (1 - (Math.max(low, Math.log10(Math.max(value, 1e-9))) - low) / (high - low));
    return { x, y, ticks: Array.from({ length: high - low + 1 }, (_, power) => 10 ** (low + power)) };
  }
  const most = Math.max(0, ...values);
  const step = niceStep(most);
  const top = Math.max(step, Math.ceil(most / step) * step);
  const y = (value: number) => TOP + height * (1 - value / top);
  return { x, y, ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, tick) => tick * step) };
}

/** 1, 2 or 5 times a power of ten, so that four or five of them reach `most`. */
function niceStep(most: number): number {
  if (most <= 0) return 1;
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

function valueAxis({ sayValue }: Chart, { y, ticks }: Scale): Markup[] {
  return ticks.map((tick) => {
    const at = round(y(tick));
    return html`<g class="tick value"><path d="M${LEFT} ${at}H${WIDTH - RIGHT}"/><text x="${LEFT - 6}" y="${at + 3.5}" text-anchor="end">${sayValue(tick)}</text></g>`;
  });
}

function placeAxis({ marks, sayPlace }: Chart, { x }: Scale): Markup[] {
  return marks.map((mark, index) => {
    const anchor = index === 0 ? 'start' : index === marks.length - 1 ? 'end' : 'middle';
    const at = round(x(mark));
    return html`<g class="tick"><path d="M${at} ${HEIGHT - BOTTOM}v4"/><text x="${at}" y="${HEIGHT - BOTTOM + 17}" text-anchor="${anchor}">${sayPlace(mark)}</text></g>`;
  });
}

function drawn(
  { places, kind }: Chart,
  line: ChartLine,
  below: ChartLine | undefined,
  index: number,
  scale: Scale,
): Markup {
  const style = `${kind === 'stacked' ? 'area' : 'line'} ${styleOf(line, index)}`;
  if (kind !== 'stacked') {
    return html`<path class="${style}" d="${lineOf(line, places, scale)}"/>${dots(line, places, style, scale)}`;
  }
  const floor = places.map((place, at) => point(place, below?.values[at] ?? 0, scale)).reverse();
  return html`<path class="${style}" d="${lineOf(line, places, scale)}L${floor.join('L')}Z"/>`;
}

/** A path with a gap wherever there is no value. */
function lineOf({ values }: ChartLine, places: readonly number[], scale: Scale): string {
  let pen: 'M' | 'L' = 'M';
  return places
    .map((place, at) => {
      const value = values[at];
      if (value === undefined) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${point(place, value, scale)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** A value between two gaps is no line: a dot, or it would not be seen. */
function dots(
  { values }: ChartLine,
  places: readonly number[],
  style: string,
  scale: Scale,
): Markup | undefined {
  const alone = places.flatMap((place, at) => {
    const value = values[at];
    const isAlone = value !== undefined && values[at - 1] === undefined && values[at + 1] === undefined;
    return isAlone ? [`M${point(place, value, scale)}h0`] : [];
  });
  return alone.length === 0 ? undefined : html`<path class="${style} dot" d="${alone.join('')}"/>`;
}

function point(place: number, value: number, { x, y }: Scale): string {
  return `${round(x(place))} ${round(y(value))}`;
}

/** Strips that have the values of all lines as their title. */
function tellers(chart: Chart, { x }: Scale): Markup[] {
  const { places, lines, sayPlace, sayValue } = chart;
  const every = Math.max(1, Math.ceil(places.length / TOLD_MAX));
  return places.flatMap((place, at) => {
    if (at % every !== 0) return [];
    const left = x(place);
    const right = x(places[Math.min(at + every, places.length - 1)] ?? place);
    const values = lines.flatMap(({ name, values, isMost }) => {
      const value = isMost ? mostOf(values.slice(at, at + every)) : values[at];
      return value === undefined ? [] : [`${name}: ${sayValue(value)}`];
    });
    if (values.length === 0) return [];
    const title = [sayPlace(place), ...values].join('\n');
    return [
      html`<rect class="teller" x="${round(left)}" y="${TOP}" width="${round(Math.max(2, right - left))}" height="${HEIGHT - TOP - BOTTOM}"><title>${title}</title></rect>`,
    ];
  });
}

/** From the uppermost down, each with what lies below it in it. */
function stacked(lines: readonly ChartLine[]): readonly ChartLine[] {
  return lines.map(({ name, values }, index) => ({
    name,
    values: values.map((_, at) => lines.slice(index).reduce((sum, line) => sum + (line.values[at] ?? 0), 0)),
  }));
}

function legend(lines: readonly ChartLine[]): Markup {
  return html`<ul class="legend">${lines.map(
    (line, index) =>
      html`<li><svg viewBox="0 0 28 10" aria-hidden="true"><path class="line ${styleOf(line, index)}" d="M1 5H27"/></svg>${line.name}</li>`,
  )}</ul>`;
}

function styleOf({ style, isMost }: ChartLine, index: number): string {
  return `s${(style ?? index) % STYLES}${isMost ? ' most' : ''}`;
}

function mostOf(values: readonly (number | undefined)[]): number | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length === 0 ? undefined : Math.max(...there);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
