const MS = 1_000;
const SECOND = 1_000 * MS;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Lengths of a bin in microseconds. Each divides the next, so that a finer series can be told coarser. */
const BIN_LADDER_US = [
  100 * MS,
  500 * MS,
  SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  6 * HOUR,
  24 * HOUR,
] as const;

const LONGEST_BIN_US = 24 * HOUR;

/** The finest bins of the ladder of which a run of that length has no more than `binsMax`. */
export function binUsFor(endUs: number, binsMax: number): number {
  return BIN_LADDER_US.find((binUs) => Math.floor(endUs / binUs) < binsMax) ?? LONGEST_BIN_US;
}

/** A series on a grid of equal bins, which can be told in coarser ones. */
export interface GridSeries {
  /** `factor` bins become one; `binUs`: the length of those that go. */
  coarsen(factor: number, binUs: number): void;
}

/**
 * The time of a run, from its start, in bins that grow with it: the length of a bin follows from the last
 * instant alone, so that shards that ran for different times can be added.
 */
export class TimeGrid {
  readonly #binsMax: number;
  readonly #series: GridSeries[] = [];
  #binUs: number;
  #endUs = 0;
  #fullUs: number;

  constructor(binsMax: number) {
    this.#binsMax = binsMax;
    this.#binUs = binUsFor(0, binsMax);
    this.#fullUs = this.#binUs * binsMax;
  }

  get binUs(): number {
    return this.#binUs;
  }

  /** The last instant that was asked for. */
  get endUs(): number {
    return this.#endUs;
  }

  /** A series that is coarsened with the grid from now on. */
  carry<T extends GridSeries>(series: T): T {
    this.#series.push(series);
    return series;
  }

  /** The bin of an instant; the grid reaches it from then on. */
  binOf(atUs: number): number {
    if (atUs > this.#endUs) this.reach(atUs);
    return Math.floor(atUs / this.#binUs);
  }

  /** `leastBinUs`: the bins of what is to be added, which may be from a grid of fewer bins. */
  reach(atUs: number, leastBinUs = 0): void {
    if (atUs > this.#endUs) this.#endUs = atUs;
    if (atUs < this.#fullUs && leastBinUs <= this.#binUs) return;
    const binUs = Math.max(this.#binUs, leastBinUs, binUsFor(atUs, this.#binsMax));
    if (binUs === this.#binUs) return;
    for (const series of this.#series) series.coarsen(binUs / this.#binUs, this.#binUs);
    this.#binUs = binUs;
    this.#fullUs = binUs * this.#binsMax;
  }
}

/** How often something happened, or how much of it there was, bin by bin. */
export class CountSeries implements GridSeries {
  #values: number[] = [];

  count(bin: number, amount = 1): void {
    while (this.#values.length <= bin) this.#values.push(0);
    this.#values[bin] = (this.#values[bin] ?? 0) + amount;
  }

  coarsen(factor: number): void {
    this.#values = coarser(this.#values, factor);
  }

  get total(): number {
    return this.#values.reduce((sum, value) => sum + value, 0);
  }

  stored(): number[] {
    return withoutTrailingZeros(this.#values);
  }

  /** Adds one of bins `factor` times as fine. */
  add(stored: readonly number[], factor: number): void {
    coarser(stored, factor).forEach((value, bin) => {
      if (value !== 0) this.count(bin, value);
    });
  }
}

/** A level as a result file has it: the change in each bin, and the sum over each bin's own time of it. */
export interface StoredLevel {
  readonly net: readonly number[];
  readonly areaUs: readonly number[];
}

/**
 * How many there are at once, bin by bin: the level at a bin's end, and its mean over the bin. Kept as what
 * changed in each bin, so that levels of several workers add up.
 */
export class LevelSeries implements GridSeries {
  #net: number[] = [];
  #areaUs: number[] = [];

  /** One more (`by` 1) or less (-1) from that instant on. */
  change(grid: TimeGrid, atUs: number, by: 1 | -1): void {
    const bin = grid.binOf(atUs);
    while (this.#net.length <= bin) {
      this.#net.push(0);
      this.#areaUs.push(0);
    }
    this.#net[bin] = (this.#net[bin] ?? 0) + by;
    this.#areaUs[bin] = (this.#areaUs[bin] ?? 0) + by * ((bin + 1) * grid.binUs - atUs);
  }

  /** After the last change. */
  get level(): number {
    return this.#net.reduce((sum, change) => sum + change, 0);
  }

  coarsen(factor: number, binUs: number): void {
    const { net, areaUs } = coarserLevel({ net: this.#net, areaUs: this.#areaUs }, factor, binUs);
    this.#net = net;
    this.#areaUs = areaUs;
  }

  stored(): { net: number[]; areaUs: number[] } {
    const length = Math.max(
      withoutTrailingZeros(this.#net).length,
      withoutTrailingZeros(this.#areaUs).length,
    );
    return { net: this.#net.slice(0, length), areaUs: this.#areaUs.slice(0, length) };
  }

  add(stored: StoredLevel, factor: number, binUs: number): void {
    const { net, areaUs } = coarserLevel(stored, factor, binUs);
    net.forEach((change, bin) => {
      while (this.#net.length <= bin) {
        this.#net.push(0);
        this.#areaUs.push(0);
      }
      this.#net[bin] = (this.#net[bin] ?? 0) + change;
      this.#areaUs[bin] = (this.#areaUs[bin] ?? 0) + (areaUs[bin] ?? 0);
    });
  }
}

/** The level at the end of each bin, up to `bins` of them. */
export function levelAtEnds({ net }: StoredLevel, bins: number): number[] {
  let level = 0;
  return Array.from({ length: bins }, (_, bin) => {
    level += net[bin] ?? 0;
    return level;
  });
}

/** The mean level of each bin, up to `bins` of them. */
export function meanLevels({ net, areaUs }: StoredLevel, bins: number, binUs: number): number[] {
  let before = 0;
  return Array.from({ length: bins }, (_, bin) => {
    const mean = before + (areaUs[bin] ?? 0) / binUs;
    before += net[bin] ?? 0;
    return mean;
  });
}

function coarser(values: readonly number[], factor: number): number[] {
  const sums: number[] = new Array(Math.ceil(values.length / factor)).fill(0);
  values.forEach((value, bin) => {
    const into = Math.floor(bin / factor);
    sums[into] = (sums[into] ?? 0) + value;
  });
  return sums;
}

/** What changed in a bin holds to the end of the larger one. */
function coarserLevel({ net, areaUs }: StoredLevel, factor: number, binUs: number) {
  const carried = areaUs.map((area, bin) => {
    const binsToEnd = factor - 1 - (bin % factor);
    return area + (net[bin] ?? 0) * binsToEnd * binUs;
  });
  return { net: coarser(net, factor), areaUs: coarser(carried, factor) };
}

function withoutTrailingZeros(values: readonly number[]): number[] {
  let length = values.length;
  while (length > 0 && values[length - 1] === 0) length -= 1;
  return values.slice(0, length);
}
