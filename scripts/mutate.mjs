// Is each rule of docs/contract.md held by its tests? Inverts one rule after the other in a copy of the
// repository, runs the tests that the contract names for it, and tells which of them noticed.
//
//   npm run mutate [-- --rule ID]... [-- --sample N --seed TEXT]
//
//   --rule ID    only this rule; may be given again
//   --sample N   one rule of N, drawn by the seed; without the run that shows that unbroken all tests pass,
//                since npm test, which samples, is that run
//   --seed TEXT  default: drawn, and printed
//
// Prints a table (rule, mutation, caught or SURVIVED) and "N caught, N survived". Ends with 0 if every
// mutation was caught, with 1 if one survived, and with 2 if the contract does not fit the repository: a text
// to replace that is not there once, a title that names no test, a test that fails without any mutation.
import { randomInt } from 'node:crypto';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { copyRepository } from './mutate/copy.mjs';
import { Judge } from './mutate/judge.mjs';
import { sampleOf } from './mutate/sample.mjs';
import { tableOf } from './mutate/table.mjs';

const { values } = parseArgs({
  options: {
    rule: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
  },
});

const isSample = Number(values.sample) > 1;
const copy = copyRepository(dirname(import.meta.dirname));
process.on('exit', copy.remove);
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
const judge = await Judge.open(copy.root);
try {
  const rules = chosen(await judge.load('test/contract/contract.ts'));
  console.log(`${rules.length} rules, seed ${values.seed}, Node ${process.version}`);
  const complaints = isSample ? judge.misplaced(rules) : await judge.complaints(rules);
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 2 : await invertEach(rules);
} finally {
  await judge.close();
}

/** The rules that were asked for. Throws for one that does not exist. */
function chosen({ rules }) {
  const unknown = values.rule.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0) throw new Error(`no rule ${unknown.join(', ')} in test/contract/`);
  const wanted = values.rule.length === 0 ? rules : rules.filter((rule) => values.rule.includes(rule.id));
  return sampleOf(wanted, Number(values.sample), values.seed);
}

/** The exit code that the verdicts come to. */
async function invertEach(rules) {
  const { add, counts } = tableOf(rules, (line) => console.log(line));
  for (const rule of rules) add(rule, await judge.invert(rule));
  console.log(`\n${counts.caught} caught, ${counts.SURVIVED} survived, ${counts.BROKEN} broken`);
  if (counts.BROKEN > 0) return 2;
  return counts.SURVIVED > 0 || rules.length === 0 ? 1 : 0;
}
