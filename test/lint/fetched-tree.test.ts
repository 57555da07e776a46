import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { fetchedTree } from '../../src/lint/fetched-tree.ts';
import { type LintReport, lintTree } from '../../src/lint/lint-tree.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { socketTransport } from '../../src/scenario/socket-transport.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { type Transport, TransportError } from '../../src/transport/transport.ts';
import { saidBy } from './a-tree.ts';

const plan = (protocol: string) =>
  [
    '[DEVICE_CONFIG]',
    'VERSION 000001',
    'FILENAME DeviceConfig.cfg',
    `PROTOCOL ${protocol}`,
    '[DIALING_PLAN]',
    'VERSION 000001',
    'FILENAME dialplan.txt',
    `PROTOCOL ${protocol}`,
    '[USER_CONFIG]',
    'DOWNLOAD_MODE FORCED',
    'VERSION 000001',
    `PROTOCOL ${protocol}`,
    '',
  ].join('\n');

interface Asked {
  readonly report: LintReport;
  readonly paths: readonly string[];
}

async function lintServer(
  protocol: Protocol,
  { macs = [], prefix = '' }: { readonly macs?: readonly string[]; readonly prefix?: string } = {},
): Promise<Asked> {
  const clock = new SystemClock();
  const paths: string[] = [];
  const files = {
    '1230SIP.cfg': plan(protocol.toUpperCase()),
    'DeviceConfig.cfg': 'BANER x\n',
    'SIP001B4F123001.cfg': 'VMIAL 1\n',
    'unasked.cfg': '',
  };
  const servers = await startEmbeddedServers({
    clock,
    store: memoryStore(
      Object.fromEntries(Object.entries(files).map(([name, body]) => [prefix + name, body])),
    ),
    listen: '127.0.0.1',
    ports: { [protocol]: 0 },
  });
  onTestFinished(() => servers.close());
  const doors = socketTransport(clock, defaultQuirks);
  onTestFinished(() => doors.close());
  const transport: Transport = {
    fetch(request, signal) {
      paths.push(request.path);
      return doors.fetch(request, signal);
    },
    close: () => {},
  };
  const tree = fetchedTree({
    name: `${protocol}://127.0.0.1/`,
    transport,
    software: 'SIP12x004.01.13.00',
    tls: { ca: [], verify: 'verify' },
    signal: new AbortController().signal,
  });
  const report = await lintTree({
    tree,
    server: {
      protocol,
      host: '127.0.0.1',
      port: servers.ports[protocol] ?? 0,
      path: prefix.replace(/\/$/, ''),
    },
    ports: {},
    quirks: defaultQuirks,
    models: ['1230'],
    software: ['SIP12x004.01.13.00'],
    stored: ['nothing'],
    macs,
    rttMs: undefined,
    allow: ['NO_DEVICE_CERTIFICATE'],
    breathe: async () => {},
  });
  return { report, paths };
}

test.for<Protocol>(['tftp', 'ftp', 'http'])('a server is asked over %s as phones would', async (protocol) => {
  const { report, paths } = await lintServer(protocol, { macs: ['001B4F123001'] });
  const said = saidBy(report).map((line) => line.replace(/ \w+:\/\/127\S+ .*/, ' ...'));
  expect(said).toEqual([
    'error NOT_FOUND 1230SIP.cfg:7 [DIALING_PLAN] names dialplan.txt: ...',
    'warning UNKNOWN_PARAMETER DeviceConfig.cfg:1 "BANER" is no parameter this phone knows; did you mean BANNER?',
    'warning UNKNOWN_PARAMETER SIP001B4F123001.cfg:1 "VMIAL" is no parameter this phone knows; did you mean VMAIL?',
  ]);
  expect(report.files).toBe(null);
  expect(paths).toEqual(['1230SIP.cfg', 'DeviceConfig.cfg', 'dialplan.txt', 'SIP001B4F123001.cfg']);
});

test('a folder of the server, and phones that nobody named', async () => {
  const { report, paths } = await lintServer('http', { prefix: 'phones/' });
  expect(saidBy(report).filter((line) => line.startsWith('note'))).toEqual([
    'note USER_FILES_NOT_READ 1230SIP.cfg:9 no phone was named with --mac, so no SIP<MAC>.cfg was asked for',
  ]);
  expect(paths).toEqual(['phones/1230SIP.cfg', 'phones/DeviceConfig.cfg', 'phones/dialplan.txt']);
});

test('a server that does not answer is asked once', async () => {
  const asked: string[] = [];
  const transport: Transport = {
    // biome-ignore lint/correctness/useYield: it fails before the first chunk.
    async *fetch(request) {
      asked.push(`${request.protocol} ${request.path}`);
      throw new TransportError(request.protocol === 'tftp' ? 'TIMEOUT' : 'NOT_FOUND', request, 'no answer');
    },
    close: () => {},
  };
  const tree = fetchedTree({
    name: 'x',
    transport,
    software: 'SIP12x004.01.13.00',
    tls: { ca: [], verify: 'verify' },
    signal: new AbortController().signal,
  });
  const source = (protocol: Protocol) => ({ protocol, host: '192.0.2.1', port: 69, pathPrefix: '' });
  const fetch = (path: string, protocol: Protocol) =>
    tree.fetch({ kind: 'IMAGES', path, source: source(protocol) });
  expect(await fetch('a.png', 'tftp')).toEqual({
    arrived: false,
    code: 'TIMEOUT',
    detail: 'tftp://192.0.2.1:69/a.png: no answer',
  });
  expect(await fetch('b.png', 'tftp')).toEqual({
    arrived: false,
    code: 'TIMEOUT',
    detail: 'tftp://192.0.2.1:69 did not answer before and is not asked again',
  });
  await fetch('c.png', 'http');
  await fetch('d.png', 'http');
  expect(asked).toEqual(['tftp a.png', 'http c.png', 'http d.png']);
});
