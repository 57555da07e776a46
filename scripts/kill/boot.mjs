import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DESKPHONE } from './serve-demo.mjs';

/** A boot on a flash directory that lasts longer has hung. */
const LIMIT = '60s';

/**
 * Starts `deskphone boot --json` on a flash directory. `ended` resolves with exit code, signal, length from
 * the start of the process, its facts, and in words what went wrong; `onFact` sees each fact as it comes.
 */
export function startBoot({ ports }, flashDirectory, onFact = () => {}) {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[DESKPHONE, 'boot', `http://127.0.0.1:${ports.http}/`, '--json'],
      ...['--ports', `tftp=${ports.tftp},ftp=${ports.ftp},http=${ports.http}`],
      ...['--flash', flashDirectory, '--timings', 'none', '--timeout', LIMIT, '--seed', 'kill'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return { child, ended: outcomeOf(child, startedAt, onFact) };
}

async function outcomeOf(child, startedAt, onFact) {
  const facts = [];
  let errors = '';
  let lengthMs = 0;
  child.once('exit', () => {
    lengthMs = performance.now() - startedAt;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  createInterface(child.stdout).on('line', (line) => {
    const fact = parseWhole(line);
    if (fact === undefined) return;
    facts.push(fact);
    onFact(fact);
  });
  const [code, signal] = await once(child, 'close');
  const outcome = facts.findLast(({ type }) => type === 'outcome');
  const trouble = [errors, outcome === undefined ? 'no outcome' : JSON.stringify(outcome.failures)].join(' ');
  return { code, signal, lengthMs, facts, trouble };
}

/** The last line of a killed process may be cut off. */
function parseWhole(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
