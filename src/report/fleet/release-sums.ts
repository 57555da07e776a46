import type { SectionName } from '../../provisioning/words.ts';
import { Distribution } from './distribution.ts';
import type { FleetFigures } from './figures.ts';
import { FirstFew } from './first-few.ts';
import { sortedCounts } from './keyed.ts';
import { LevelSeries, type TimeGrid } from './time-grid.ts';

/** A version of a section whose way to the phones is watched. Of firmware it is the load that runs. */
export interface Release {
  readonly section: SectionName;
  readonly version: string;
  readonly publishedUs: number;
}

/** A phone that does not have a release, and why, in a word. */
export interface LeftBehind {
  readonly phone: number;
  readonly because: string;
}

/** How a release spreads, while it is being watched. */
export class ReleaseSums {
  readonly release: Release;
  phones = 0;
  onTarget = 0;
  readonly reached = new Distribution();
  readonly level: LevelSeries;
  readonly #grid: TimeGrid;
  readonly #namedMax: number;
  readonly #behind = new Map<string, number>();
  readonly #named: FirstFew<LeftBehind>;

  constructor(release: Release, grid: TimeGrid, namedMax: number) {
    this.release = release;
    this.#grid = grid;
    this.#namedMax = namedMax;
    this.level = grid.carry(new LevelSeries());
    this.#named = firstByIndex(namedMax);
  }

  /** A phone has it from that instant on; before the publishing counts as at once. */
  arrived(atUs: number): void {
    this.onTarget += 1;
    this.reached.record(Math.max(0, atUs - this.release.publishedUs));
    this.level.change(this.#grid, atUs, 1);
  }

  /** A phone that had it went to another version. */
  lost(atUs: number): void {
    this.onTarget -= 1;
    this.level.change(this.#grid, atUs, -1);
  }

  /** A phone that never got it is gone. */
  leftBehind(one: LeftBehind): void {
    this.#behind.set(one.because, (this.#behind.get(one.because) ?? 0) + 1);
    this.#named.add(one);
  }

  add(stored: NonNullable<FleetFigures['release']>, factor: number, binUs: number): void {
    this.phones += stored.phones;
    this.onTarget += stored.onTarget;
    this.reached.add(Distribution.from(stored.reached));
    this.level.add(stored.level, factor, binUs);
    for (const [because, count] of Object.entries(stored.leftBehindBecause)) {
      this.#behind.set(because, (this.#behind.get(because) ?? 0) + count);
    }
    this.#named.addAll(stored.leftBehind);
  }

  stored(more: Iterable<LeftBehind>): NonNullable<FleetFigures['release']> {
    const behind = new Map(this.#behind);
    const named = firstByIndex(this.#namedMax);
    named.addAll(this.#named.stored());
    for (const one of more) {
      behind.set(one.because, (behind.get(one.because) ?? 0) + 1);
      named.add(one);
    }
    return {
      ...this.release,
      phones: this.phones,
      onTarget: this.onTarget,
      reached: this.reached.stored(),
      level: this.level.stored(),
      leftBehindBecause: sortedCounts(behind),
      leftBehind: named.stored(),
    };
  }
}

function firstByIndex(max: number): FirstFew<LeftBehind> {
  return new FirstFew<LeftBehind>(max, (a, b) => a.phone - b.phone);
}
