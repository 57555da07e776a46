// Proves that shards and workers make no difference: fleets in virtual time, whole and in parts, compared
// byte for byte without `environment`; and that a shard which is killed is missed.
// npm run prove:shards [-- PHONES]
//
// The fleets are those of fleets/, and of scripts/shards/: phones of four kinds over three protocols under
// faults, as chance has them, in chains that boot twice, and over days of polls with a release, a blackout,
// restarts, NOTIFYs and power cuts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exitCodes } from '../dist/cli/exit-codes.js';

const root = dirname(import.meta.dirname);
const program = join(root, 'dist', 'cli', 'main.js');
/** Enough for every shard and worker to have its share of each kind. */
const phones = Number(process.argv[2] ?? '600');
/** For each number of shards, the workers of each of them. */
const splits = [
  { shards: 1, workers: [2, 3, 5] },
  { shards: 2, workers: [1, 3] },
  { shards: 3, workers: [2, 5] },
  { shards: 8, workers: [1, 3] },
];
const fleets = [
  ...readdirSync(join(root, 'fleets')).map((name) => join('fleets', name)),
  ...['chance', 'chains', 'days'].map((name) => join('scripts', 'shards', `${name}.yaml`)),
].filter((file) => file.endsWith('.yaml'));

/** Whether thresholds hold is no matter here. */
const verdicts = [exitCodes.asExpected, exitCodes.failed];

let runs = 0;
const folder = mkdtempSync(join(tmpdir(), 'deskphone-shards-'));
try {
  for (const fleet of fleets) prove(fleet);
  await proveKilled(fleets[0]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function prove(fleet) {
  const whole = run(fleet, ['--workers', '1']);
  tell(`${fleet}: ${sayFigures(whole)}`);
  for (const { shards, workers } of splits) {
    for (const count of workers) {
      const files = Array.from({ length: shards }, (_, index) =>
        run(fleet, ['--shard', `${index}/${shards}`, '--workers', String(count)]),
      );
      const merged = newFile();
      call(['merge', ...files.toReversed(), '-q', '--report', `json=${merged}`]);
      if (comparable(merged) !== comparable(whole)) {
        throw new Error(`${fleet}: ${shards} shards of ${count} workers are not the whole`);
      }
      const bytes = comparable(merged).length.toLocaleString('en-US');
      tell(`  ${shards} shards of ${count} workers are the whole, ${bytes} bytes`);
    }
  }
}

/** One of four shards has no time to end. */
async function proveKilled(fleet) {
  const [shards, killed] = [4, 2];
  const files = [];
  for (let index = 0; index < shards; index++) {
    const words = ['--shard', `${index}/${shards}`, '--workers', '1'];
    files.push(index === killed ? await runAndKill(fleet, words) : run(fleet, words));
  }
  const left = files.filter(existsSync);
  if (left.length !== shards - 1) throw new Error('the killed shard has a result');
  const { status, stderr } = call(['merge', ...left, '-q'], [exitCodes.invalidRun]);
  const unknown = Math.ceil((phones - killed) / shards);
  const sentence = `INVALID: of ${shards} shards ${killed} is missing: nothing is known of ${unknown} phones, ${killed} (`;
  if (!stderr.includes(sentence)) throw new Error(`"${stderr}"; expected "${sentence}..."`);
  tell(
    `${fleet}: shard ${killed} of ${shards} was killed, and merge ends with ${status}:\n  ${stderr.trim()}`,
  );
}

async function runAndKill(fleet, words) {
  const file = newFile();
  const child = spawn(process.execPath, [program, ...fleetWords(fleet, words, file)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // It says what it does as it begins.
  await once(child.stderr, 'data');
  child.kill('SIGKILL');
  const [code] = await once(child, 'exit');
  if (code !== null) throw new Error(`the shard ended with ${code} before it was killed`);
  return file;
}

function run(fleet, words) {
  const file = newFile();
  call([...fleetWords(fleet, words, file), '-q']);
  return file;
}

function fleetWords(fleet, words, file) {
  return ['fleet', fleet, '-n', String(phones), ...words, '--report', `json=${file}`];
}

function newFile() {
  return join(folder, `${runs++}.json`);
}

function call(words, expected = verdicts) {
  const ended = spawnSync(process.execPath, [program, ...words], { cwd: root, encoding: 'utf8' });
  if (!expected.includes(ended.status)) {
    throw new Error(`deskphone ${words.join(' ')}: ${ended.status} ${ended.stderr}`);
  }
  return ended;
}

/** One worker has all of it, so each percentile is that of one histogram. */
function sayFigures(file) {
  const { figures } = JSON.parse(readFileSync(file, 'utf8'));
  const files = Object.values(figures.files).flatMap((kinds) => Object.values(kinds));
  const sum = (of) => files.reduce((total, one) => total + of(one), 0).toLocaleString('en-US');
  const { p50Us, p95Us, p999Us, maxUs } = figures.jobs.http.boot.latency;
  const seconds = [p50Us, p95Us, p999Us, maxUs].map((us) => (us / 1e6).toFixed(1)).join(', ');
  return (
    `${phones} phones, ${sum(({ asked }) => asked)} files asked for, ${sum(({ failed }) => failed)} failed; ` +
    `boots over http ${seconds} s (p50, p95, p99.9, max)`
  );
}

function comparable(file) {
  const { environment: _, ...result } = JSON.parse(readFileSync(file, 'utf8'));
  return JSON.stringify(result);
}

function tell(line) {
  process.stdout.write(`${line}\n`);
}
