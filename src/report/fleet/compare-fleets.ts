import { protocols } from '../../provisioning/words.ts';
import type { Difference, Pair } from '../compare.ts';
import { figureText, shareText } from './figure-text.ts';
import { jobKinds } from './figures.schema.ts';
import type { FleetFigures } from './figures.ts';
import { type Metric, metrics } from './metric.ts';
import type { FleetResult } from './result.ts';

/** Durations and peaks of two runs are never the same; from this share of the lesser one on they differ. */
const DIFFERENCE_SHARE = 0.1;
const DURATION_MIN_US = 1_000;
const PEAK_MIN = 1;

/** Two runs of fleets, figure by figure: one pair for all phones, one for each protocol. */
export function compareFleets(a: FleetResult, b: FleetResult): Pair[] {
  const whole = pairOf('the fleet', [
    ...told('phones', String(a.phones.count), String(b.phones.count)),
    ...told('scenario', a.scenario, b.scenario),
    ...told('steered', sayHand(a), sayHand(b)),
    ...told('verdict', a.verdict, b.verdict),
    ...differencesOf(wholeMetrics, a.figures, b.figures),
  ]);
  const perProtocol = protocols.flatMap((protocol) => {
    const isHere = [a, b].some(({ figures }) => figures.files[protocol] ?? figures.jobs[protocol]);
    const compared = [...metrics.values()].filter(
      ({ name }) => name.startsWith(`${protocol}.`) && isTelling(name),
    );
    return isHere ? [pairOf(protocol, differencesOf(compared, a.figures, b.figures))] : [];
  });
  return [whole, ...perProtocol];
}

function sayHand({ environment: { generators } }: FleetResult): string {
  const orders = generators.reduce((sum, { steered = [] }) => sum + steered.length, 0);
  return orders === 0 ? 'not' : `by ${orders} ${orders === 1 ? 'order' : 'orders'} on the way`;
}

/** Of all protocols together. */
const wholeMetrics = [...metrics.values()].filter(
  ({ name }) => /^(?:phones|release|dnd|errors|failures)\./.test(name) && isTelling(name),
);

/** What says the same as another figure beside it is left out. */
function isTelling(name: string): boolean {
  if (/\.(?:connect|firstByte|lateness)\.|\.files\./.test(name)) return false;
  const isJob = jobKinds.some((kind) => name.includes(`.${kind}.`));
  if (name.includes('.latency.') && !isJob) return false;
  if (name.includes('.service.') && isJob) return false;
  return !/\.(?:min|mean|p75|p90|p999)$/.test(name);
}

function differencesOf(compared: readonly Metric[], a: FleetFigures, b: FleetFigures): Difference[] {
  return compared.flatMap(({ name, unit, read }) => {
    const [inA, inB] = [read(a), read(b)];
    const least = name.endsWith('.busiest') ? PEAK_MIN : unit === 'duration' ? DURATION_MIN_US : undefined;
    if (inA === inB || (least !== undefined && isAbout(inA, inB, least))) return [];
    const text = (value: number | undefined) => (value === undefined ? null : figureText(value, unit));
    return told(name, text(inA), text(inB)).map((one) => ({ ...one, ...changeOf(inA, inB) }));
  });
}

function isAbout(a: number | undefined, b: number | undefined, least: number): boolean {
  if (a === undefined || b === undefined) return false;
  return Math.abs(a - b) <= Math.max(least, DIFFERENCE_SHARE * Math.min(a, b));
}

/** None from nothing, nor where one side has no such figure. */
function changeOf(a: number | undefined, b: number | undefined): Pick<Difference, 'change'> {
  if (a === undefined || b === undefined || a === 0) return {};
  return { change: `${b < a ? '-' : '+'}${shareText(Math.abs(b - a) / a)}` };
}

/** Figures that are written alike are alike. */
function told(about: string, a: string | null, b: string | null): Difference[] {
  return a === b ? [] : [{ about, a, b }];
}

function pairOf(name: string, differences: Difference[]): Pair {
  return { name, differs: differences.length > 0, timed: true, a: null, b: null, requests: [], differences };
}
