import { type ChildProcess, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePlace, type Place } from '../peers/address.ts';
import type { Need } from '../peers/peer.ts';
import { programFile } from '../peers/program.ts';

/** chronyd(8). With -x it leaves the clock of this machine alone, with -U it runs as anyone. */
export const chrony: Need = { name: 'chrony', programs: ['chronyd'], runsAs: 'anyone' };

export interface RunningChronyd extends Place {
  stop(): Promise<void>;
}

const START_MS = 10_000;
const BETWEEN_QUESTIONS_MS = 20;

/** `synchronised`: it serves the time of this machine as stratum 10; else it has no source at all. */
export async function startChronyd(state: 'synchronised' | 'without a source'): Promise<RunningChronyd> {
  const place = await freePlace('udp');
  const folder = await mkdtemp(join(tmpdir(), 'deskphone-chrony-'));
  const configuration = join(folder, 'chrony.conf');
  await writeFile(configuration, chronyConf(folder, place, state));
  const args = ['-4', '-x', '-U', '-d', '-u', userInfo().username, '-f', configuration];
  const child = spawn(programFile('chronyd'), args, { stdio: 'ignore' });
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  const stop = async () => {
    const ended = hasEnded(child) ? undefined : once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    process.off('exit', killWithTest);
    await rm(folder, { recursive: true, force: true });
  };
  await firstAnswer(place, child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { ...place, stop };
}

/** chrony.conf(5), without its sockets for commands. */
function chronyConf(folder: string, { host, port }: Place, state: string): string {
  return `
port ${port}
bindaddress ${host}
cmdport 0
bindcmdaddress /
pidfile ${join(folder, 'chronyd.pid')}
allow all
${state === 'synchronised' ? 'local stratum 10' : ''}
`;
}

async function firstAnswer({ host, port }: Place, child: ChildProcess): Promise<void> {
  const deadline = AbortSignal.timeout(START_MS);
  const socket = dgram.createSocket('udp4');
  let answered = false;
  socket.once('message', () => {
    answered = true;
  });
  const question = Buffer.alloc(48);
  question[0] = 0x23;
  while (!answered) {
    if (hasEnded(child)) throw new Error(`chronyd ended with ${child.signalCode ?? child.exitCode}`);
    deadline.throwIfAborted();
    socket.send(question, port, host);
    await pause(BETWEEN_QUESTIONS_MS);
  }
  socket.close();
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
