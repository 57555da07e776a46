// Soaks the fleet: phones of real fleets on real sockets, for long, while what their process holds must not
// grow. npm run prove:soak [-- --for 30m --round 30s --share 50%]      Linux. Runs the built code.
//
//   --for DURATION     how long
//   --round DURATION   after each the process is looked at, with all garbage gone
//   --share SHARE      of the most that this process can do, which is measured first
//   --rate N           boots, checks and restarts a second instead; nothing is measured
//   --residents N      phones that stay up all the time; four for each boot, check or restart a second
//   --rise SHARE       of the heap: a larger one over the last two thirds is a trend
//
// Half of the load are phones that come, boot and go, a fleet a round; the other half one fleet that stays
// up, polls, is told to check, and restarts. Ends with 0 if every claim holds; each is a line.
import { parseArgs } from 'node:util';
import { formatDuration, parseDuration } from '../dist/clock/durations.js';
import { parseShare } from '../dist/fleet/share.js';
import { claimsOf, nothingLeft, percent, sayBytes } from './soak/claims.mjs';
import { FiguresSum } from './soak/figures-sum.mjs';
import { closedLoop, newcomers, residents } from './soak/load.mjs';
import { awaitState, cpuMsOf, stateOf, stateOfThis } from './soak/process-state.mjs';
import { openSite } from './soak/site.mjs';

const { values } = parseArgs({
  options: {
    for: { type: 'string', default: '30m' },
    round: { type: 'string', default: '30s' },
    share: { type: 'string', default: '50%' },
    rate: { type: 'string' },
    residents: { type: 'string' },
    rise: { type: 'string', default: '1%' },
  },
});
const soakMs = parseDuration(values.for);
const roundSeconds = parseDuration(values.round) / 1000;
const share = parseShare(values.share);
const heapRiseMax = parseShare(values.rise);

/** So that one that waits for a server that stalls is not told to check again meanwhile. */
const RESIDENTS_EACH = 4;
/** Boots until code is compiled and pools have their size, then those that are timed. */
const WARM_UP_BOOTS = 500;
const PROBE_BOOTS = 3_000;
/**
 * Of the planned load: a phone that is at a check takes no other. Less of a given one, which may run beside
 * whatever else wants the cores.
 */
const KEPT = values.rate === undefined ? 0.9 : 0.75;
/** Of a round, for looking at the process: nobody new begins then. */
const LOOK_S = 1;
/** Sockets that wait for late packets are closed by then. */
const SETTLE_MS = 30_000;

// So that the server is ended too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const site = await openSite(PROBE_BOOTS);
// They are opened when they are first looked at, and are no leak. Without a reader there is nothing to do.
const { stdout, stderr } = process;
for (const stream of [stdout, stderr]) stream.on('error', () => process.exit(1));
const before = { ...(await stateOfThis()), server: stateOf(site.pid) };
const perSecond = values.rate === undefined ? share * (await mostPerSecond()) : await warmUp();
const staying = Number(values.residents ?? Math.ceil(RESIDENTS_EACH * perSecond));
const { samples, load } = await soak(perSecond / 2);
const after = { ...(await awaitState(before, SETTLE_MS)), server: stateOf(site.pid) };
await site.close();

const claims = [
  {
    holds: load.perSecond >= KEPT * perSecond,
    sentence: `the load was kept: ${load.perSecond.toFixed(1)} of ${perSecond.toFixed(1)} boots, checks and restarts a second`,
  },
  ...claimsOf(samples, heapRiseMax),
  ...nothingLeft(before, after),
];
for (const { holds, sentence } of claims) console.log(`${holds ? 'ok' : 'FAILED'}: ${sentence}`);
const failed = claims.filter(({ holds }) => !holds).length;
console.log(`\n${claims.length - failed} claims hold, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** What this process can do at most, by phones that wait for each other and for nothing else. */
async function mostPerSecond() {
  await closedLoop(site.ports, WARM_UP_BOOTS).done;
  const probe = closedLoop(site.ports, PROBE_BOOTS);
  const { health } = await probe.done;
  const most = (PROBE_BOOTS * 1000) / health.tookMs;
  console.log(
    `the most this process can do: ${most.toFixed(1)} boots a second, ${((probe.requests() * 1000) / health.tookMs).toFixed(0)} requests (${PROBE_BOOTS} boots, closed loop, ${sayWork(health)})`,
  );
  return most;
}

async function warmUp() {
  await closedLoop(site.ports, WARM_UP_BOOTS).done;
  return Number(values.rate);
}

/** `half`: boots of newcomers a second, and checks and restarts of residents. */
async function soak(half) {
  console.log(
    `soak for ${formatDuration(soakMs)}: ${half.toFixed(1)} boots of newcomers a second, ${half.toFixed(1)} checks and restarts of ${staying} that stay up; pid ${process.pid}, server ${site.pid}`,
  );
  const startMs = performance.now();
  const [cpu, serverCpuMs] = [process.cpuUsage(), cpuMsOf(site.pid)];
  const stay = residents(site.ports, {
    phones: staying,
    perSecond: half,
    seconds: (soakMs + SETTLE_MS) / 1000,
  });
  const sum = new FiguresSum();
  const samples = [];
  while (performance.now() - startMs < soakMs) {
    const round = newcomers(site.ports, {
      phones: Math.round(half * roundSeconds),
      seconds: roundSeconds - LOOK_S,
    });
    sum.add(await round.done, round.requests());
    const atMs = performance.now() - startMs;
    const { timers, ...state } = await stateOfThis();
    const sample = { ...state, timers: timers - stay.eventsAhead(atMs), server: stateOf(site.pid) };
    samples.push(sample);
    console.log(sayRound(atMs, sample));
  }
  stay.halt();
  sum.add(await stay.done, stay.requests());
  const tookMs = performance.now() - startMs;
  const spent = process.cpuUsage(cpu);
  const load = { perSecond: (sum.jobs * 1000) / tookMs };
  console.log(
    `${sum.say()} in ${formatDuration(tookMs)}: ${load.perSecond.toFixed(1)} a second, ${((sum.requests * 1000) / tookMs).toFixed(0)} requests; ${percent((spent.user + spent.system) / 1000 / tookMs)} of a core, the server ${percent((cpuMsOf(site.pid) - serverCpuMs) / tookMs)}`,
  );
  return { samples, load };
}

function sayRound(atMs, { heapBytes, rssBytes, descriptors, timers, server }) {
  return `  ${formatDuration(atMs).padEnd(8)} heap ${sayBytes(heapBytes)}, RSS ${sayBytes(rssBytes)}, ${descriptors} descriptors, ${timers} timers; server ${sayBytes(server.rssBytes)}, ${server.descriptors} descriptors`;
}

function sayWork({ workers, cpuMs, tookMs }) {
  const busy = workers.reduce((sum, { busyShare }) => sum + busyShare, 0) / workers.length;
  return `event loop busy ${percent(busy)}, ${percent(cpuMs / tookMs)} of a core`;
}
