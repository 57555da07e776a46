import { createHash } from 'node:crypto';

/** One of every `n` rules, at least one of any: the same for the same seed, whatever else there is. */
export function sampleOf(rules, n, seed) {
  const drawn = rules
    .map((rule) => ({ rule, draw: createHash('sha256').update(`${seed}/${rule.id}`).digest('hex') }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1))
    .slice(0, Math.ceil(rules.length / n))
    .map(({ rule }) => rule);
  return rules.filter((rule) => drawn.includes(rule));
}
