import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
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
