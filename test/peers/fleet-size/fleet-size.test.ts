import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/clock/durations.ts';
import { macAt } from '../../../src/fleet/population.ts';
import { VIRTUAL_START_MS } from '../../../src/scenario/world.ts';
import { temporaryDirectory } from '../../flash/temporary-directory.ts';
import { peerSuite } from '../available.ts';
import { nginx } from '../nginx.ts';
import { servedFolder } from '../served-folder.ts';
import { expectAllAlive, requestsOf } from './all-alive.ts';
import { POLL_WINDOW, servedFiles, untilPolled } from './poll-window.ts';
import { mebibytes, number, reached, seconds, sizeTable } from './size-table.ts';
import { type ToldFleet, tellFleet } from './told-fleet.ts';

// How many phones of fleets/poll-window.yaml one machine can be. `npm run prove:fleet-size` has all of them,
// holds CPU and memory against their aims, prints what docs/fleet-size.md shows, and takes minutes.

const IS_FULL = process.env['FLEET_SIZE'] === 'full';
const LIMIT_MS = IS_FULL ? 20 * MINUTE_MS : MINUTE_MS;

/** Alive at once, against a server of others. */
const ALIVE = IS_FULL ? 10_000 : 200;
const DESCRIPTORS_MAX = 20_000;
/** A server may write its log after the phone has the file. */
const LOG_MS = 10_000;

const IDLE = IS_FULL ? 50_000 : 50;
const RSS_MAX_BYTES = 2 ** 30;
/** Where there is room V8 lets garbage stand. */
const HEAP_FLAGS = ['--max-old-space-size=720'];

const DAYS = 7;
const WEEK = IS_FULL ? 10_000 : 40;
const WEEK_OF_FEWER = IS_FULL ? 1_000 : 10;
/** In turn, so that whatever else the machine does weighs on both. */
const WEEKS = IS_FULL
  ? [WEEK, ...Array(3).fill(WEEK_OF_FEWER), WEEK, ...Array(3).fill(WEEK_OF_FEWER)]
  : [WEEK, WEEK_OF_FEWER];
const WEEK_CPU_MAX_MS = 60_000;
/** With the 16 MiB that are usual, more of what a check leaves behind is copied before it is garbage. */
const YOUNG_FLAGS = ['--max-semi-space-size=64'];
const COST_RATIO_MAX = 1.2;

afterAll(() => {
  const [core] = cpus();
  const machine = `Node ${process.version}, ${cpus().length} x ${core?.model}, ${new Date().toISOString()}`;
  if (IS_FULL) process.stdout.write(`\n${machine}\n\n${sizeTable()}\n`);
});

peerSuite('a fleet against nginx', [nginx], () => {
  test(`${ALIVE} phones are alive at once, and poll within an hour`, { timeout: LIMIT_MS }, async () => {
    const macs = Array.from({ length: ALIVE }, (_, index) => macAt('001B4FA00000', index));
    const tree = await servedFolder(servedFiles(macs));
    const server = await nginx.start(tree.path);
    try {
      const { durationMs, dayMs } = untilPolled(Date.now());
      const fleet = await tellFleet({
        file: fleetAgainst(`http://${server.host}:${server.port}/`),
        duration: `${durationMs}ms`,
        sizes: [ALIVE],
        ...(IS_FULL && { descriptorsMax: DESCRIPTORS_MAX }),
      });
      const told = onlyOne(fleet);
      expectAllAlive(told, dayMs);
      await vi.waitFor(() => expect(linesByFile(server.log())).toEqual(told.requests), { timeout: LOG_MS });
      expect(told.invalid).toBeNull();
      expect(told.descriptorsMax).toBeLessThan(DESCRIPTORS_MAX);
      reached(
        `${number(ALIVE)} phones alive at once against nginx, a poll window of an hour in jump time`,
        `${number(told.polls)} polls, ${number(requestsOf(told))} requests, as many lines of its log, no failure; at most ${told.descriptorsMax} open descriptors; generator valid, ${told.starts.late} phones more than 250 ms late; ${seconds(told.cpuMs)} of CPU, nginx ${seconds(server.cpuMs())}; took ${seconds(told.tookMs)}`,
      );
    } finally {
      await server.stop();
      await tree.remove();
    }
  });
});

