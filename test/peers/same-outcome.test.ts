import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import { makeImage } from '../../src/device/image.ts';
import type { ServerAddress } from '../../src/provisioning/server-address.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { readLog } from '../../src/recording/read-log.ts';
import type { Outcome } from '../../src/report/outcome.ts';
import { DEMO_IMAGE_SIZE_BYTES, DEMO_LOAD, demoStore } from '../../src/scenario/demo-tree.ts';
import { recordedIn } from '../recording/recorded-in.ts';
import { run } from '../scenario/scenario-file.ts';
import { allPeers } from './all-peers.ts';
import { peerSuite } from './available.ts';
import { nginx } from './nginx.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { type Ending, MAC, phoneStory } from './phone-story.ts';
import { proftpd } from './proftpd.ts';
import { type ServedFolder, servedCopy } from './served-folder.ts';
import { tftpdHpa } from './tftpd-hpa.ts';

const DEMO = join(import.meta.dirname, '..', '..', 'fixtures', 'demo');
const PROVISIONING_FILE = '1230SIP.cfg';
const demoPlan = readFileSync(join(DEMO, PROVISIONING_FILE), 'utf8');
const image = makeImage({ load: DEMO_LOAD, sizeBytes: DEMO_IMAGE_SIZE_BYTES });

/**
 * Firmware and restart, everything else; then nothing is new but the phone's own file, which is FORCED,
 * twice.
 */
const STEPS = ['check', 'check'] as const;

let embedded: Ending;
beforeAll(async () => {
  embedded = await phoneStory({ kind: 'embedded', store: demoStore() }, STEPS);
});

test('the embedded server is a fair measure: the phone upgrades, restarts, takes everything and is idle', () => {
  expect(embedded.outcome).toMatchObject({ ok: true, state: 'idle', reboots: 1 });
  expect(embedded.outcome.requests).toHaveLength(11 + 2 + 2);
});

for (const peer of allPeers) {
  peerSuite(peer.name, [peer], () => {
    let tree: ServedFolder;
    let server: RunningPeer;
    beforeAll(async () => {
      tree = await demoTree(demoPlan.replaceAll(/^PROTOCOL .*$/gm, protocolLine(peer.protocol)), {
        'gap/1230SIP.cfg': `[DIALING_PLAN]\nVERSION 1\nFILENAME gone.txt\n${protocolLine(peer.protocol)}\n`,
      });
      server = await peer.start(tree.path);
    });
    afterAll(async () => {
      await server.stop();
      await tree.remove();
    });

    test('the demo tree gives the outcome it gives from the embedded server, boot and two checks', async () => {
      const { outcome, flash } = await phoneStory(at(server), STEPS);
      expect(comparable(outcome)).toEqual(expectedFrom(tree, peer));
      expect(withoutInstants(flash)).toEqual(withoutInstants(embedded.flash));
      expect(outcome.requests.map(({ url }) => url)).toEqual(
        outcome.requests.map(({ file }) => `${peer.protocol}://${server.host}:${server.port}/${file}`),
      );
      if (peer.logs === 'requests') {
        // A server may write its log after the client has the file.
        await vi.waitFor(() => expect(logged(server.log(), outcome)).toEqual(told(outcome)));
      }
    });

    if (peer.logs === 'requests') {
      test('its log makes a scenario that passes with the same files', async () => {
        const log = { name: `${peer.name}.log`, bytes: Buffer.from(server.log(), 'latin1') };
        const reading = readLog(log, { year: 'latest', nowMs: Date.now() });
        expect(reading.unreadCount).toBe(0);
        const { result } = await run(recordedIn([reading], tree.path));
        expect(result.expectations.filter(({ holds }) => !holds)).toEqual([]);
        expect(result.verdict).toBe('passed');
      });
    }

    test('without a provisioning file the phone is up, and flash is as it was', async () => {
      const { outcome, flash } = await phoneStory(at(server, { path: 'empty' }));
      expect(results(outcome)).toEqual([[PROVISIONING_FILE, 'NOT_FOUND']]);
      expect(outcome).toMatchObject({ ok: false, state: 'login' });
      expect(flash).toEqual(factoryFlash({ mac: MAC }));
    });

    test('a section whose file is missing is kept as it was', async () => {
      const { outcome, flash } = await phoneStory(at(server, { path: 'gap' }));
      expect(results(outcome)).toEqual([
        [PROVISIONING_FILE, 'ok'],
        ['gone.txt', 'NOT_FOUND'],
      ]);
      expect(outcome.sections).toEqual([
        {
          ...{ check: 1, section: 'DIALING_PLAN', decision: 'download', why: 'not-stored' },
          ...{ result: 'kept', error: 'NOT_FOUND', version: null },
        },
      ]);
      expect(outcome).toMatchObject({ ok: false, state: 'login' });
      expect(flash).toEqual(factoryFlash({ mac: MAC }));
    });

    if (peer.protocol === 'ftp') {
      test('a wrong password is ACCESS_DENIED', async () => {
        const { outcome } = await phoneStory(at(server, { user: 'phone', password: 'wrong' }));
        expect(results(outcome)).toEqual([[PROVISIONING_FILE, 'ACCESS_DENIED']]);
      });
    }

    test('a server that has gone is UNREACHABLE', async () => {
      await server.stop();
      const { outcome } = await phoneStory(at(server));
      expect(results(outcome)).toEqual([[PROVISIONING_FILE, 'UNREACHABLE']]);
      expect(outcome).toMatchObject({ ok: false, state: 'login' });
    });
  });
}

