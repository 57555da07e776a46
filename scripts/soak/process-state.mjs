import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** So many readings without a lesser heap are enough, and so many in all. */
const READINGS_ENOUGH = 3;
const READINGS_MAX = 30;
const BETWEEN_READINGS_MS = 300;
/** Of the heap; less is no less. */
const LESSER = 0.001;

/**
 * What this process holds, with all garbage gone: the least of readings until the heap no longer falls, since
 * what is in the middle of being done soon is not, and later on a machine that stood still; V8 gives pages
 * back when it comes to it; what leaked stays. Linux, and node --expose-gc.
 */
export async function stateOfThis() {
  // What the first collection finalises is garbage to the second.
  globalThis.gc();
  await turn();
  let least = read();
  let inVain = 0;
  for (let reading = 1; reading < READINGS_MAX && inVain < READINGS_ENOUGH - 1; reading++) {
    await pause(BETWEEN_READINGS_MS);
    const next = read();
    inVain = next.heapBytes < least.heapBytes * (1 - LESSER) ? 0 : inVain + 1;
    least = lesser(least, next);
  }
  return least;
}

function read() {
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  return {
    heapBytes: heapUsed + external,
    rssBytes: rss,
    // Looking at them takes one.
    descriptors: readdirSync('/proc/self/fd').length - 1,
    timers: resources.filter((name) => name === 'Timeout').length,
    resources: resources.toSorted().join(' '),
  };
}

/** Of each figure the less; of resources the later. */
function lesser(one, other) {
  const least = { ...other };
  for (const figure of ['heapBytes', 'rssBytes', 'descriptors', 'timers']) {
    least[figure] = Math.min(one[figure], other[figure]);
  }
  return least;
}

const LOOK_AGAIN_MS = 100;

/** What this process holds as soon as that is the same as before but for memory, or after the limit. */
export async function awaitState(before, limitMs) {
  const untilMs = performance.now() + limitMs;
  for (;;) {
    const state = await stateOfThis();
    const isSame = state.descriptors === before.descriptors && state.resources === before.resources;
    if (isSame || performance.now() > untilMs) return state;
    await pause(LOOK_AGAIN_MS);
  }
}

/** What another process holds. */
export function stateOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return { rssBytes: Number(kibibytes) * 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}

/** Of /proc; on every Linux there is. */
const TICKS_A_SECOND = 100;

/** CPU of a process and its threads, in ms. */
export function cpuMsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name before it may hold anything, up to the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
}
