import type { Protocol, SectionName } from '../provisioning/words.ts';
import type { Layer } from '../scenario/published-tree.ts';
import type { PhoneCase, Surroundings } from '../scenario/scenario-case.ts';
import type { AddressRange } from './address-range.ts';
import type { Arrivals } from './arrival.ts';
import type { Identity } from './identities.ts';

/**
 * A fleet ready to be run: nothing is left to be looked up but the files of its server. Plain data, so that a
 * worker can have it.
 */
export interface FleetPlan extends Surroundings {
  readonly title: string;
  readonly count: number;
  /** Number of the first phone. */
  readonly firstIndex: number;
  /** MAC of phone 0. */
  readonly macBase: string;
  /** By place from the first phone on, instead of MACs that follow from their number. */
  readonly identities?: readonly Identity[];
  /** Phones take turns. */
  readonly protocols: readonly [Protocol, ...Protocol[]];
  readonly sources?: AddressRange;
  readonly arrivals: Arrivals;
  readonly kinds: readonly PhoneKind[];
  readonly life: Life;
  /** Of one boot. */
  readonly limitMs: number;
  readonly measureFromMs: number;
  readonly events: readonly FleetEvent[];
  readonly release?: { readonly section: SectionName; readonly version: string };
  readonly thresholds: readonly string[];
}

/** Phones that are alike but for their identity. */
export interface PhoneKind {
  /** In [0, 1]; all together 1. */
  readonly share: number;
  /** `provisioned`: flash is yet to be made by a boot from our own files. */
  readonly state: 'factory' | 'provisioned';
  /** Its MAC is nobody's. */
  readonly phone: PhoneCase;
}

/** How long a phone is there. */
export type Life =
  /** Until it is at rest. */
  | { readonly kind: 'boot' }
  /** So many boots, each at the end of the one before. */
  | { readonly kind: 'iterations'; readonly times: number }
  /** Up to that time from the start of the run. */
  | { readonly kind: 'duration'; readonly ms: number };

/** What happens to all on the way, or to a share of them. */
export type FleetEvent = { readonly atMs: number } & (
  | { readonly kind: 'publish'; readonly layers: readonly Layer[] }
  | { readonly kind: 'blackout'; readonly ms: number }
  | { readonly kind: 'restart' | 'check-sync'; readonly share: number; readonly overMs: number }
  | {
      readonly kind: 'cut-power';
      readonly share: number;
      readonly atFirmware: number;
      readonly darkMs: number;
    }
);

/** Events of the server; all others are of phones. */
export type ServerEvent = Extract<FleetEvent, { kind: 'publish' | 'blackout' }>;

export function isServerEvent(event: FleetEvent): event is ServerEvent {
  return event.kind === 'publish' || event.kind === 'blackout';
}

/** A part of a fleet that shares nothing with the others: phone i is of shard i mod `of`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}