const three = [tftpdHpa, proftpd, nginx];
peerSuite('three protocols from three foreign servers', three, () => {
  test('the demo tree gives the outcome it gives from one', async () => {
    const tree = await demoTree(demoPlan);
    const servers = await Promise.all(three.map((peer) => peer.start(tree.path)));
    try {
      const [tftp, ftp, http] = servers;
      if (!tftp || !ftp || !http) throw new Error('one of three servers is missing');
      const plan = servers.reduce(
        (text, { protocol, host }) =>
          text.replaceAll(`${protocolLine(protocol)}\n`, (line) => `${line}SERVER_IP ${host}\n`),
        demoPlan,
      );
      await writeFile(join(tree.path, PROVISIONING_FILE), plan);
      const { outcome, flash } = await phoneStory(at(http), STEPS, { tftp: tftp.port, ftp: ftp.port });
      expect(comparable(outcome)).toEqual(expectedFrom(tree, nginx));
      expect(withoutInstants(flash)).toEqual(withoutInstants(embedded.flash));
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      await tree.remove();
    }
  });
});

function demoTree(plan: string, more: Readonly<Record<string, string>> = {}): Promise<ServedFolder> {
  return servedCopy(DEMO, { [`firmware/${DEMO_LOAD}.bin`]: image, [PROVISIONING_FILE]: plan, ...more });
}

function protocolLine(protocol: Protocol): string {
  return `PROTOCOL ${protocol.toUpperCase()}`;
}

function at({ protocol, host, port }: RunningPeer, more: Partial<ServerAddress> = {}) {
  return { kind: 'external', address: { protocol, host, port, path: '', ...more } } as const;
}

/** Without what may differ: where a file came from, how long it took, whether TFTP had to ask twice. */
function comparable(outcome: Outcome) {
  return {
    ...outcome,
    requests: outcome.requests.map(({ url, protocol, ms, attempts, ...rest }) => rest),
  };
}

/**
 * The embedded server's outcome, for a provisioning file of another length and a web server that is not ours.
 */
function expectedFrom(tree: ServedFolder, { protocol }: Peer) {
  const expected = comparable(embedded.outcome);
  const bytes = readFileSync(join(tree.path, PROVISIONING_FILE)).length;
  return {
    ...expected,
    requests: expected.requests.map((request) =>
      request.file === PROVISIONING_FILE ? { ...request, bytes } : request,
    ),
    problems: protocol === 'http' ? [...expected.problems, noteOnUserAgent] : expected.problems,
  };
}

const noteOnUserAgent = {
  severity: 'note',
  code: 'USER_AGENT_WITHOUT_BYTE',
  message: expect.stringContaining('AVAYA/SIP12x0/04.01.13.00'),
};

function withoutInstants(flash: Ending['flash']) {
  const files = Object.entries(flash.files).map(([section, stored]) => [
    section,
    stored.map(({ name, content }) => ({ name, sizeBytes: content?.sizeBytes, sha256: content?.sha256 })),
  ]);
  return { ...flash, files: Object.fromEntries(files) };
}

function results({ requests }: Outcome) {
  return requests.map(({ file, result }) => [file, result]);
}

/** How often each file was asked for. A repeated TFTP request is a line in a server's log. */
function told({ requests }: Outcome): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { file, attempts } of requests) counts[file] = (counts[file] ?? 0) + attempts;
  return { ...counts, total: requests.reduce((sum, { attempts }) => sum + attempts, 0) };
}

/** In how many lines of a log each of these files stands, and how many lines there are. */
function logged(log: string, { requests }: Outcome): Record<string, number> {
  const lines = log.split('\n');
  const counts = requests.map(({ file }) => [file, lines.filter((line) => namesFile(line, file)).length]);
  return { ...Object.fromEntries(counts), total: lines.length };
}

/** The name stands alone or at the end of a path. */
function namesFile(line: string, file: string): boolean {
  return line.split(/[\s"]+/).some((word) => word === file || word.endsWith(`/${file}`));
}
