import type { Answer } from '../server/answer.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import type { FaultPlan } from '../server/phone-faults.ts';
import { openOlderTrees } from './older-trees.ts';

/** What rules do to requests, as a phone's door or a server has it. */
interface Faults<Asked> {
  alter(asked: Asked, answer: Answer): Answer;
}

/** What was broken since a run began. */
export class FaultsToCome {
  #rules: readonly FaultRule[] = [];
  #plan: FaultPlan | undefined;

  add(rules: readonly FaultRule[]): void {
    this.#rules = [...this.#rules, ...rules];
    this.#plan = undefined;
  }

  clear(): void {
    this.#rules = [];
    this.#plan = undefined;
  }

  /** The same object until something changes. */
  plan(seed: string): FaultPlan {
    this.#plan ??= { seed, rules: this.#rules, olderTrees: openOlderTrees(this.#rules) };
    return this.#plan;
  }
}

/** Faults that come and go: each new plan counts from its own beginning. */
export function changingFaults<Asked>(
  planNow: () => FaultPlan,
  make: (plan: FaultPlan) => Faults<Asked>,
): Faults<Asked> {
  let plan: FaultPlan | undefined;
  let made: Faults<Asked> | undefined;
  return {
    alter(asked, answer) {
      const now = planNow();
      if (now !== plan || made === undefined) made = make(now);
      plan = now;
      return made.alter(asked, answer);
    },
  };
}

/** The second works on what the first left. */
export function oneAfterOther<Asked>(first: Faults<Asked>, second: Faults<Asked>): Faults<Asked> {
  return { alter: (asked, answer) => second.alter(asked, first.alter(asked, answer)) };
}