test(`${IDLE} phones are idle, each with its flash, settings and next poll`, {
  timeout: LIMIT_MS,
}, async () => {
  const told = onlyOne(
    await tellFleet({ file: POLL_WINDOW, duration: '15m', sizes: [IDLE], flags: HEAP_FLAGS }),
  );
  expectAllAlive(told, VIRTUAL_START_MS);
  expect(told.rssMaxBytes).toBeLessThanOrEqual(RSS_MAX_BYTES);
  reached(
    `${number(IDLE)} idle phones in at most 1,024 MiB of RSS`,
    `${mebibytes(told.rssMaxBytes)} at most, boots included, ${(told.rssMaxBytes / IDLE / 1024).toFixed(1)} KiB a phone (\`${HEAP_FLAGS.join(' ')}\`); ${seconds(told.cpuMs)} of CPU`,
  );
});

test(`${WEEK} phones live a week in virtual time, and poll every night`, { timeout: LIMIT_MS }, async () => {
  const weeks = await tellFleet({
    file: POLL_WINDOW,
    duration: `${DAYS}d`,
    sizes: WEEKS,
    flags: YOUNG_FLAGS,
  });
  expect(weeks.map(({ phones }) => phones)).toEqual(WEEKS);
  for (const told of weeks) {
    expectAllAlive(told, VIRTUAL_START_MS + DAYS * DAY_MS);
    expect(told.polls).toBe(told.phones * DAYS);
  }
  const [first] = weeks;
  const [cost, costOfFewer] = [costOfCheck(weeks, WEEK), costOfCheck(weeks, WEEK_OF_FEWER)];
  reached(
    `${number(WEEK)} phones, ${DAYS} days in virtual time, in at most 60 s of CPU`,
    `${seconds(first?.cpuMs ?? 0)}, the start of the process included; ${number(first ? requestsOf(first) : 0)} requests; ${(cost * 1000).toFixed(0)} microseconds a check (\`${YOUNG_FLAGS.join(' ')}\`)`,
  );
  reached(
    `a phone costs at ${number(WEEK)} at most 1.2 times what it costs at ${number(WEEK_OF_FEWER)}`,
    `${(cost / costOfFewer).toFixed(2)} times; ${(costOfFewer * 1000).toFixed(0)} microseconds a check`,
  );
  if (!IS_FULL) return;
  // Soft: one says as much of the machine as the other, and both figures are wanted.
  expect.soft(first?.cpuMs).toBeLessThanOrEqual(WEEK_CPU_MAX_MS);
  expect.soft(cost / costOfFewer).toBeLessThanOrEqual(COST_RATIO_MAX);
});

/** The poll window against a server that is there, in time that leaps. */
function fleetAgainst(url: string): string {
  const folder = temporaryDirectory();
  const file = join(folder, 'fleet.yaml');
  const words = [
    `extends: ${relative(folder, POLL_WINDOW)}`,
    'time: { mode: jump }',
    `server: { url: "${url}" }`,
    'fleet: { sources: 127.1.0.0/16 }',
  ];
  writeFileSync(file, `${words.join('\n')}\n`);
  return file;
}

function onlyOne(fleets: readonly ToldFleet[]): ToldFleet {
  const [told, ...others] = fleets;
  if (told === undefined || others.length > 0) throw new Error(`${fleets.length} fleets; expected one`);
  return told;
}

/** Lines of nginx about files that it sent whole, by file; any other stands as it is. */
function linesByFile(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of log.split('\n').filter(Boolean)) {
    const [, file = line] = /"GET \/(\S+) HTTP\/1\.1" 200 /.exec(line) ?? [];
    counts[file] = (counts[file] ?? 0) + 1;
  }
  return counts;
}

/** CPU of one check, in ms, by all runs of that size; a boot is one too. */
function costOfCheck(weeks: readonly ToldFleet[], size: number): number {
  const ofSize = weeks.filter(({ phones }) => phones === size);
  const sum = (of: (told: ToldFleet) => number) => ofSize.reduce((total, told) => total + of(told), 0);
  return sum(({ cpuMs }) => cpuMs) / sum(({ phones, polls }) => phones + polls);
}
