import { inflateSync } from 'node:zlib';
import { build, encodeIntoCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import { doDecode } from 'hdr-histogram-js/dist/JsHistogram.encoding.js';
import type { StoredDistribution } from './figures.ts';

/** Durations beyond it count as it: 12.7 days, in microseconds. */
export const LONGEST_US = 2 ** 40 - 1;

/** Where a histogram starts, to be enlarged by what comes: one second. */
const FIRST_RANGE_US = 2 ** 20 - 1;

/** In V2, after cookie, length, offset and digits of 4 bytes each, and the lowest value of 8. */
const HIGHEST_VALUE_OFFSET = 24;
/** Of the compressed form: cookie and length. */
const COMPRESSED_HEAD_BYTES = 8;

/**
 * How long something took, many times: an HDR histogram in whole microseconds, and count, sum, least and
 * most exactly. Adding two is the same as having recorded both in one, whatever the order.
 */
export class Distribution {
  readonly #counts: JsHistogram;
  #count = 0;
  #sumUs = 0;
  #minUs = Number.POSITIVE_INFINITY;
  #maxUs = 0;

  /** `digits`: how many of a value are kept; 3 is an error of 0.1 % at most, 1 is enough for a picture. */
  constructor(digits: 1 | 3 = 3) {
    this.#counts = emptyHistogram(digits);
  }

  get count(): number {
    return this.#count;
  }

  get sumUs(): number {
    return this.#sumUs;
  }

  /** 0 of nothing. */
  get minUs(): number {
    return this.#count === 0 ? 0 : this.#minUs;
  }

  get maxUs(): number {
    return this.#maxUs;
  }

  record(us: number): void {
    const value = us < 0 ? 0 : us > LONGEST_US ? LONGEST_US : us;
    this.#counts.recordValue(value);
    this.#count += 1;
    this.#sumUs += value;
    if (value < this.#minUs) this.#minUs = value;
    if (value > this.#maxUs) this.#maxUs = value;
  }

  add(other: Distribution): void {
    if (other.#count === 0) return;
    this.#counts.add(other.#counts);
    this.#count += other.#count;
    this.#sumUs += other.#sumUs;
    this.#minUs = Math.min(this.#minUs, other.#minUs);
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
  }

  /**
   * The value that `percent` of all are at or below; never beyond the greatest there was. 0 of nothing.
   */
  percentileUs(percent: number): number {
    if (this.#count === 0) return 0;
    return Math.min(this.#counts.getValueAtPercentile(percent), this.#maxUs);
  }

  /** How many are at or below each of the rising bounds, to the digits that are kept. */
  countsUpTo(boundsUs: readonly number[]): readonly number[] {
    let counted = 0;
    let next = 0;
    return boundsUs.map((bound) => {
      const end = Math.min(this.#counts.countsArrayIndex(bound) + 1, this.#counts.countsArrayLength);
      while (next < end) counted += this.#counts.getCountAtIndex(next++);
      return counted;
    });
  }

  /** As a result file has it. */
  stored(): StoredDistribution {
    return {
      count: this.#count,
      sumUs: this.#sumUs,
      minUs: this.minUs,
      p50Us: this.percentileUs(50),
      p75Us: this.percentileUs(75),
      p90Us: this.percentileUs(90),
      p95Us: this.percentileUs(95),
      p99Us: this.percentileUs(99),
      p999Us: this.percentileUs(99.9),
      maxUs: this.#maxUs,
      hdr: this.#count === 0 ? '' : encoded(this.#counts),
    };
  }

  /** Reads it back. Throws what the histogram's reader throws on what is no histogram. */
  static from(stored: StoredDistribution, digits: 1 | 3 = 3): Distribution {
    const distribution = new Distribution(digits);
    if (stored.count === 0) return distribution;
    const counts = doDecode(Buffer.from(stored.hdr, 'base64'), 32);
    if (counts.totalCount !== stored.count || counts.numberOfSignificantValueDigits !== digits) {
      throw new RangeError(`a histogram of ${counts.totalCount} values; expected ${stored.count}`);
    }
    distribution.#counts.add(counts);
    distribution.#count = stored.count;
    distribution.#sumUs = stored.sumUs;
    distribution.#minUs = stored.minUs;
    distribution.#maxUs = stored.maxUs;
    return distribution;
  }
}

/** Of several as one. */
export function sumOf(all: Iterable<Distribution>, digits: 1 | 3 = 3): Distribution {
  const sum = new Distribution(digits);
  for (const one of all) sum.add(one);
  return sum;
}

function emptyHistogram(digits: 1 | 3): JsHistogram {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: FIRST_RANGE_US,
    numberOfSignificantValueDigits: digits,
    bitBucketSize: 32,
  });
  if (!(histogram instanceof JsHistogram)) throw new Error('a histogram in WebAssembly was not asked for');
  histogram.autoResize = true;
  return histogram;
}

/**
 * HdrHistogram's V2 encoding in base64, not compressed: what zlib makes of the same bytes differs between
 * processors. The range a histogram grew to is an accident too, so the widest is written in its place.
 */
function encoded(histogram: JsHistogram): string {
  const compressed = Buffer.from(encodeIntoCompressedBase64(histogram, 1), 'base64');
  const bytes = inflateSync(compressed.subarray(COMPRESSED_HEAD_BYTES));
  bytes.writeBigInt64BE(BigInt(LONGEST_US), HIGHEST_VALUE_OFFSET);
  return bytes.toString('base64');
}
