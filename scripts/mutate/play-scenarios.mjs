// The process of one run of scenarios over compiled sources: node play-scenarios.mjs ROOT [FILE...]
// Plays these files of ROOT first, then the others, up to the first that does not hold. Prints a line of JSON
// before each, {"playing": FILE}, and at the end {"failed": FILE, "why": ...}, or {"held": true}.
import { writeSync } from 'node:fs';
import { join } from 'node:path';

const [root, ...first] = process.argv.slice(2);
process.chdir(root);
const [{ findScenarios }, { readScenario }, { runScenario }] = await Promise.all(
  ['find-scenarios', 'read-scenario', 'run-scenario'].map(
    (name) => import(join(root, 'src/scenario', `${name}.js`)),
  ),
);

let end = { held: true };
for (const file of new Set([...first, ...findScenarios(['scenarios']).files])) {
  print({ playing: file });
  const why = await failureOf(file);
  if (why === undefined) continue;
  end = { failed: file, why };
  break;
}
print(end);
process.exit(0);

/** At once: a mutation that never ends must not keep it back. */
function print(line) {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** What does not hold in a scenario, in a few words; undefined: all of it does. */
async function failureOf(file) {
  const reading = readScenario(file);
  if ('problems' in reading) return reading.problems[0].message;
  for (const scenario of reading.cases) {
    const { result } = await runScenario(scenario, { signal: new AbortController().signal });
    if (result.verdict === 'error') return result.error;
    const failed = result.expectations.find(({ holds }) => !holds);
    if (failed !== undefined) return `line ${failed.where.line}: ${failed.word}`;
  }
  return undefined;
}
