import { Distribution } from './distribution.ts';
import type { StoredDistribution } from './figures.ts';
import type { GridSeries } from './time-grid.ts';

/** How long something took, by the bin in which it began; precise enough for a picture. */
export class LatencySeries implements GridSeries {
  #bins = new Map<number, Distribution>();

  record(bin: number, us: number): void {
    this.#of(bin).record(us);
  }

  coarsen(factor: number): void {
    const finer = this.#bins;
    this.#bins = new Map();
    for (const [bin, distribution] of finer) this.#of(Math.floor(bin / factor)).add(distribution);
  }

  add(stored: Readonly<Record<string, StoredDistribution>>, factor: number): void {
    for (const [bin, distribution] of Object.entries(stored)) {
      this.#of(Math.floor(Number(bin) / factor)).add(Distribution.from(distribution, 1));
    }
  }

  stored(): Record<string, StoredDistribution> {
    return Object.fromEntries([...this.#bins].map(([bin, distribution]) => [bin, distribution.stored()]));
  }

  #of(bin: number): Distribution {
    const known = this.#bins.get(bin);
    if (known !== undefined) return known;
    const made = new Distribution(1);
    this.#bins.set(bin, made);
    return made;
  }
}
