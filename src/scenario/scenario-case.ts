import type { Authenticity } from '../device/circumstances.ts';
import type { FlashContents } from '../device/flash-contents.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import type { Model, Protocol } from '../provisioning/words.ts';
import type { Place } from '../report/result.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import type { LinkPlan } from '../transport/link-plan.ts';
import type { DhcpPlan } from './dhcp.ts';
import type { ExpectationWord, Expected } from './expectation.schema.ts';
import type { Layer } from './published-tree.ts';
import type { Habits } from './scenario.ts';
import type { StepValue, StepWord } from './step.schema.ts';
import type { TimeServerPlan } from './time-door.ts';
import type { Variant } from './variants.ts';
import type { ServerTrust } from './world.ts';

/** Time, chance, network and server around the phones of a run. Plain data, so that a worker can have it. */
export interface Surroundings {
  readonly seed: string;
  readonly time: 'real' | 'jump' | 'virtual';
  readonly startsAtMs: number;
  /** Of instants in the file that name no offset: minutes east of UTC. */
  readonly zoneMinutes: number;
  readonly timings: 'field' | 'none';
  readonly quirks: Quirks;
  readonly dhcp?: DhcpPlan;
  readonly timeServer?: TimeServerPlan;
  readonly server: ServerCase;
  /** The way between each phone and the server. */
  readonly link?: LinkPlan;
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
}

/**
 * One scenario, or one variant of its matrix, ready to be run: nothing is left to be looked up but the files
 * of its server. Plain data, so that a worker can have it.
 */
export interface ScenarioCase extends Surroundings {
  /** Its file and its variant. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly why?: string;
  readonly variant: Variant;
  readonly phones: readonly PhoneCase[];
  readonly steps: readonly StepCase[];
  readonly expect: readonly ExpectationCase[];
}

export type ServerCase =
  | { readonly kind: 'none' }
  | { readonly kind: 'external'; readonly address: ServerAddress; readonly trust?: ServerTrust }
  | {
      readonly kind: 'embedded';
      readonly layers: readonly Layer[];
      readonly protocol: Protocol;
      readonly faults: readonly FaultRule[];
      readonly rttMs?: number;
      readonly bandwidth?: Readonly<Partial<Record<Protocol, number>>>;
      readonly users?: Readonly<Record<string, string>>;
    };

export interface PhoneCase {
  /** As the scenario calls it; its MAC if it gives no name. */
  readonly name: string;
  readonly model: Model;
  /** Its MAC and software are in here. */
  readonly flash: FlashContents;
  readonly habits: Habits;
  readonly userAgentByte?: number | 'seen';
  readonly localAddress?: string;
  readonly notifyFrom?: 'anyone' | readonly string[];
  readonly authenticity: Authenticity;
}

/** A word of `steps`, what stands behind it, and whom it concerns: places in the list of phones. */
export type StepCase = { [W in StepWord]: OneStep<W> }[StepWord];

export interface OneStep<W extends StepWord> {
  readonly word: W;
  readonly value: StepCaseValue<W>;
  readonly phones: readonly number[];
  readonly limitMs?: number;
  readonly place: Place;
}

/** As the file has it, with what depends on other parts of the file worked out. */
export type StepCaseValue<W extends StepWord> = W extends 'publish'
  ? readonly Layer[]
  : W extends 'break'
    ? readonly FaultRule[] | 'down'
    : W extends 'until' | 'clock.set'
      ? number
      : W extends 'expect'
        ? readonly ExpectationCase[]
        : StepValue<W>;

/** A word of `expect`, what stands behind it, and of whom. */
export type ExpectationCase = { [W in ExpectationWord]: OneExpectation<W> }[ExpectationWord];

export interface OneExpectation<W extends ExpectationWord> {
  readonly word: W;
  readonly value: Expected<W>;
  readonly phones: readonly number[];
  readonly place: Place;
  /** Where it stands among the keys of its file, for `--update`. */
  readonly path: readonly (string | number)[];
}
