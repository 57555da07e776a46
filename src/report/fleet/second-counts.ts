const US_A_SECOND = 1_000_000;
/** Seconds are held an hour at a time, and only hours in which there was something. */
const HOUR_SECONDS = 3_600;

/** A second of a run, from its start, and how often there was something in it: never 0. */
export type CountedSecond = readonly [second: number, count: number];

/**
 * How often something happened in each second of a run, however long it is: 14 kB for each hour in which it
 * did. Adding two is the same as having counted both in one, whatever the order.
 */
export class SecondCounts {
  readonly #hours = new Map<number, Uint32Array>();

  /** Once more, at that instant from the start of the run. */
  count(atUs: number): void {
    this.#add(Math.floor(atUs / US_A_SECOND), 1);
  }

  /** Adds what `stored` made. Throws RangeError on what it did not. */
  add(stored: string): void {
    for (const [second, count] of storedSeconds(stored)) this.#add(second, count);
  }

  get busiest(): number {
    let most = 0;
    for (const seconds of this.#hours.values()) {
      for (const count of seconds) if (count > most) most = count;
    }
    return most;
  }

  /** Seconds with something in them, in their order. */
  *counted(): Generator<CountedSecond> {
    for (const [hour, seconds] of [...this.#hours].sort(([a], [b]) => a - b)) {
      for (const [at, count] of seconds.entries()) {
        if (count > 0) yield [hour * HOUR_SECONDS + at, count];
      }
    }
  }

  /** As a result file has it; the same counts are always the same text. */
  stored(): string {
    return textOf(this.counted());
  }

  #add(second: number, amount: number): void {
    const hour = Math.floor(second / HOUR_SECONDS);
    let seconds = this.#hours.get(hour);
    if (seconds === undefined) {
      seconds = new Uint32Array(HOUR_SECONDS);
      this.#hours.set(hour, seconds);
    }
    const at = second % HOUR_SECONDS;
    seconds[at] = (seconds[at] ?? 0) + amount;
  }
}

/** Those of several as one. */
export function sumOfSeconds(all: Iterable<string>): SecondCounts {
  const sum = new SecondCounts();
  for (const stored of all) sum.add(stored);
  return sum;
}

/** How many there were in each stretch of a run, and in the busiest second of each. */
export interface SecondStretches {
  readonly totals: readonly number[];
  readonly busiest: readonly number[];
}

/** Seconds in stretches of that many of them, of the first so many stretches. */
export function inStretches(
  counted: Iterable<CountedSecond>,
  stretchSeconds: number,
  stretches: number,
): SecondStretches {
  const totals = new Array<number>(stretches).fill(0);
  const busiest = new Array<number>(stretches).fill(0);
  for (const [second, count] of counted) {
    const stretch = Math.floor(second / stretchSeconds);
    if (stretch >= stretches) break;
    totals[stretch] = (totals[stretch] ?? 0) + count;
    busiest[stretch] = Math.max(busiest[stretch] ?? 0, count);
  }
  return { totals, busiest };
}

/**
 * The counts of a result file, in the order of their seconds. Throws RangeError where it ends in the middle
 * of a number.
 */
export function* storedSeconds(stored: string): Generator<CountedSecond> {
  let second = 0;
  for (const number of numbersIn(Buffer.from(stored, 'base64'))) {
    if (number > 0) yield [second, number];
    second += number > 0 ? 1 : -number;
  }
}

/** How many there are in all; undefined of a text that no counts make. */
export function totalOfSeconds(stored: string): number | undefined {
  try {
    const counted = [...storedSeconds(stored)];
    // Each has one text: what another one would be taken for was damaged.
    if (textOf(counted) !== stored) return undefined;
    return counted.reduce((sum, [, count]) => sum + count, 0);
  } catch {
    return undefined;
  }
}

/**
 * The counts of an HdrHistogram's V2 encoding, in base64: a number a second, and for seconds without any how
 * many they are, below zero. Nothing of it is compressed: what zlib makes of it differs between processors.
 */
function textOf(counted: Iterable<CountedSecond>): string {
  const bytes: number[] = [];
  let next = 0;
  for (const [second, count] of counted) {
    if (second > next) writeNumber(bytes, next - second);
    writeNumber(bytes, count);
    next = second + 1;
  }
  return Buffer.from(bytes).toString('base64');
}

/** ZigZag LEB128: 7 bits a byte, the least first; of a number below zero the bits are odd. */
function writeNumber(bytes: number[], number: number): void {
  let rest = number < 0 ? -2 * number - 1 : 2 * number;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function* numbersIn(bytes: Uint8Array): Generator<number> {
  let value = 0;
  let unit = 1;
  for (const byte of bytes) {
    value += (byte % 128) * unit;
    unit *= 128;
    if (byte >= 128) continue;
    yield value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    value = 0;
    unit = 1;
  }
  if (unit !== 1) throw new RangeError('the last number is cut off');
}
