import type { DialingPlan, DialRule } from './dialing-plan.ts';
import { DIALED_KEYS } from './digit-pattern.ts';
import { matchDigits } from './match-digits.ts';

/** What comes of a number. */
export type Dialed =
  /** Documented: M44L p97: a SIP address is called as it is, past the plan. */
  | { readonly by: 'address'; readonly uri: string }
  | {
      readonly by: 'rule';
      readonly rule: DialRule;
      /** What `$$` stood for. */
      readonly digits: string;
      readonly uri: string;
      /** From the first digit; 0: at once, with the # that ended the number. */
      readonly afterMs: number;
      /** Keys that came too late. */
      readonly unused: string;
    }
  /** Nothing is called. `open`: the rules that more keys could fulfil. */
  | { readonly by: 'nothing'; readonly open: readonly DialRule[] }
  /** There is no such number. */
  | { readonly by: 'mistake'; readonly why: string };

/** Our own limit; the longest international number has 15 digits. */
const NUMBER_LENGTH_MAX = 64;

/**
 * Which rule fires for a number that is keyed in at once. Documented: M44 p100: a # at its end dials the
 * match immediately, anything else when the rule's time from the first digit is over. Assumed: the first
 * matching rule in file order; the # that ends a number is not part of `$$`.
 */
export function dial(plan: DialingPlan, number: string): Dialed {
  if (/^sips?:/i.test(number)) return { by: 'address', uri: number };
  if (number.includes('@')) return { by: 'address', uri: `sip:${number}` };
  const keys = number.replaceAll(/[ .()-]/g, '').toUpperCase();
  if (keys === '' || keys.length > NUMBER_LENGTH_MAX || [...keys].some((key) => !DIALED_KEYS.includes(key))) {
    return { by: 'mistake', why: `expected 1 to ${NUMBER_LENGTH_MAX} of ${DIALED_KEYS}, or user@domain` };
  }
  for (let at = keys.indexOf('#'); at !== -1; at = keys.indexOf('#', at + 1)) {
    const fired = firstMatch(plan, keys.slice(0, at + 1));
    if (fired !== undefined) return { ...fired, afterMs: 0, unused: keys.slice(at + 1) };
  }
  const fired = firstMatch(plan, keys);
  if (fired !== undefined) return { ...fired, afterMs: fired.rule.timerMs, unused: '' };
  const isOpen = ({ programs }: DialRule) => programs.some((program) => matchDigits(program, keys).isOpen);
  return { by: 'nothing', open: plan.rules.filter(isOpen) };
}

function firstMatch(plan: DialingPlan, keys: string) {
  for (const rule of plan.rules) {
    const match = rule.programs.map((program) => matchDigits(program, keys).matched);
    const captured = match.find((text) => text !== undefined);
    if (captured === undefined) continue;
    const digits = captured.endsWith('#') ? captured.slice(0, -1) : captured;
    return { by: 'rule', rule, digits, uri: expand(rule.result, digits, plan.variables) } as const;
  }
  return undefined;
}

function expand(result: string, digits: string, variables: ReadonlyMap<string, string>): string {
  return result.replaceAll(/\$([$0-9A-Za-z])/g, (whole, name: string) =>
    name === '$' ? digits : (variables.get(name) ?? whole),
  );
}
