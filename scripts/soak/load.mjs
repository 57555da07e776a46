import { join } from 'node:path';
import { SystemClock } from '../../dist/clock/system-clock.js';
import { readFleet } from '../../dist/fleet/read-fleet.js';
import { runFleet } from '../../dist/fleet/run-fleet.js';
import { sayProblem } from '../../dist/scenario/scenario-problem.js';

/** So many phones at a time keep one thread busy without a pause. */
const AT_ONCE = 24;
/** Of the residents that are told to check in a slot, so many restart as well. */
const RESTARTED = 1 / 3;

/** Phones that begin when the one before has left, all at the speed of this process. */
export function closedLoop(ports, phones) {
  return start(planOf('newcomers', ports, { count: phones, arrivals: { concurrency: AT_ONCE } }));
}

/** So many phones that begin in so many seconds, whatever became of those before. */
export function newcomers(ports, { phones, seconds }) {
  const rate = `${(phones / seconds).toFixed(3)}/s`;
  return start(planOf('newcomers', ports, { count: phones, arrivals: { rate } }));
}

/**
 * Phones that stay up. Time is divided into slots: in each every phone is told to check, and a third of them
 * restart, one after the other, whatever became of those before. `perSecond`: checks and restarts. Each event
 * has a timer until it comes; `eventsAhead` says how many still do.
 */
export function residents(ports, { phones, perSecond, seconds }) {
  const slotMs = (phones * (1 + RESTARTED) * 1000) / perSecond;
  const slots = Math.ceil((seconds * 1000) / slotMs);
  // The plan itself, since a fleet file has no room for so many events.
  const events = Array.from({ length: slots }, (_, slot) => {
    const when = { atMs: Math.round(slot * slotMs), overMs: Math.round(slotMs) };
    return [
      { kind: 'check-sync', share: 1, ...when },
      { kind: 'restart', share: RESTARTED, ...when },
    ];
  });
  const plan = planOf('residents', ports, { count: phones, arrivals: { ramp: `${Math.round(slotMs)}ms` } });
  const ahead = (atMs) => events.flat().filter((event) => event.atMs > atMs).length;
  return { ...start({ ...plan, events: events.flat() }), eventsAhead: ahead };
}

function planOf(name, ports, words) {
  const said = Object.entries({ ...words }).map(([word, value]) => flag(['fleet', word], value));
  const { http, ...others } = ports;
  const reading = readFleet({ kind: 'file', file: join(import.meta.dirname, `${name}.yaml`) }, [
    ...said,
    flag(['server'], { url: `http://127.0.0.1:${http}/`, ports: { http, ...others } }),
  ]);
  if ('problems' in reading) throw new Error(reading.problems.map(sayProblem).join('\n'));
  return reading.plan;
}

function flag(path, value) {
  return { flag: path.join('.'), path, value };
}

/** A fleet under way, in this thread; `requests` so far, and its end. */
function start(plan) {
  let requests = 0;
  const fleet = runFleet({
    plan,
    shard: { index: 0, of: 1 },
    workers: 1,
    trace: [],
    clock: new SystemClock(),
    onProgress: ({ glance }) => {
      requests = glance.requests;
    },
    onFact: () => {},
  });
  return { plan, done: fleet.done, halt: fleet.halt, requests: () => requests };
}
