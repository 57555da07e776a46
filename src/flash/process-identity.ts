import { readFileSync } from 'node:fs';
import { systemCode } from './durable-file.ts';

/** A process of this machine. Numbers are used again, so its start is part of it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and clock tick it started at, letters and digits; empty where the system does not tell. */
  readonly started: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? '' };
}

/** Whether this very process still runs. Where starts are not told, another of its number passes for it. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!answers(pid)) return false;
  const startedNow = startOf(pid);
  if (startedNow === undefined) return true;
  return startedNow === started || (started === '' && startedNow !== NEVER);
}

/** A zombie answers still: it is dead, only not yet buried. */
const NEVER = 'never';

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and is another user's.
    return systemCode(error) === 'EPERM';
  }
}

/** Undefined where there is no /proc, or it does not show the process. */
function startOf(pid: number): string | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command, in parentheses, may hold blanks and parentheses itself; the third field comes behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTick] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return NEVER;
  const boot = readProc('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? '';
  return `${boot}_${startTick}`;
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
