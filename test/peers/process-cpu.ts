import { readdirSync, readFileSync } from 'node:fs';

/** Of a second, proc(5): what Linux calls USER_HZ, 100 on all machines that Node runs on. */
const TICK_MS = 10;

interface ProcessTimes {
  readonly parent: number;
  readonly ms: number;
}

/** CPU of a process and of all it started, those included that it has waited for; proc(5), in ms. */
export function cpuOfTree(pid: number): number {
  const all = new Map(runningPids().flatMap((one) => timesOf(one) ?? []));
  const isOfTree = (one: number): boolean =>
    one === pid || (all.has(one) && isOfTree(all.get(one)?.parent ?? 0));
  return [...all].reduce((sum, [one, { ms }]) => (isOfTree(one) ? sum + ms : sum), 0);
}

function runningPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function timesOf(pid: number): [[number, ProcessTimes]] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold blanks and parentheses; the state comes after it.
    const [, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = rest.slice(9, 13).reduce((sum, part) => sum + Number(part), 0);
    return [[pid, { parent: Number(parent), ms: ticks * TICK_MS }]];
  } catch {
    // It has ended since the folder was read.
    return undefined;
  }
}
