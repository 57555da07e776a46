import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TextDecoder } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeImage } from '../../src/device/image.ts';
import { staggerMs } from '../../src/provisioning/stagger.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { type LoopbackOptions, loopbackTransport } from '../../src/server/loopback.ts';
import { phoneStory } from '../peers/phone-story.ts';
import { type BenchOptions, benchPhone, image, type Tree } from '../phone/bench-phone.ts';
import { answer, rawHttpServer } from '../transport/raw-http-server.ts';
import { treeIn } from './field-tree.ts';

// What servers and networks did, and what a phone made of it.

/** A phone whose server and way there are as described. */
function phoneAt(files: Tree, way: Omit<LoopbackOptions, 'clock' | 'store'>, options: BenchOptions = {}) {
  const bench = benchPhone({
    ...options,
    door: () => loopbackTransport({ ...way, clock: bench.clock, store: memoryStore(files) }),
  });
  return bench;
}

const codes = (bench: ReturnType<typeof benchPhone>) => bench.factsOf('file.failed').map(({ code }) => code);

describe('row 7: a TFTP server', () => {
  const byTftp = { '1230SIP.cfg': '[LOGIN_BANNER]\nVERSION 000001\nFILENAME banner.txt\n' };

  test('that does not run is told as such, and the phone comes up', async () => {
    const serverAt: LoopbackOptions['serverAt'] = ({ protocol }) =>
      protocol === 'tftp' ? 'refusing' : 'serving';
    const bench = phoneAt({ ...byTftp, 'banner.txt': 'Welcome' }, { serverAt });
    await bench.follow('power.on');
    expect(codes(bench)).toEqual(['UNREACHABLE']);
    expect(bench.outcome()).toMatchObject({ ok: false, state: 'login' });
  });

  test('with another root has the file, and the phone does not find it', async () => {
    const bench = phoneAt({ ...byTftp, 'tftpboot/banner.txt': 'Welcome' }, {});
    await bench.follow('power.on');
    expect(codes(bench)).toEqual(['NOT_FOUND']);
  });
});

test.for([
  [74, 'stored', [], 'SIP12x004.04.09.00'],
  [75, 'kept', ['TIMEOUT'], 'SIP12x004.01.13.00'],
] as const)(
  'row 13: firmware over TFTP at a round trip of %i ms is %s',
  async ([rttMs, result, failed, software]) => {
    // The size of the one image that is known: 8,011 blocks, and 600 s at 75 ms.
    const bytes = makeImage({ load: 'SIP12x004.04.09.00', sizeBytes: 4_101_541 });
    const bench = phoneAt({ ...treeIn('field/13-slow-tftp'), 'SIP12x004.04.09.00.bin': bytes }, { rttMs });
    await bench.follow('power.on');
    expect(bench.outcome().sections[0]).toMatchObject({ section: 'FW', result });
    expect(codes(bench)).toEqual(failed);
    expect(bench.flash.read().software).toBe(software);
    const ended = bench.entries.find(({ event }) => event.type === 'file.failed');
    const begun = bench.entries.filter(({ event }) => event.type === 'file.requested').at(-1);
    if (ended !== undefined) expect(ended.at - (begun?.at ?? 0)).toBe(600_000);
  },
);

