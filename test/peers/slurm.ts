import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePlace, type Place } from './address.ts';
import type { Need } from './peer.ts';
import { programFile } from './program.ts';

const execute = promisify(execFile);

/** slurm(1) on one machine: its controller, one node, and munge(7), by which they know each other. */
export const slurm: Need = {
  name: 'slurm',
  programs: ['munged', 'slurmctld', 'slurmd', 'sinfo', 'sbatch', 'squeue'],
  runsAs: 'root',
};

/** A cluster of one node, as child processes of the test. */
export interface RunningSlurm {
  /** Submits a script in a folder, where programs are found below `path` first; resolves when it is over. */
  run(script: string, folder: string, path: string): Promise<void>;
  stop(): Promise<void>;
}

const START_MS = 15_000;
const JOB_MS = 60_000;
const BETWEEN_QUESTIONS_MS = 200;
const STOP_MS = 3_000;

/** Starts it in an empty folder, which it fills; resolves when its node takes jobs. */
export async function startSlurm(folder: string): Promise<RunningSlurm> {
  const munge = await prepareMunge(folder);
  const configuration = join(folder, 'slurm.conf');
  const [control, node] = [await freePlace('tcp'), await freePlace('tcp')];
  await writeFile(configuration, slurmConf(folder, control, node));
  for (const name of ['state', 'spool']) await mkdir(join(folder, name));
  const daemons: ChildProcess[] = [];
  const launch = (program: string, words: readonly string[]) => {
    const child = spawn(programFile(program), words, { stdio: 'ignore' });
    const killWithTest = () => child.kill('SIGKILL');
    process.once('exit', killWithTest);
    child.once('exit', () => process.off('exit', killWithTest));
    daemons.unshift(child);
  };
  const stop = async () => {
    for (const child of daemons) await end(child);
  };
  const ask = async (program: string, words: readonly string[], more: object = {}) =>
    (await execute(programFile(program), words, { env: { SLURM_CONF: configuration }, ...more })).stdout;
  try {
    launch('munged', munge);
    launch('slurmctld', ['-D', '-f', configuration]);
    launch('slurmd', ['-D', '-N', NODE, '-f', configuration]);
    await until(START_MS, async () => (await ask('sinfo', ['-h', '-o', '%T']).catch(() => '')) === 'idle\n');
  } catch (error) {
    const logs = await Promise.all(['slurmctld', 'slurmd'].map((name) => logOf(folder, name)));
    await stop();
    throw new Error(`slurm did not start\n${logs.join('\n')}`, { cause: error });
  }
  return {
    stop,
    run: async (script, cwd, path) => {
      const env = { SLURM_CONF: configuration, PATH: path };
      await ask('sbatch', [script], { cwd, env });
      await until(JOB_MS, async () => (await ask('squeue', ['-h'])) === '');
    },
  };
}

const NODE = 'node0';

/** The arguments of a daemon of our own: it wants a key nobody else reads, and a socket everybody reaches. */
async function prepareMunge(folder: string): Promise<readonly string[]> {
  const home = join(folder, 'munge');
  await mkdir(home);
  await chmod(home, 0o711);
  await writeFile(join(home, 'key'), randomBytes(128), { mode: 0o400 });
  const files = { 'key-file': 'key', socket: 'socket', 'pid-file': 'pid', 'seed-file': 'seed' };
  const words = Object.entries(files).map(([option, name]) => `--${option}=${join(home, name)}`);
  return ['--foreground', '--num-threads=1', ...words];
}

/** Documented: slurm.conf(5). No control groups, no accounting: a task is a process. */
function slurmConf(folder: string, control: Place, node: Place): string {
  return `
ClusterName=deskphone
SlurmctldHost=${hostname()}(${control.host})
SlurmctldPort=${control.port}
SlurmUser=root
SlurmdUser=root
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
CredType=cred/munge
MailProg=/bin/true
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
NodeName=${NODE} NodeHostname=${hostname()} NodeAddr=${node.host} Port=${node.port} CPUs=4 RealMemory=8000
PartitionName=all Nodes=${NODE} Default=YES State=UP
`.trimStart();
}

async function until(limitMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(limitMs);
  while (!(await isSo())) {
    deadline.throwIfAborted();
    await pause(BETWEEN_QUESTIONS_MS);
  }
}

async function logOf(folder: string, name: string): Promise<string> {
  return readFile(join(folder, `${name}.log`), 'utf8').catch(() => `${name} wrote no log`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(impatience);
}
