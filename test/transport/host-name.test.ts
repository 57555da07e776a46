import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { createServer, isIP, type Server } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { startFtpServer } from '../../src/server/ftp-server.ts';
import { startHttpServer } from '../../src/server/http-server.ts';
import { startTftpServer } from '../../src/server/tftp-server.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { noSignal, receiveAll, tftpRequest } from './file-request.ts';

const clock = new SystemClock();
const doors = {
  tftp: () => tftpTransport({ clock }),
  ftp: () => ftpTransport({ clock, mode: 'epsv', session: 'file' }),
  http: () => httpTransport({ clock, connection: 'file', retryAfter: 'ignore' }),
  https: () => httpTransport({ clock, connection: 'file', retryAfter: 'ignore' }),
};
const protocols = ['tftp', 'ftp', 'http', 'https'] as const;

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const names: Readonly<Record<string, readonly LookupAddress[]>> = {
  'six-first': [six('::1'), four('127.0.0.1')],
  'four-first': [four('127.0.0.1'), six('::1')],
  'no-way-to-six': [six('2001:db8::1'), four('127.0.0.1')],
  'six-alone': [six('::1')],
};

function four(address: string): LookupAddress {
  return { address, family: 4 };
}

function six(address: string): LookupAddress {
  return { address, family: 6 };
}

/** The system's resolver knows these names, in the order of their addresses. */
function resolverKnows(known: typeof names): void {
  const answerTo = (host: string, { all, family, order }: LookupOptions) => {
    // A server that listens has its own address looked up, too.
    const addresses = known[host] ?? [{ address: host, family: isIP(host) }];
    const found = addresses.filter((one) => !family || one.family === family);
    const ordered = order === 'ipv4first' ? found.toSorted((a, b) => a.family - b.family) : found;
    return all === true ? [ordered] : [ordered[0]?.address, ordered[0]?.family];
  };
  vi.spyOn(dns, 'lookup').mockImplementation((host: string, ...rest: readonly unknown[]) => {
    const [options] = rest;
    const asked = typeof options === 'object' && options !== null ? options : {};
    const answer = rest.at(-1);
    if (typeof answer === 'function') setImmediate(() => answer(null, ...answerTo(host, asked)));
  });
  syncBuiltinESMExports();
}

/** Every look-up ends in this error of the system's resolver. */
function resolverFailsWith(code: string): void {
  const failure = Object.assign(new Error(`getaddrinfo ${code} pbx`), { code, syscall: 'getaddrinfo' });
  vi.spyOn(dns, 'lookup').mockImplementation((...args: readonly unknown[]) => {
    const answer = args.at(-1);
    if (typeof answer === 'function') setImmediate(() => answer(failure));
  });
  syncBuiltinESMExports();
}

describe('a look-up that fails', () => {
  const cases: [why: string, systemCode: string, expected: object][] = [
    ['because nobody knows the name', 'ENOTFOUND', { code: 'UNREACHABLE', connection: 'no-name' }],
    ['for want of descriptors', 'EMFILE', { code: 'LOCAL_LIMIT', connection: undefined }],
    [
      'for want of descriptors of the whole machine',
      'ENFILE',
      { code: 'LOCAL_LIMIT', connection: undefined },
    ],
    ['for want of memory', 'ENOMEM', { code: 'LOCAL_LIMIT', connection: undefined }],
    ['for want of buffers', 'ENOBUFS', { code: 'LOCAL_LIMIT', connection: undefined }],
  ];
  test.for(cases.flatMap((row) => protocols.map((protocol) => [protocol, ...row] as const)))(
    '%s: %s (%s)',
    async ([protocol, , systemCode, expected]) => {
      resolverFailsWith(systemCode);
      const fetching = doors[protocol]().fetch(tftpRequest(1, { protocol, host: 'pbx' }), noSignal());
      await expect(receiveAll(fetching)).rejects.toMatchObject(expected);
    },
  );
});

describe('of a name with addresses of both families', () => {
  const store = memoryStore({ '1230SIP.cfg': 'found' });
  const servers = {
    tftp: (listen: string) => startTftpServer({ clock, store, listen, port: 0 }),
    ftp: (listen: string) =>
      startFtpServer({ clock, store, listen, port: 0, users: new Map(), anonymous: 'allowed' }),
    http: (listen: string) => startHttpServer({ clock, store, listen, port: 0 }),
  };

  const found: [title: string, listen: string, host: string, more: { localAddress?: string }][] = [
    ['that of IPv4 is asked, if it comes second', '127.0.0.1', 'six-first', {}],
    ['that of IPv4 is asked, if it comes first', '127.0.0.1', 'four-first', {}],
    ['that of IPv6 is asked by a phone with such an address', '::1', 'four-first', { localAddress: '::1' }],
    ['that of IPv6 is asked if there is no other', '::1', 'six-alone', {}],
  ];
  test.for(
    found.flatMap((row) => (['tftp', 'ftp', 'http'] as const).map((protocol) => [protocol, ...row] as const)),
  )('%s: %s', async ([protocol, , listen, host, more]) => {
    resolverKnows(names);
    const server = await servers[protocol](listen);
    onTestFinished(() => server.close());
    const fetching = doors[protocol]().fetch(
      tftpRequest(server.port, { protocol, host, ...more }),
      noSignal(),
    );
    expect((await receiveAll(fetching)).toString()).toBe('found');
  });

  test.for(
    (['ftp', 'http', 'https'] as const).flatMap((protocol) =>
      ['four-first', 'six-first', 'no-way-to-six'].map((host) => [protocol, host] as const),
    ),
  )('%s: %s: where that of IPv4 refuses, no other is tried', async ([protocol, host]) => {
    resolverKnows(names);
    let connections = 0;
    const other = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    onTestFinished(() => void other.close());
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '::1', () => resolve(portOf(other)));
    });
    const fetching = doors[protocol]().fetch(tftpRequest(port, { protocol, host }), noSignal());
    await expect(receiveAll(fetching)).rejects.toMatchObject({ code: 'UNREACHABLE', connection: 'refused' });
    expect(connections).toBe(0);
  });
});

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return address.port;
}
