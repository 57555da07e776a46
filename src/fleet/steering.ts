import { formatDuration } from '../clock/durations.ts';
import type { FleetPlan } from './fleet-plan.ts';

/** What somebody may do to a fleet while it runs. */
export type Steering =
  /** Phones come so many times as fast from now on. */
  | { readonly kind: 'pace'; readonly factor: number }
  /** Our own server is gone for so long. */
  | { readonly kind: 'blackout'; readonly ms: number }
  /** No phone begins any more; those under way come to their end. */
  | { readonly kind: 'drain' };

/** An order that was given, and when, from the start of the run. */
export interface Steered {
  readonly atMs: number;
  readonly order: string;
}

/** How far a fleet is, as far as orders depend on it. */
export interface Standing {
  readonly atMs: number;
  readonly phones: number;
  /** undefined: the run itself has not begun. */
  readonly begun: number | undefined;
}

/** Says which orders make sense, and keeps those that were given. */
export class SteeringLog {
  readonly #plan: Pick<FleetPlan, 'arrivals' | 'server'>;
  readonly #given: Steered[] = [];
  #darkUntilMs = Number.NEGATIVE_INFINITY;
  #isDraining: boolean = false;

  constructor(plan: Pick<FleetPlan, 'arrivals' | 'server'>) {
    this.#plan = plan;
  }

  get given(): readonly Steered[] {
    return this.#given;
  }

  /** Notes an order, unless there is a sentence why it cannot be followed. */
  take(order: Steering, standing: Standing): string | undefined {
    const refusal = this.#refusalOf(order, standing);
    if (refusal !== undefined) return refusal;
    this.#given.push({ atMs: standing.atMs, order: sayOrder(order) });
    if (order.kind === 'blackout') this.#darkUntilMs = standing.atMs + order.ms;
    if (order.kind === 'drain') this.#isDraining = true;
    return undefined;
  }

  #refusalOf(order: Steering, { atMs, phones, begun }: Standing): string | undefined {
    const { arrivals, server } = this.#plan;
    if (begun === undefined && order.kind !== 'drain') return 'it has not begun yet';
    switch (order.kind) {
      case 'pace':
        if (this.#isDraining) return 'it drains: no phone begins any more';
        if (arrivals.kind === 'at-once') return 'all phones come at once: there is no rate to change';
        if (arrivals.kind === 'closed') return 'phones come as others leave: there is no rate to change';
        return begun === phones ? 'every phone has begun: there is no rate to change' : undefined;
      case 'blackout':
        if (server.kind !== 'embedded') return 'the server is not ours: a blackout is for its keeper to make';
        return atMs < this.#darkUntilMs ? 'the server is in a blackout already' : undefined;
      case 'drain':
        return this.#isDraining ? 'it drains already' : undefined;
    }
  }
}

/** An order in words, as a result has it. */
export function sayOrder(order: Steering): string {
  switch (order.kind) {
    case 'pace':
      return order.factor > 1 ? `faster: x ${order.factor}` : `slower: x ${order.factor}`;
    case 'blackout':
      return `blackout of ${formatDuration(order.ms)}`;
    case 'drain':
      return 'drain';
  }
}
