import { type Random, seededRandom } from '../clock/random.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { Answer } from './answer.ts';
import type { Fault, Strike } from './fault.ts';
import { bandwidth } from './faults/bandwidth.ts';
import { corrupt } from './faults/corrupt.ts';
import { halfUpdated } from './faults/half-updated.ts';
import { latency } from './faults/latency.ts';
import { missing } from './faults/missing.ts';
import { refuse } from './faults/refuse.ts';
import { reset } from './faults/reset.ts';
import { silence } from './faults/silence.ts';
import { stale } from './faults/stale.ts';
import { stall } from './faults/stall.ts';
import { status } from './faults/status.ts';
import { truncate } from './faults/truncate.ts';
import type { FaultRule, FaultSettings, FaultWord } from './faults.schema.ts';
import type { FileStore } from './file-store.ts';
import { matchesPath } from './path-pattern.ts';
import { chanceOf } from './share.ts';

/** A request as rules see it; its path has no leading slash. */
export interface AskedFile {
  readonly protocol: Protocol;
  readonly path: string;
}

/** What the rules of a run do to the requests of one phone. */
export interface PhoneFaults {
  /** The server's answer to its next request; counts it. */
  alter(asked: AskedFile, answer: Answer): Answer;
}

/** The rules of a run, and what they need beside themselves. */
export interface FaultPlan {
  readonly seed: string;
  readonly rules: readonly FaultRule[];
  /** The older trees that rules take files from, by what their `from` says. */
  readonly olderTrees?: OlderTrees;
}

export type OlderTrees = ReadonlyMap<string, FileStore>;

/**
 * The faults of one phone, with counters of its own: what other phones ask changes nothing. Of the rules that
 * strike a request each works on what those before it left. `phone` is its MAC, or the address it is known
 * by.
 */
export function faultsFor(phone: string, plan: FaultPlan): PhoneFaults {
  const turns = plan.rules.flatMap((rule, index) => {
    const chance = chanceOfRule(plan, rule, index);
    return isPicked(phone, rule, chance) ? [ruleInTurn({ phone, plan, rule, chance })] : [];
  });
  return {
    alter: (asked, answer) => turns.reduce((altered, turn) => turn(asked, altered), answer),
  };
}

/** Those of a phone, or a server, that no rule is for. */
export const faultless: PhoneFaults = faultsFor('', { seed: '', rules: [] });

interface RuleOfPhone {
  readonly phone: string;
  readonly plan: FaultPlan;
  readonly rule: FaultRule;
  /** This rule's own. */
  readonly chance: Random;
}

/** A rule as one phone meets it, request after request. */
function ruleInTurn({ phone, plan, rule, chance }: RuleOfPhone): PhoneFaults['alter'] {
  const { match, protocol, after = 0, times = Number.POSITIVE_INFINITY } = rule;
  let requests = 0;
  return (asked, answer) => {
    if (!matchesPath(match, asked.path) || (protocol ?? asked.protocol) !== asked.protocol) return answer;
    requests++;
    if (requests <= after || requests > after + times) return answer;
    const altered = strike(answer, rule, {
      chance: chance.fork(phone).fork(`request ${requests}`),
      chanceOfFile: chance.fork(`file ${asked.path}`),
      olderFile: (from) => treeOf(plan, from).find(asked.path),
    });
    return { ...altered, faults: [...answer.faults, rule.fault] };
  };
}

const faults: { readonly [W in FaultWord]: Fault<W> } = {
  missing,
  status,
  refuse,
  silence,
  stall,
  truncate,
  reset,
  latency,
  bandwidth,
  corrupt,
  stale,
  'half-updated': halfUpdated,
};

function strike<W extends FaultWord>(answer: Answer, rule: FaultSettings<W>, by: Strike): Answer {
  const fault: Fault<W> = faults[rule.fault];
  return fault(answer, rule, by);
}

function treeOf({ olderTrees }: FaultPlan, from: string): FileStore {
  const tree = olderTrees?.get(from);
  if (tree === undefined) throw new Error(`No older tree was opened for "${from}"`);
  return tree;
}

/** Two rules of one word and pattern draw apart; what else is set does not change a rule's chance. */
function chanceOfRule({ seed, rules }: FaultPlan, { fault, match }: FaultRule, index: number): Random {
  const twins = rules.slice(0, index).filter((other) => other.fault === fault && other.match === match);
  return seededRandom(seed).fork('fault').fork(`${fault} ${match} ${twins.length}`);
}

/**
 * Whether a rule is for this phone. The same rule with a larger share picks the same phones and more, so that
 * two runs can be compared.
 */
function isPicked(phone: string, { share }: FaultRule, chance: Random): boolean {
  return share === undefined || chance.fork(`phone ${phone}`).next() < chanceOf(share);
}
