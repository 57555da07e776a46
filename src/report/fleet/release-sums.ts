import type { SectionName } from '../../provisioning/words.ts';
import { Distribution } from './distribution.ts';
import type { FleetFigures } from './figures.ts';
import { FirstFew } from './first-few.ts';
import { sortedCounts } from './keyed.ts';
import { NEVER_US, type PhoneLine } from './phone-line.ts';
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

/** What is known of a phone at its end, or so far. */
export type OnTheWay = Pick<PhoneLine, 'index' | 'onTargetSinceUs' | 'because'>;

/** How a release spreads, while it is being watched. */
export class ReleaseSums {
  readonly release: Release;
  phones = 0;
  onTarget = 0;
  /** Of phones that left with it: one that lost it and has it again got it then. */
  readonly #reached = new Distribution();
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

  /** A phone has it from that instant on. */
  arrived(atUs: number): void {
    this.onTarget += 1;
    this.level.change(this.#grid, atUs, 1);
  }

  /** A phone that had it went to another version. */
  lost(atUs: number): void {
    this.onTarget -= 1;
    this.level.change(this.#grid, atUs, -1);
  }

  /** A phone is gone, with it or without. */
  left(phone: OnTheWay): void {
    this.#take(phone, { reached: this.#reached, behind: this.#behind, named: this.#named });
  }

  add(stored: NonNullable<FleetFigures['release']>, factor: number, binUs: number): void {
    this.phones += stored.phones;
    this.onTarget += stored.onTarget;
    this.#reached.add(Distribution.from(stored.reached));
    this.level.add(stored.level, factor, binUs);
    for (const [because, count] of Object.entries(stored.leftBehindBecause)) {
      this.#behind.set(because, (this.#behind.get(because) ?? 0) + count);
    }
    this.#named.addAll(stored.leftBehind);
  }

  /** With `phones` as they stand that are still there. */
  stored(phones: Iterable<OnTheWay>): NonNullable<FleetFigures['release']> {
    const reached = Distribution.from(this.#reached.stored());
    const behind = new Map(this.#behind);
    const named = firstByIndex(this.#namedMax);
    named.addAll(this.#named.stored());
    for (const phone of phones) this.#take(phone, { reached, behind, named });
    return {
      ...this.release,
      phones: this.phones,
      onTarget: this.onTarget,
      reached: reached.stored(),
      level: this.level.stored(),
      leftBehindBecause: sortedCounts(behind),
      leftBehind: named.stored(),
    };
  }

  /** Who had it before its publishing had it at once. */
  #take({ index, onTargetSinceUs, because }: OnTheWay, { reached, behind, named }: Ends): void {
    if (onTargetSinceUs !== NEVER_US) {
      reached.record(Math.max(0, onTargetSinceUs - this.release.publishedUs));
      return;
    }
    behind.set(because, (behind.get(because) ?? 0) + 1);
    named.add({ phone: index, because });
  }
}

interface Ends {
  readonly reached: Distribution;
  readonly behind: Map<string, number>;
  readonly named: FirstFew<LeftBehind>;
}

function firstByIndex(max: number): FirstFew<LeftBehind> {
  return new FirstFew<LeftBehind>(max, (a, b) => a.phone - b.phone);
}
