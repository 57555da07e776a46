import type { Random } from '../clock/random.ts';

/** Each of two halves. With fewer, orders of five to eight are not all as likely. */
const ROUNDS = 8;

interface Round {
  readonly lowKey: number;
  readonly highKey: number;
}

/**
 * The numbers from 0 to `count` - 1 in an order that chance draws, without keeping it: where one of them
 * stands is worked out alone, so that any part of a fleet comes to the same. Two orders have nothing to do
 * with each other, nor has one with the numbers.
 *
 * A Feistel network over the least power of two that holds them, applied again as long as it leads beyond
 * them: Black and Rogaway, Ciphers with Arbitrary Finite Domains, 2002, section 4. Every half round can be
 * undone, hence each place is taken once. Four of them pass for chance where halves are long (Luby and
 * Rackoff, 1988); those of a small fleet are a bit or two, hence more.
 */
export class ShuffledOrder {
  readonly #count: number;
  readonly #lowBits: number;
  readonly #lowMask: number;
  readonly #highMask: number;
  readonly #rounds: readonly Round[];

  constructor(count: number, random: Random) {
    const bits = 32 - Math.clz32(count - 1);
    const key = () => Math.floor(random.next() * 2 ** 32);
    this.#count = count;
    this.#lowBits = Math.ceil(bits / 2);
    this.#lowMask = 2 ** this.#lowBits - 1;
    this.#highMask = 2 ** (bits - this.#lowBits) - 1;
    this.#rounds = Array.from({ length: ROUNDS }, () => ({ lowKey: key(), highKey: key() }));
  }

  placeOf(number: number): number {
    let place = number;
    do place = this.#permuted(place);
    while (place >= this.#count);
    return place;
  }

  #permuted(number: number): number {
    let low = number & this.#lowMask;
    let high = number >>> this.#lowBits;
    for (const { lowKey, highKey } of this.#rounds) {
      low ^= mixed(high ^ lowKey) & this.#lowMask;
      high ^= mixed(low ^ highKey) & this.#highMask;
    }
    return (high << this.#lowBits) | low;
  }
}

/** The finalizer of MurmurHash3 (A. Appleby, public domain): each bit of 32 bears on each. */
function mixed(bits: number): number {
  let mix = bits;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