describe('row 14: a server that reads the User-Agent as ASCII', () => {
  /** As one of the field does, it fails at what is no ASCII. */
  async function strictServer() {
    const server = createServer((request, response) => {
      const agent = Buffer.from(request.headers['user-agent'] ?? '', 'latin1');
      if (agent.some((byte) => byte > 0x7f)) {
        response.writeHead(500).end(`UnicodeDecodeError: ${new TextDecoder().decode(agent)}`);
      } else response.end('[LOGIN_BANNER]\nVERSION 000001\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return { kind: 'external', address: { protocol: 'http', host: '127.0.0.1', port, path: '' } } as const;
  }

  test('serves a phone that sends no junk byte', async () => {
    const { outcome } = await phoneStory(await strictServer());
    expect(outcome.requests.map(({ file, result }) => `${file} ${result}`)).toEqual(['1230SIP.cfg ok']);
  });

  test('breaks at a phone that sends the byte 04.01.13.00 was seen to send', async () => {
    const { outcome } = await phoneStory(await strictServer(), [], {}, { userAgentByte: 'seen' });
    expect(outcome.requests.map(({ file, result }) => `${file} ${result}`)).toEqual(['1230SIP.cfg PROTOCOL']);
    expect(outcome).toMatchObject({ ok: false, state: 'login' });
  });
});

test.for([
  ['AUTO', 'SIP12x004.04.09.00', 'FW skip not-newer'],
  ['FORCED', 'SIP12x004.01.13.00', 'FW download forced'],
] as const)(
  'row 17: a fail-over server with an older image, under %s',
  async ([mode, software, decision]) => {
    const older = 'SIP12x004.01.13.00';
    const bench = benchPhone({
      files: {
        '1230SIP.cfg': `[FW]\nDOWNLOAD_MODE ${mode}\nVERSION ${older}\nFILENAME ${older}.bin\nPROTOCOL HTTP\n`,
        [`${older}.bin`]: image(older),
      },
      flash: { software: 'SIP12x004.04.09.00' },
    });
    await bench.follow('power.on');
    const [first] = bench.outcome().sections;
    expect(`${first?.section} ${first?.decision} ${first?.why}`).toBe(decision);
    expect(bench.flash.read().software).toBe(software);
  },
);

test.for([1, 6])('row 18: a thousand phones spread their polls over a window of %i h', (hours) => {
  const minutes = Array.from({ length: 1000 }, (_, index) => {
    const mac = (0x001b4f_000000 + index * 7919).toString(16).toUpperCase().padStart(12, '0');
    return staggerMs(mac, hours, 'lcg-minutes') / 60_000;
  });
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...minutes)).toBeLessThan(hours * 60);
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => minutes.filter((minute) => Math.floor((minute * 10) / (hours * 60)) === tenth).length,
  );
  for (const count of tenths) expect(count).toBeGreaterThan(50);
});

test.for([
  ['without credentials is asked once', '', 1],
  ['with a wrong password is asked twice', 'SRV_USER_NAME phone\nSRV_USER_PASS wrong\n', 2],
] as const)('row 19: a server that answers 401 to a phone %s', async ([, credentials, times]) => {
  const plan = `[LOGIN_BANNER]\nVERSION 000001\nFILENAME b.txt\nPROTOCOL HTTP\n${credentials}`;
  const server = await rawHttpServer((socket, _n, head) =>
    socket.write(
      head.includes('/b.txt') ? answer(401, '', ['WWW-Authenticate: Basic realm="x"']) : answer(200, plan),
    ),
  );
  onTestFinished(() => server.close());
  const address = { protocol: 'http', host: '127.0.0.1', port: server.port, path: '' } as const;
  const { outcome } = await phoneStory({ kind: 'external', address });
  expect(outcome.requests.map(({ file, result }) => `${file} ${result}`)).toEqual([
    '1230SIP.cfg ok',
    'b.txt ACCESS_DENIED',
  ]);
  expect(server.heads.filter((head) => head.includes('/b.txt'))).toHaveLength(times);
});

test.for([
  ['tftp', ['tftp device.cfg', 'tftp French.lng'], 'kept'],
  ['as-provisioning-file', ['ftp device.cfg', 'ftp French.lng'], 'stored'],
] as const)(
  'row 28: an FTP server alone, with quirk defaultProtocol=%s',
  async ([defaultProtocol, asked, result]) => {
    const bench = benchPhone({
      files: {},
      quirks: { defaultProtocol },
      flash: { software: 'SIP12x004.04.09.00' },
      server: { protocol: 'ftp', host: '127.0.0.1', path: '', user: 'phone', password: 'secret' },
      door: () =>
        loopbackTransport({
          clock: bench.clock,
          store: memoryStore(treeIn('field/28-ftp-only')),
          users: new Map([['phone', 'secret']]),
          serverAt: ({ protocol }) => (protocol === 'ftp' ? 'serving' : 'refusing'),
        }),
    });
    await bench.follow('power.on');
    expect(
      bench
        .factsOf('file.requested')
        .map(({ protocol, file }) => `${protocol} ${file}`)
        .slice(1),
    ).toEqual(asked);
    expect(
      bench
        .outcome()
        .sections.slice(1)
        .map((section) => section.result),
    ).toEqual([result, result]);
  },
);
