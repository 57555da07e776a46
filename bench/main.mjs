// node bench/main.mjs [CONTEST...] [--rounds N]
//
// Sets the product beside its peers: A B C, A B C, ... against one server, and prints medians. README.md says
// what and why.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { rowsOfAims } from './aims.mjs';
import { contestsOn } from './contests.mjs';
import { measure } from './measure.mjs';
import { median } from './median.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
});
const rounds = Number(values.rounds);

const server = fork(`${import.meta.dirname}/server/main.mjs`);
const [{ ports }] = await once(server, 'message');
const contests = contestsOn(ports).filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);

console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${rounds} rounds, ${new Date().toISOString()}`,
);
const aims = [];
for (const contest of contests) {
  const results = await hold(contest);
  print(contest, results);
  aims.push(...rowsOfAims(contest, results));
}
console.log(`\n| aim | a fleet | transports alone |\n|---|--:|--:|\n${aims.join('\n')}`);
server.disconnect();

/** One list of measurements for each entry, in the order of the rounds. */
async function hold({ name, entries }) {
  const results = entries.map(() => []);
  for (let round = 1; round <= rounds; round++) {
    for (const [index, entry] of entries.entries()) {
      progress(`${name}: round ${round} of ${rounds}, ${entry.name}`);
      results[index].push(await measure(entry, requestsServed));
    }
  }
  progress('');
  return results;
}

async function requestsServed() {
  server.send('how many?');
  const [{ served }] = await once(server, 'message');
  return Object.values(served).reduce((sum, count) => sum + count);
}

function print({ title, operation, entries }, results) {
  const [fleet] = results;
  console.log(`\n${title}\n`);
  console.log(
    `| client | ${operation}s a run | CPU a ${operation}, microseconds | a fleet costs | ${operation}s a second | a fleet is as fast |`,
  );
  console.log('|---|--:|--:|--:|--:|--:|');
  for (const [index, { name }] of entries.entries()) {
    const operations = median(results[index].map((result) => result.operations));
    const [cpu, rate] = ['microseconds', 'aSecond'].map((key) => results[index].map((result) => result[key]));
    // Within one round: what else the machine does weighs on both alike.
    const costs = fleet.map(({ microseconds }, round) => microseconds / cpu[round]);
    const paces = fleet.map(({ aSecond }, round) => aSecond / rate[round]);
    const [cost, pace] = [costs, paces].map((ratios) => (index === 0 ? '' : `${spread(ratios, 2)} times`));
    console.log(`| ${name} | ${operations} | ${spread(cpu, 0)} | ${cost} | ${spread(rate, 0)} | ${pace} |`);
  }
}

/** The median and, of several rounds, the extremes in brackets. */
function spread(numbers, digits) {
  const [low, middle, high] = [Math.min(...numbers), median(numbers), Math.max(...numbers)];
  const brackets = numbers.length > 1 ? ` (${low.toFixed(digits)}-${high.toFixed(digits)})` : '';
  return `**${middle.toFixed(digits)}**${brackets}`;
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
