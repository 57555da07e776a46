import type { FleetFigures } from '../report/fleet/figures.ts';
import { addGlances } from '../report/fleet/glance.ts';
import { mergeFigures } from '../report/fleet/tally.ts';
import type { WorkerProgress } from './do-share.ts';
import type { ShareProgress } from './share-run.ts';

/** How far a fleet is, as one and worker by worker. */
export interface FleetProgress extends ShareProgress {
  readonly workers: readonly WorkerProgress[];
}

/** The progress of all workers as one. */
export class ProgressOfAll {
  readonly #last: (WorkerProgress | undefined)[];
  readonly #tell: (progress: FleetProgress) => void;

  constructor(workers: number, tell: (progress: FleetProgress) => void) {
    this.#last = new Array(workers).fill(undefined);
    this.#tell = tell;
  }

  take(worker: number, progress: WorkerProgress): void {
    this.#last[worker] = progress;
    const workers = this.#last.filter((one) => one !== undefined);
    // The first sums would be of a part of the fleet.
    if (workers.length < this.#last.length) return;
    const all = workers.map(({ progress }) => progress);
    const sum = (of: (one: ShareProgress) => number) => all.reduce((total, one) => total + of(one), 0);
    this.#tell({
      phones: sum(({ phones }) => phones),
      begun: sum(({ begun }) => begun),
      left: sum(({ left }) => left),
      // Under virtual time each worker is at an instant of its own.
      atMs: sum(({ atMs }) => atMs) / all.length,
      glance: addGlances(all.map(({ glance }) => glance)),
      workers,
    });
  }
}

/** The figures of all workers as one, as often as they are asked for. */
export class FiguresOfAll {
  readonly #workers: number;
  readonly #tell: (figures: FleetFigures) => void;
  readonly #last = new Map<number, FleetFigures>();
  readonly #told = new Map<number, FleetFigures>();

  constructor(workers: number, tell: (figures: FleetFigures) => void = () => {}) {
    this.#workers = workers;
    this.#tell = tell;
  }

  take(worker: number, figures: FleetFigures): void {
    this.#told.set(worker, figures);
    this.#tellWhenWhole();
  }

  /** A worker that is done is not asked any more. */
  last(worker: number, figures: FleetFigures): void {
    this.#last.set(worker, figures);
    if (this.#told.size > 0) this.#tellWhenWhole();
  }

  #tellWhenWhole(): void {
    const all = new Map([...this.#told, ...this.#last]);
    if (all.size < this.#workers) return;
    this.#told.clear();
    this.#tell(mergeFigures([...all.values()]));
  }
}
