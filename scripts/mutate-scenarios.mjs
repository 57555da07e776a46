// Does each rule of docs/contract.md show in the shipped scenarios? Inverts one rule after the other in a
// copy of the sources, plays scenarios/ over it in virtual time, and tells which scenario noticed.
//
//   npm run mutate:scenarios [-- --rule ID]... [-- --sample N --seed TEXT] [-- --workers N] [-- --write]
//
//   --rule ID    only this rule; may be given again
//   --sample N   one mutation of N, drawn by the seed; without those that test/contract/unseen.ts says no
//                scenario can see, and without the run that shows that unbroken all scenarios hold
//   --seed TEXT  default: drawn, and printed
//   --workers N  so many at a time; default: 1
//   --write      writes what noticed each to test/contract/seen-by.json, where the next run looks first
//
// Prints a table (rule, mutation, verdict) and how many were caught, unseen as said, SURVIVED (no scenario
// noticed, and nobody says why), SEEN (noticed, though said to be unseen) and BROKEN (the mutated sources do
// not load). Ends with 0 if all were caught or unseen as said, with 1 if not, and with 2 if something is
// BROKEN, a text to replace is not there once, or a scenario does not hold without any mutation.
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chosen } from './mutate/sample.mjs';
import { ScenarioJudge } from './mutate/scenario-judge.mjs';
import { misplaced } from './mutate/source.mjs';
import { tableOf } from './mutate/table.mjs';

const { values } = parseArgs({
  options: {
    rule: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
    workers: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});

const repository = dirname(import.meta.dirname);
const seenByFile = join(repository, 'test/contract/seen-by.json');
const seenBy = JSON.parse(readFileSync(seenByFile, 'utf8'));
const isSample = countOf('sample') > 1;

const judges = Array.from({ length: countOf('workers') }, () => ScenarioJudge.open(repository));
const [judge] = judges;
const { mutations: all } = await judge.load('test/contract/contract.ts');
const { reasonOf } = await judge.load('test/contract/unseen.ts');
const mutations = chosen(all, values).filter(({ rule }) => !isSample || reasonOf(rule) === undefined);
console.log(`${mutations.length} mutations, seed ${values.seed}, Node ${process.version}`);
const complaints = [...misplaced(judge.root, mutations), ...(isSample ? [] : await judge.complaints())];
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 2 : await judgeEach();
if (values.write) writeSeenBy();

function countOf(option) {
  const count = Number(values[option]);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--${option} is ${values[option]}; expected 1 or more`);
  return count;
}

/** The exit code that the verdicts come to. */
async function judgeEach() {
  const { add, counts } = tableOf(mutations, ['caught', 'unseen', 'SURVIVED', 'SEEN', 'BROKEN']);
  const waiting = [...mutations];
  await Promise.all(
    judges.map(async (one) => {
      for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
        const noticed = await one.invert(mutation, seenBy[mutation.key]);
        add(mutation, verdictOf(reasonOf(mutation.rule), noticed));
        seenBy[mutation.key] = noticed.file;
      }
    }),
  );
  const { caught, unseen, SURVIVED: survived, SEEN: seen, BROKEN: broken } = counts;
  console.log(`\n${caught} caught, ${unseen} unseen, ${survived} survived, ${seen} seen, ${broken} broken`);
  if (broken > 0) return 2;
  return survived + seen > 0 || mutations.length === 0 ? 1 : 0;
}

function verdictOf(reason, { file, why }) {
  if (file === undefined && why !== '') return { verdict: 'BROKEN', why };
  if (file === undefined) {
    return reason === undefined
      ? { verdict: 'SURVIVED', why: 'every scenario holds all the same' }
      : { verdict: 'unseen', why: reason };
  }
  const noticed = `${file}: ${why}`;
  return reason === undefined
    ? { verdict: 'caught', why: noticed }
    : { verdict: 'SEEN', why: `${noticed}; said to be unseen: ${reason}` };
}

/** By rule, in the order of the contract; a rule that is gone goes. */
function writeSeenBy() {
  const known = all.filter(({ key }) => seenBy[key] !== undefined).map(({ key }) => [key, seenBy[key]]);
  writeFileSync(seenByFile, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}
