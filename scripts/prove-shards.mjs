// Proves that shards and workers make no difference: fleets in virtual time, whole and in parts, compared
// byte for byte without `environment`. `npm run prove:shards [PHONES]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const program = join(root, 'dist', 'cli', 'main.js');
const phones = process.argv[2] ?? '600';
let runs = 0;
const folder = mkdtempSync(join(tmpdir(), 'deskphone-shards-'));

try {
  for (const name of readdirSync(join(root, 'fleets')).filter((file) => file.endsWith('.yaml'))) prove(name);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function prove(name) {
  const whole = run(name, ['--workers', '1']);
  for (const shards of [1, 2, 3, 8]) {
    for (const workers of [1, 3]) {
      const files = Array.from({ length: shards }, (_, index) =>
        run(name, ['--shard', `${index}/${shards}`, '--workers', String(workers)]),
      );
      const merged = join(folder, 'merged.json');
      call(['merge', ...files.toReversed(), '-q', '--report', `json=${merged}`]);
      if (comparable(merged) !== comparable(whole)) {
        throw new Error(`${name}: ${shards} shards of ${workers} workers are not the whole`);
      }
      process.stdout.write(
        `${name}: ${phones} phones in ${shards} shards of ${workers} workers are the whole\n`,
      );
    }
  }
}

function run(name, words) {
  const file = join(folder, `${runs++}.json`);
  call(['fleet', join('fleets', name), '-n', phones, '-q', ...words, '--report', `json=${file}`]);
  return file;
}

/** A verdict is no failure here. */
function call(words) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 3) throw new Error(`deskphone ${words.join(' ')}: ${status} ${stderr}`);
}

function comparable(file) {
  const { environment: _, ...result } = JSON.parse(readFileSync(file, 'utf8'));
  return JSON.stringify(result);
}
