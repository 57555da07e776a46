import type { FleetResult } from '../report/fleet/result.ts';
import { type Probe, resultOfSearch, type Search } from '../report/fleet/search.ts';
import { boundaryIn, type LoadRange, nextLoad, type TriedLoad } from './next-load.ts';

/** More than a search takes from one phone to all that a maker has MACs for, at 5 %. */
const PROBES_MAX = 40;

/** A probe that ended, and the whole result of its run. */
export interface EndedProbe {
  readonly probe: Probe;
  readonly result: FleetResult;
}

/** What is known of loads so far: which to try next, and what came of it all. */
export class LoadSearch {
  readonly #range: LoadRange;
  readonly #varied: Search['varied'];
  readonly #ended: EndedProbe[] = [];

  constructor(range: LoadRange, varied: Search['varied']) {
    this.#range = range;
    this.#varied = varied;
  }

  get probes(): readonly Probe[] {
    return this.#ended.map(({ probe }) => probe);
  }

  take(ended: EndedProbe): void {
    this.#ended.push(ended);
  }

  /** undefined: it is over. A probe that says nothing of the server ends it. */
  next(): number | undefined {
    if (this.#isInvalid() || this.#ended.length >= PROBES_MAX) return undefined;
    return this.#nextLoad();
  }

  /** undefined: not one probe ended. The largest load that held is shown, or else the last probe. */
  result(isInterrupted: boolean): FleetResult | undefined {
    const { held, missed } = boundaryIn(this.#judged());
    const shown = this.#ended.find(({ probe }) => probe.load === held) ?? this.#ended.at(-1);
    if (shown === undefined) return undefined;
    return resultOfSearch(shown.result, {
      varied: this.#varied,
      precision: this.#range.precision,
      ended: this.#end(isInterrupted),
      max: held ?? null,
      missedAt: missed ?? null,
      probes: [...this.probes],
    });
  }

  #end(isInterrupted: boolean): Search['ended'] {
    const { held, missed } = boundaryIn(this.#judged());
    if (this.#isInvalid()) return 'generator';
    if (isInterrupted && this.#nextLoad() !== undefined) return 'interrupted';
    if (held === undefined) return 'first-missed';
    if (this.#nextLoad() !== undefined) return 'too-many-probes';
    return missed === undefined ? 'no-more-phones' : 'found';
  }

  #nextLoad(): number | undefined {
    return nextLoad(this.#range, this.#judged());
  }

  #isInvalid(): boolean {
    return this.#ended.at(-1)?.probe.verdict === 'invalid';
  }

  #judged(): readonly TriedLoad[] {
    return this.probes
      .filter(({ verdict }) => verdict !== 'invalid')
      .map(({ load, verdict }) => ({ load, holds: verdict === 'passed' }));
  }
}
