import { type Random, seededRandom } from '../clock/random.ts';
import type { FlashContents } from '../device/flash-contents.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { PhoneCase } from '../scenario/scenario-case.ts';
import { addressAt } from './address-range.ts';
import { arrivalMs } from './arrival.ts';
import type { FleetPlan, PhoneKind, Shard } from './fleet-plan.ts';
import type { Identity } from './identities.ts';
import { sharesTogether } from './share.ts';
import { ShuffledOrder } from './shuffled-order.ts';

/** One phone of a fleet. All that is in here follows from the plan and its index. */
export interface Member {
  readonly index: number;
  readonly mac: string;
  readonly protocol: Protocol;
}

/** A member and what it is before it has power; phones that live have no need of that any more. */
export interface NewMember extends Member {
  /** When it boots again, in ms from its first boot. */
  readonly later: readonly number[];
  readonly phone: PhoneCase;
}

/** Who the phones of a plan are: each follows from the plan, the seed and its index alone. */
export class Population {
  readonly #plan: FleetPlan;
  readonly #random: Random;
  readonly #orders = new Map<string, ShuffledOrder>();

  constructor(plan: FleetPlan) {
    this.#plan = plan;
    this.#random = seededRandom(plan.seed).fork('fleet');
  }

  member(index: number): NewMember {
    const { protocols, sources } = this.#plan;
    const number = this.#numberOf(index);
    const identity = this.#identityOf(index);
    const mac = this.mac(index);
    const { phone } = this.#kindOf(index);
    const software = identity?.software ?? phone.flash.software;
    const versions = { ...phone.flash.versions, ...identity?.versions };
    const flash: FlashContents = { ...phone.flash, mac, software, versions };
    const [first = 0, ...later] = identity?.at ?? [];
    const address = identity?.address ?? (sources && addressAt(sources, number)) ?? phone.localAddress;
    return {
      index,
      mac,
      later: later.map((ms) => ms - first),
      protocol: identity?.protocol ?? protocols[number % protocols.length] ?? protocols[0],
      phone: {
        ...phone,
        name: mac,
        model: identity?.model ?? phone.model,
        flash,
        ...(address !== undefined && { localAddress: address }),
      },
    };
  }

  mac(index: number): string {
    return this.#identityOf(index)?.mac ?? macAt(this.#plan.macBase, index);
  }

  /** When it gets power, in ms from the start of the run; of a closed fleet: when its chain begins. */
  arrivalMs(index: number): number {
    const { arrivals, count } = this.#plan;
    return arrivalMs(arrivals, count, {
      number: this.#numberOf(index),
      mac: this.mac(index),
      listedMs: this.#identityOf(index)?.at?.[0],
      random: () => this.#random.fork(String(index)),
    });
  }

  /**
   * Where it stands in [0, 1) in an order that the label draws: below a share, it is of that share. Of the
   * whole fleet that comes out to the phone, of a part of it (a shard, those of one protocol) as chance has
   * it.
   */
  placeIn(label: string, index: number): number {
    return this.#orderOf(label).placeOf(this.#numberOf(index)) / this.#plan.count;
  }

  /** Those of a shard, and of one of the workers that divide it. */
  indexes(shard: Shard, worker: Shard): readonly number[] {
    const { firstIndex, count } = this.#plan;
    const ofShard = indexesOf({ first: firstIndex, count }, shard);
    return ofShard.filter((_, place) => place % worker.of === worker.index);
  }

  #kindOf(index: number): PhoneKind {
    const { kinds } = this.#plan;
    const place = this.placeIn('mix', index);
    let below = 0;
    for (const kind of kinds) {
      below = sharesTogether(below, kind.share);
      if (place < below) return kind;
    }
    const last = kinds.at(-1);
    if (last === undefined) throw new Error('A fleet has no kind of phone');
    return last;
  }

  #orderOf(label: string): ShuffledOrder {
    const known = this.#orders.get(label);
    if (known !== undefined) return known;
    const order = new ShuffledOrder(this.#plan.count, this.#random.fork(label));
    this.#orders.set(label, order);
    return order;
  }

  #identityOf(index: number): Identity | undefined {
    return this.#plan.identities?.[this.#numberOf(index)];
  }

  #numberOf(index: number): number {
    return index - this.#plan.firstIndex;
  }
}

/** Phone i is of shard i mod `of`. */
export function indexesOf(
  { first, count }: { readonly first: number; readonly count: number },
  { index, of }: Shard,
): readonly number[] {
  const start = first + ((((index - first) % of) + of) % of);
  const length = Math.max(0, Math.ceil((first + count - start) / of));
  return Array.from({ length }, (_, place) => start + place * of);
}

/** The last three groups count; the first three are the maker's. */
export const MACS_OF_A_MAKER = 2 ** 24;

/** The MAC of a phone by its index, within the block of its maker. */
export function macAt(base: string, index: number): string {
  const number = Number.parseInt(base.slice(6), 16) + index;
  if (number >= MACS_OF_A_MAKER) throw new RangeError(`${base} has no MAC ${index}`);
  return base.slice(0, 6) + number.toString(16).toUpperCase().padStart(6, '0');
}
