// Is each rule of docs/contract.md held by its tests? Inverts one rule after the other in a copy of the
// repository, runs the tests that the contract names for it, and tells which of them noticed.
//
//   npm run mutate [-- --rule ID]... [-- --sample N --seed TEXT]
//
//   --rule ID    only this rule; may be given again
//   --sample N   one mutation of N, drawn by the seed; without the run that shows that unbroken all tests
//                pass, since npm test, which samples, is that run
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
import { chosen } from './mutate/sample.mjs';
import { misplaced } from './mutate/source.mjs';
import { tableOf } from './mutate/table.mjs';

const { values } = parseArgs({
  options: {
    rule: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
  },
});

const root = copyRepository(dirname(import.meta.dirname));
const judge = await Judge.open(root);
try {
  const { mutations: all } = await judge.load('test/contract/contract.ts');
  const mutations = chosen(all, values);
  console.log(`${mutations.length} mutations, seed ${values.seed}, Node ${process.version}`);
  const complaints = misplaced(root, mutations);
  if (Number(values.sample) === 1) complaints.push(...(await judge.complaints(mutations)));
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 2 : await judgeEach(mutations);
} finally {
  await judge.close();
}

/** The exit code that the verdicts come to. */
async function judgeEach(mutations) {
  const { add, counts } = tableOf(mutations, ['caught', 'SURVIVED', 'BROKEN']);
  for (const mutation of mutations) add(mutation, await judge.invert(mutation));
  console.log(`\n${counts.caught} caught, ${counts.SURVIVED} survived, ${counts.BROKEN} broken`);
  if (counts.BROKEN > 0) return 2;
  return counts.SURVIVED > 0 || mutations.length === 0 ? 1 : 0;
}
