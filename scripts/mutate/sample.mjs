import { createHash } from 'node:crypto';

/**
 * The mutations of a command line: those of the rules it names, of all rules if it names none, and of these
 * one of every so many: the same for the same seed. Throws for a rule that does not exist.
 */
export function chosen(mutations, { rule: ids, sample, seed }) {
  const unknown = ids.filter((id) => !mutations.some(({ rule }) => rule.id === id));
  if (unknown.length > 0) throw new Error(`no rule ${unknown.join(', ')} in test/contract/`);
  const wanted = ids.length === 0 ? mutations : mutations.filter(({ rule }) => ids.includes(rule.id));
  return sampleOf(wanted, Number(sample), seed);
}

/** One of every `n`, at least one of any, drawn by the names of things, whatever else there is. */
function sampleOf(mutations, n, seed) {
  const drawn = mutations
    .map(({ key }) => ({ key, draw: createHash('sha256').update(`${seed}/${key}`).digest('hex') }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1))
    .slice(0, Math.ceil(mutations.length / n))
    .map(({ key }) => key);
  return mutations.filter(({ key }) => drawn.includes(key));
}
