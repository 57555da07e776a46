import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './address.ts';
import { answers, READY_FILE } from './first-answer.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { cpuOfTree } from './process-cpu.ts';
import { programFile } from './program.ts';

/** A server that has not answered by then will not. */
const START_MS = 10_000;
const BETWEEN_QUESTIONS_MS = 20;
/** A server that has not ended by then is killed. */
const STOP_MS = 3_000;

/** What is peculiar to one server. */
export interface Launch {
  readonly place: Place;
  /** From `peerFolder`; the server may write here, and all of it is gone after `stop`. */
  readonly folder: string;
  /** Of the first of the peer's programs. The process must stay in the foreground. */
  readonly arguments: readonly string[];
  /** Picks the lines about requested files, out of what the server prints and of `requests.log`. */
  readonly requestLine: RegExp;
}

/** An empty folder for a server's configuration and logs. */
export async function peerFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `deskphone-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** The file in its folder to which a server is told to write its log, if it can. */
export function requestLog(folder: string): string {
  return join(folder, 'requests.log');
}

/** Starts a server, waits for its first answer and gives it back running. Throws with what it printed. */
export async function runPeer(peer: Peer, launch: Launch): Promise<RunningPeer> {
  const { place, folder, requestLine } = launch;
  const printed = join(folder, 'printed.log');
  const child = spawnInto(printed, peer, launch.arguments);
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await firstAnswer(peer, place, child);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const output = `${readIfThere(printed)}${readIfThere(requestLog(folder))}`;
    await stop();
    throw new Error(`${peer.name} did not start: ${why}\n${output}`, { cause: error });
  }
  return {
    name: peer.name,
    protocol: peer.protocol,
    ...place,
    log: () =>
      `${readIfThere(printed)}\n${readIfThere(requestLog(folder))}`
        .split('\n')
        .filter((line) => requestLine.test(line) && !line.includes(READY_FILE))
        .join('\n'),
    cpuMs: () => cpuOfTree(child.pid ?? 0),
    stop,
  };
}

/** Not detached: Ctrl-C at the terminal reaches the server as it does the test. */
function spawnInto(outputFile: string, peer: Peer, args: readonly string[]): ChildProcess {
  const [program] = peer.programs;
  if (program === undefined) throw new Error(`${peer.name} names no program`);
  const output = openSync(outputFile, 'a');
  const child = spawn(programFile(program), args, { stdio: ['ignore', output, output] });
  closeSync(output);
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  child.once('exit', () => process.off('exit', killWithTest));
  return child;
}

async function firstAnswer(peer: Peer, place: Place, child: ChildProcess): Promise<void> {
  const deadline = AbortSignal.timeout(START_MS);
  while (!(await answers(peer.protocol, place))) {
    if (hasEnded(child)) throw new Error(`it ended with ${child.signalCode ?? child.exitCode}`);
    deadline.throwIfAborted();
    await pause(BETWEEN_QUESTIONS_MS);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(impatience);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A server that logs to what it prints has no such file.
    return '';
  }
}
