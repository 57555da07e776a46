// node --expose-gc fleet-virtual.mjs PHONES DAYS [--facts]
//
// Phones of the product under virtual time, over the loopback, in one thread: each boots once within the
// first hour and then polls once a day. What is served to each: [DEVICE_CONFIG] FORCED, [FW] AUTO and not
// newer, [USER_CONFIG] FORCED with values of its own, AUTO_UPDATE YES, AUTO_UPDATE_TIME_RANGE 1. A check is
// three requests. `--facts` prints a digest of every fact as well, to hold two builds against each other.

import { createHash } from 'node:crypto';
import { product } from './product.mjs';

const [phones = 1_000, days = 7] = process.argv.slice(2, 4).map(Number);
const digest = process.argv.includes('--facts') ? createHash('sha256') : undefined;

const { factoryFlash } = await product('device/flash-contents.js');
const { memoryFlash } = await product('flash/memory-flash.js');
const { phoneMaker } = await product('phone/phone-maker.js');
const { defaultQuirks } = await product('provisioning/quirks.js');
const { openWorld, VIRTUAL_START_MS } = await product('scenario/world.js');
const { fleetStore } = await import('./trees.mjs');

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const before = await look();
const run = await openWorld({
  time: 'virtual',
  seed: 'bench',
  timings: 'field',
  quirks: defaultQuirks,
  server: { kind: 'embedded', store: fleetStore() },
  ports: {},
});
const makePhone = phoneMaker(run.world);
const tally = {};
run.journal.listen((entry) => {
  const { type } = entry.event;
  tally[type] = (tally[type] ?? 0) + 1;
  digest?.update(JSON.stringify(entry));
});

const all = Array.from({ length: phones }, (_, index) => {
  const mac = `001B4F${index.toString(16).toUpperCase().padStart(6, '0')}`;
  const flash = memoryFlash(factoryFlash({ mac }));
  const { server, serverOwner, ports } = run;
  const phone = makePhone({ model: '1230', flash, server, serverOwner, ports, ca: [], tlsVerify: 'verify' });
  run.clock.setTimeout(() => phone.send({ type: 'power.on' }), (index / phones) * HOUR_MS);
  return { phone, flash };
});
await run.clock.runUntil(VIRTUAL_START_MS + 2 * HOUR_MS);
const booted = await look();
report('boots', before, booted, phones);

// The first poll is that of the midnight after the boot.
const perDay = [];
for (let day = 1; day <= days; day++) {
  const { user, system } = process.cpuUsage();
  await run.clock.runUntil(VIRTUAL_START_MS + day * DAY_MS);
  const spent = process.cpuUsage({ user, system });
  perDay.push((spent.user + spent.system) / phones);
}
const polled = await look();
if (days > 0) {
  report('polls', booted, polled, phones * days);
  console.log(`quietest day: ${Math.min(...perDay).toFixed(0)} us a check`);
}
console.log(`facts: ${JSON.stringify(tally)}`);
if (digest) console.log(`digest: ${digest.digest('hex')}`);

const checks = phones * (1 + days);
assertAll('update.finished', checks);
assertAll('file.received', checks * 3);
const lastDate = new Date(VIRTUAL_START_MS + days * DAY_MS).toISOString().slice(0, 10);
for (const { phone, flash } of all) {
  if (!phone.atRest()) throw new Error(`${phone.mac} is not at rest`);
  if (days > 0 && flash.read().lastPollDate !== lastDate) {
    throw new Error(`${phone.mac} polled last on ${flash.read().lastPollDate}; expected ${lastDate}`);
  }
}

function assertAll(type, expected) {
  if (tally[type] !== expected) throw new Error(`${type}: ${tally[type]}; expected ${expected}`);
}

/** Takes its garbage out first, so that memory is what phones hold. */
async function look() {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const afterGc = process.cpuUsage();
  return {
    cpuUs: user + system,
    gcUs: afterGc.user + afterGc.system - user - system,
    rss,
    heapUsed,
  };
}

function report(what, from, to, checks) {
  const cpuUs = to.cpuUs - from.cpuUs - from.gcUs;
  const [rssKb, heapKb] = [to.rss - before.rss, to.heapUsed - before.heapUsed].map(
    (bytes) => bytes / phones / 1024,
  );
  console.log(
    `${what}: ${(cpuUs / 1e6).toFixed(2)} s CPU, ${(cpuUs / checks).toFixed(0)} us a check, ` +
      `${(cpuUs / checks / 3).toFixed(0)} us a request; a phone holds ${heapKb.toFixed(1)} KiB of heap, ` +
      `${rssKb.toFixed(1)} KiB of RSS; RSS ${(to.rss / 2 ** 20).toFixed(0)} MiB`,
  );
}
