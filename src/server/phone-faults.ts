import { seededRandom } from '../clock/random.ts';
import type { Answer } from './answer.ts';
import type { Fault } from './fault.ts';
import { latency } from './faults/latency.ts';
import { missing } from './faults/missing.ts';
import { refuse } from './faults/refuse.ts';
import { silence } from './faults/silence.ts';
import { stall } from './faults/stall.ts';
import { status } from './faults/status.ts';
import { truncate } from './faults/truncate.ts';
import type { FaultRule, FaultSettings, FaultWord } from './faults.schema.ts';
import { matchesPath } from './path-pattern.ts';

/** What the rules of a run do to the requests of one phone. */
export interface PhoneFaults {
  /** The server's answer to its next request for `path`; counts it. */
  alter(path: string, answer: Answer): Answer;
}

/**
 * The faults of one phone, with counters of its own: what other phones ask changes nothing. Of the rules that
 * strike a request each works on what those before it left.
 */
export function faultsFor(
  phone: { readonly seed: string; readonly mac: string },
  rules: readonly FaultRule[],
): PhoneFaults {
  const turns = rules.filter((rule, index) => isPicked(phone, rule, index, rules)).map(ruleInTurn);
  return {
    alter: (path, answer) => turns.reduce((altered, turn) => turn(path, altered), answer),
  };
}

/** Those of a phone that no rule is for. */
export const faultless: PhoneFaults = faultsFor({ seed: '', mac: '' }, []);

/** A rule as one phone meets it, request after request. */
function ruleInTurn(rule: FaultRule): PhoneFaults['alter'] {
  const { match, after = 0, times = Number.POSITIVE_INFINITY } = rule;
  let requests = 0;
  return (path, answer) => {
    if (!matchesPath(match, path)) return answer;
    requests++;
    return requests > after && requests <= after + times ? strike(answer, rule) : answer;
  };
}

const faults: { readonly [W in FaultWord]: Fault<W> } = {
  missing,
  status,
  refuse,
  silence,
  stall,
  truncate,
  latency,
};

function strike<W extends FaultWord>(answer: Answer, rule: FaultSettings<W>): Answer {
  const fault: Fault<W> = faults[rule.fault];
  return fault(answer, rule);
}

/**
 * Whether a rule is for this phone. The same rule with a larger share picks the same phones and more, so that
 * two runs can be compared; two rules of one word and pattern pick apart.
 */
function isPicked(
  { seed, mac }: { readonly seed: string; readonly mac: string },
  rule: FaultRule,
  index: number,
  rules: readonly FaultRule[],
): boolean {
  const { fault, match, share } = rule;
  if (share === undefined) return true;
  const twins = rules.slice(0, index).filter((other) => other.fault === fault && other.match === match);
  const draw = seededRandom(seed).fork('fault').fork(mac).fork(`${fault} ${match} ${twins.length}`);
  return draw.next() * 100 < Number.parseFloat(share);
}
