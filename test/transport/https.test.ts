import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import type { FileRequest, TlsSettings } from '../../src/transport/transport.ts';
import { phone, serverWith } from './http-phone.ts';
import { answer, type Script } from './raw-http-server.ts';

const DAY_MS = 86_400_000;
const made = (commonName: string, addresses: string[], ageDays = 1) =>
  makeSelfSignedCertificate({ commonName, addresses, notBefore: Date.now() - ageDays * DAY_MS, days: 30 });

const good = made('files.example', ['127.0.0.1', '::1']);
const elsewhere = made('other.example', ['192.0.2.1']);
const expired = made('files.example', ['127.0.0.1'], 40);
const named = made('localhost', []);
const device = made('001B4F123001', []);

const sendFile: Script = (socket, n) => socket.write(answer(200, `file ${n}`));
const trusting = (ca: string[]): TlsSettings => ({ ca, verify: 'verify' });
const untrusting: TlsSettings = { ca: [], verify: 'accept-any' };

describe('over TLS', () => {
  const cases: [
    title: string,
    server: { certificate: string; key: string },
    more: Partial<FileRequest>,
    expected: { end: string; text: string; detail?: unknown },
  ][] = [
    [
      'a certificate that nobody vouches for is refused',
      good,
      {},
      { end: 'TLS', text: '', detail: 'TLS: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)' },
    ],
    [
      'a certificate of a trusted root is taken',
      good,
      { tls: trusting([good.certificate]) },
      { end: 'whole', text: 'file 1' },
    ],
    [
      'one root of several is enough',
      good,
      { tls: trusting([elsewhere.certificate, good.certificate]) },
      { end: 'whole', text: 'file 1' },
    ],
    [
      'a certificate of another root is refused',
      good,
      { tls: trusting([elsewhere.certificate]) },
      { end: 'TLS', text: '', detail: 'TLS: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)' },
    ],
    [
      'a certificate for another address is refused',
      elsewhere,
      { tls: trusting([elsewhere.certificate]) },
      {
        end: 'TLS',
        text: '',
        detail: expect.stringMatching(/^TLS: .*127\.0\.0\.1.*\(ERR_TLS_CERT_ALTNAME_INVALID\)$/),
      },
    ],
    [
      'a certificate for another name is refused',
      good,
      { host: 'localhost', localAddress: '127.0.0.1', tls: trusting([good.certificate]) },
      {
        end: 'TLS',
        text: '',
        detail: expect.stringMatching(/^TLS: .*localhost.*\(ERR_TLS_CERT_ALTNAME_INVALID\)$/),
      },
    ],
    [
      'a certificate for the name is taken',
      named,
      { host: 'localhost', localAddress: '127.0.0.1', tls: trusting([named.certificate]) },
      { end: 'whole', text: 'file 1' },
    ],
    [
      'a certificate out of its time is refused',
      expired,
      { tls: trusting([expired.certificate]) },
      { end: 'TLS', text: '', detail: 'TLS: certificate has expired (CERT_HAS_EXPIRED)' },
    ],
    [
      'any certificate is taken by a phone that was told to',
      elsewhere,
      { tls: untrusting },
      { end: 'whole', text: 'file 1' },
    ],
    [
      'a root that is none is refused before anything is sent',
      good,
      { tls: trusting(['no PEM']) },
      { end: 'TLS', text: '', detail: expect.stringMatching(/^TLS: /) },
    ],
  ];
  test.for(cases)('%s', async ([, { certificate, key }, more, expected]) => {
    const server = await serverWith(sendFile, { tls: { cert: certificate, key } });
    const { events, ...fetched } = await phone().fetch(server.port, { protocol: 'https', ...more });
    expect(fetched).toEqual(expected);
    expect(server.heads.length).toBe(expected.end === 'whole' ? 1 : 0);
  });

  test('a server that speaks no TLS is told by its reason', async () => {
    const plain = createServer((socket) =>
      socket
        .on('error', () => {})
        .end('HTTP/1.1 400 No\r\n\r\n')
        .resume(),
    );
    onTestFinished(() => void plain.close());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const address = plain.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
    expect(await phone().fetch(address.port, { protocol: 'https' })).toMatchObject({
      end: 'TLS',
      detail: 'TLS: wrong version number (ERR_SSL_WRONG_VERSION_NUMBER)',
    });
  });

  test('the files of a check share one connection', async () => {
    const server = await serverWith(sendFile, { tls: { cert: good.certificate, key: good.key } });
    const { fetch } = phone();
    const tls = trusting([good.certificate]);
    for (const text of ['file 1', 'file 2']) {
      expect(await fetch(server.port, { protocol: 'https', tls })).toMatchObject({ end: 'whole', text });
    }
    expect(server.connections.length).toBe(1);
  });

  test('a kept connection that was not verified is not used by a phone that verifies', async () => {
    const server = await serverWith(sendFile, { tls: { cert: elsewhere.certificate, key: elsewhere.key } });
    const { fetch } = phone();
    expect(await fetch(server.port, { protocol: 'https', tls: untrusting })).toMatchObject({ end: 'whole' });
    expect(await fetch(server.port, { protocol: 'https' })).toMatchObject({ end: 'TLS' });
  });

  test('a connection the server closes when the next request comes is made again', async () => {
    const script: Script = (socket, n) => {
      if (n === 2) socket.end();
      else socket.write(answer(200, `file ${n}`));
    };
    const server = await serverWith(script, { tls: { cert: good.certificate, key: good.key } });
    const { fetch } = phone();
    const request = { protocol: 'https', tls: trusting([good.certificate]) } as const;
    await fetch(server.port, request);
    expect(await fetch(server.port, request)).toMatchObject({ end: 'whole', text: 'file 3' });
  });

  test('the server sees the certificate of the phone', async () => {
    const tls = {
      cert: good.certificate,
      key: good.key,
      ca: device.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    };
    const server = await serverWith(sendFile, { tls });
    const client = { certificate: device.certificate, key: device.key };
    const settings: TlsSettings = { ...trusting([good.certificate]), client };
    expect(await phone().fetch(server.port, { protocol: 'https', tls: settings })).toMatchObject({
      end: 'whole',
    });
    expect(overTls(server.connections[0]).getPeerCertificate().subject.CN).toBe('001B4F123001');
  });

  test('a phone that gets its certificate between two files shows it, though the server took it without', async () => {
    const tls = {
      ...{ cert: good.certificate, key: good.key, ca: device.certificate },
      ...{ requestCert: true, rejectUnauthorized: false },
    };
    const server = await serverWith(sendFile, { tls });
    const { fetch } = phone();
    const without = trusting([good.certificate]);
    const client = { certificate: device.certificate, key: device.key };
    for (const settings of [without, { ...without, client }, { ...without, client }]) {
      expect(await fetch(server.port, { protocol: 'https', tls: settings })).toMatchObject({ end: 'whole' });
    }
    expect(server.connections.map((socket) => overTls(socket).getPeerCertificate().subject?.CN)).toEqual([
      undefined,
      '001B4F123001',
    ]);
  });

  test('key and certificates may stand in one text, as the phone keeps them', async () => {
    const tls = {
      ...{ cert: good.certificate, key: good.key, ca: device.certificate },
      ...{ requestCert: true, rejectUnauthorized: true },
    };
    const server = await serverWith(sendFile, { tls });
    const both = device.key + device.certificate;
    const settings = { ...trusting([good.certificate]), client: { certificate: both, key: both } };
    expect(await phone().fetch(server.port, { protocol: 'https', tls: settings })).toMatchObject({
      end: 'whole',
    });
  });

  test('a phone without a certificate is turned away by a server that wants one', async () => {
    const tls = {
      ...{ cert: good.certificate, key: good.key, ca: device.certificate },
      ...{ requestCert: true, rejectUnauthorized: true },
    };
    const server = await serverWith(sendFile, { tls });
    expect(
      await phone().fetch(server.port, { protocol: 'https', tls: trusting([good.certificate]) }),
    ).toMatchObject({ end: 'TLS', detail: expect.stringMatching(/^TLS: .*certificate required/) });
    expect(server.heads).toEqual([]);
  });

  test('a server over TLS that closes without an answer is not taken for one', async () => {
    const server = await serverWith((socket) => socket.end(), {
      tls: { cert: good.certificate, key: good.key },
    });
    const { fetch } = phone();
    const closed = 'the server closed the connection without an answer';
    expect(await fetch(server.port, { protocol: 'https', tls: untrusting })).toMatchObject({
      end: 'BUSY',
      detail: closed,
    });
    expect(await fetch(server.port)).toMatchObject({ end: 'BUSY', detail: `${closed}, or it speaks TLS` });
  });

  test('the name is sent to a server with several, an address is not', async () => {
    const asked: unknown[] = [];
    const script: Script = (socket, n) => {
      asked.push(Reflect.get(overTls(socket), 'servername'));
      sendFile(socket, n, '');
    };
    const server = await serverWith(script, { tls: { cert: good.certificate, key: good.key } });
    const { fetch } = phone();
    const request = { protocol: 'https', tls: untrusting } as const;
    await fetch(server.port, { ...request, host: 'localhost', localAddress: '127.0.0.1' });
    await fetch(server.port, request);
    expect(asked).toEqual(['localhost', false]);
  });
});

function overTls(socket: Socket | undefined): TLSSocket {
  if (!(socket instanceof TLSSocket)) throw new Error('The connection is not over TLS');
  return socket;
}
