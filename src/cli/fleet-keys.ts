import { SECOND_MS } from '../clock/durations.ts';
import type { RunningFleet } from '../fleet/run-fleet.ts';
import { type Steering, sayOrder } from '../fleet/steering.ts';
import type { FleetView } from './fleet-view.ts';
import type { Io } from './io.ts';

/** A fleet on its way, as far as keys reach it. */
type Steered = Pick<RunningFleet, 'steer' | 'figures'>;

const FASTER = 1.25;
const BLACKOUT_MS = 10 * SECOND_MS;

const orderOfKey: Readonly<Record<string, Steering>> = {
  '+': { kind: 'pace', factor: FASTER },
  '-': { kind: 'pace', factor: 1 / FASTER },
  b: { kind: 'blackout', ms: BLACKOUT_MS },
  q: { kind: 'drain' },
};

const help = [
  '+ -  phones come a quarter faster, or as much slower',
  'b    our own server is gone for 10 s',
  'd    the figures so far',
  'q    drain: no more phones begin, those under way come to their end',
  '?    this',
].join('\n');

/** What somebody at the terminal may do to a fleet. Returns how to stop listening. */
export function listenToKeys(
  fleet: Steered,
  { keyboard }: Pick<Io, 'keyboard'>,
  view: FleetView,
): () => void {
  if (keyboard === undefined) return () => {};
  return keyboard.listen((key) => {
    const order = orderOfKey[key];
    if (order !== undefined) give(order, fleet, view);
    else if (key === 'd') fleet.figures();
    else if (key === '?' || key === 'h') view.say(help);
  });
}

function give(order: Steering, fleet: Steered, view: FleetView): void {
  const refusal = fleet.steer(order);
  if (refusal === undefined && order.kind === 'drain') view.drain();
  view.say(refusal ?? sayOrder(order));
}
