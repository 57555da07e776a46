import { beforeAll, expect, test, vi } from 'vitest';
import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import { metrics } from '../../../src/report/fleet/metric.ts';
import { peerSuite } from '../available.ts';
import { nginxForUser } from '../nginx.ts';
import type { RunningPeer } from '../peer.ts';
import { servedFolder } from '../served-folder.ts';
import { bootTree, FILES_OF_A_BOOT, firmwareTree } from './boot-tree.ts';
import { type LogMeaning, logMeanings } from './log-lines.ts';
import { sumOf } from './request-fold.ts';
import { bootAllAtOnce, type Storm } from './storm.ts';
import { stormHeads, stormRow } from './storm-table.ts';

// Fleets against the servers of others, and their books against ours. `npm run prove:fleet-peers` has 2,000
// phones at once instead of 50, prints what docs/fleet-peers.md shows, and takes minutes.

const IS_FULL = process.env['FLEET_PEERS'] === 'full';
const PHONES = IS_FULL ? 2000 : 50;
const FIRMWARE_PHONES = IS_FULL ? 20 : 1;
const IMAGE_BYTES = IS_FULL ? 3 * 1024 * 1024 : 64 * 1024;
/** A provisioning file and the image; after the restart the provisioning file again. */
const REQUESTS_OF_FIRMWARE = 3;
const LIMIT_MS = 20 * 60_000;
/** A server may write its log after the phone has the file. */
const LOG_MS = 10_000;

function print(lines: string): void {
  if (IS_FULL) process.stdout.write(`${lines}\n`);
}

beforeAll(() => print(stormHeads()));

for (const meaning of logMeanings) {
  const { peer } = meaning;
  peerSuite(`a fleet against ${peer.name}`, [peer], () => {
    test(`${PHONES} phones at once: all end, and the server's log has what they were answered`, {
      timeout: LIMIT_MS,
    }, async () => {
      const storm = await bootAgainst(meaning, PHONES, bootTree(peer.protocol, PHONES), 'six small files');
      expect(sumOf(storm.figures.phones.ends)).toBe(PHONES);
      expectClassesToAddUp(storm);
      if (!IS_FULL) expectAllAnswered(storm, PHONES * FILES_OF_A_BOOT);
    });

    if (!IS_FULL && !isFirstOfProtocol(meaning)) return;
    test(`${FIRMWARE_PHONES} at once fetch firmware, and the log has it`, { timeout: LIMIT_MS }, async () => {
      const tree = firmwareTree(peer.protocol, IMAGE_BYTES);
      const storm = await bootAgainst(meaning, FIRMWARE_PHONES, tree, 'firmware');
      expect(storm.figures.phones).toMatchObject({
        ends: { rest: FIRMWARE_PHONES },
        restarts: FIRMWARE_PHONES,
      });
      expectAllAnswered(storm, FIRMWARE_PHONES * REQUESTS_OF_FIRMWARE);
    });
  });
}

const locked = nginxForUser('phones', 'secret');
peerSuite(`a fleet against ${locked.name} that wants a password`, [locked], () => {
  test('each request in its log is one of ours: those that it answered 401, and the same with the user', {
    timeout: LIMIT_MS,
  }, async () => {
    const tree = await servedFolder(bootTree('http', PHONES));
    const server = await locked.start(tree.path);
    try {
      const { figures, requests } = await bootAllAtOnce(server, PHONES, 'phones:secret');
      const files = PHONES * FILES_OF_A_BOOT;
      expect(requests).toMatchObject({ asked: files, answered: files, received: files });
      const read = (name: string) => metrics.get(name)?.read(figures);
      const linesOf = (status: number) =>
        server
          .log()
          .split('\n')
          .filter((line) => line.includes(`" ${status} `)).length;
      await vi.waitFor(
        () => expect([linesOf(401), linesOf(200)]).toEqual([read('files.challenged'), files]),
        {
          timeout: LOG_MS,
        },
      );
      expect(server.log().split('\n').length).toBe(read('files.sent'));
      expect(read('amplification')).toBe(2);
    } finally {
      await server.stop();
      await tree.remove();
    }
  });
});

function isFirstOfProtocol({ peer }: LogMeaning): boolean {
  return logMeanings.find((one) => one.peer.protocol === peer.protocol)?.peer === peer;
}

/** Boots phones against a server that is started for them, and holds its log against what they saw. */
async function bootAgainst(
  meaning: LogMeaning,
  phones: number,
  files: Readonly<Record<string, Uint8Array | string>>,
  what: string,
): Promise<Storm> {
  const tree = await servedFolder(files);
  const server = await meaning.peer.start(tree.path);
  try {
    const storm = await bootAllAtOnce(server, phones);
    const lines = await expectLogToAgree(meaning, server, storm);
    print(stormRow({ peer: meaning.peer, what, phones, storm, lines, serverCpuMs: server.cpuMs() }));
    return storm;
  } finally {
    await server.stop();
    await tree.remove();
  }
}

/**
 * Lines are requests that were answered, and repeats that the server saw. A request that it read, and whose
 * answer never arrived, is without an answer for its phone: such a line is one more where lines are requests.
 */
async function expectLogToAgree(
  { aLineIs, served, other }: LogMeaning,
  server: RunningPeer,
  { requests: { answered, received, repeated, unanswered } }: Storm,
): Promise<number> {
  const least = aLineIs === 'request' ? answered : received;
  const most = answered + repeated + (aLineIs === 'request' ? sumOf(unanswered) : 0);
  const logged = () => server.log().split('\n').filter(Boolean);
  await vi.waitFor(
    () => expect(logged().filter((line) => served.test(line)).length).toBeGreaterThanOrEqual(least),
    { timeout: LOG_MS },
  );
  const lines = logged();
  expect(lines.filter((line) => !served.test(line) && !other.test(line))).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(most);
  return lines.length;
}

/** What phones asked for is answered or has a cause, request by request and in the figures. */
function expectClassesToAddUp({ requests, figures }: Storm): void {
  const { asked, answered, received, unanswered, brokenOff } = requests;
  expect(answered + sumOf(unanswered)).toBe(asked);
  expect(sumOf(totalCauses(figures))).toBe(sumOf(unanswered) + sumOf(brokenOff));
  expect(received + sumOf(brokenOff)).toBe(answered);
}

function expectAllAnswered({ requests }: Storm, asked: number): void {
  const { repeated: _, ...counts } = requests;
  expect(counts).toEqual({ asked, answered: asked, received: asked, unanswered: {}, brokenOff: {} });
}

function totalCauses({ files }: FleetFigures): Record<string, number> {
  const causes: Record<string, number> = {};
  for (const kinds of Object.values(files)) {
    for (const { causes: ofKind } of Object.values(kinds)) {
      for (const [cause, count] of Object.entries(ofKind)) causes[cause] = (causes[cause] ?? 0) + count;
    }
  }
  return causes;
}
