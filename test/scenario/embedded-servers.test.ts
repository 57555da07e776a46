import { X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { type EmbeddedServersOptions, startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { memoryStore } from '../../src/server/file-store.ts';

const HOST = '127.0.0.1';

const start = async (options: Partial<EmbeddedServersOptions> = {}) => {
  const servers = await startEmbeddedServers({
    clock: new SystemClock(),
    store: memoryStore({ 'a.cfg': 'BANNER ACME\n' }),
    listen: HOST,
    ports: { http: 0 },
    ...options,
  });
  onTestFinished(() => servers.close());
  return servers;
};

test('a protocol is served when it has a port, and not otherwise', async () => {
  expect(Object.keys((await start({ ports: { tftp: 0, ftp: 0, http: 0 } })).ports)).toEqual([
    'tftp',
    'ftp',
    'http',
  ]);
  const { ports, certificate } = await start({ ports: { http: 0 } });
  expect({ protocols: Object.keys(ports), certificate }).toEqual({
    protocols: ['http'],
    certificate: undefined,
  });
  const answer = await fetch(`http://${HOST}:${ports.http}/a.cfg`);
  expect(await answer.text()).toBe('BANNER ACME\n');
});

test('where users are named HTTP is for them alone', async () => {
  const { ports } = await start({ users: new Map([['phone', 'secret']]) });
  const asked = (authorization: Record<string, string>) =>
    fetch(`http://${HOST}:${ports.http}/a.cfg`, { headers: authorization }).then(({ status }) => status);
  expect(await asked({})).toBe(401);
  expect(await asked({ Authorization: `Basic ${btoa('phone:secret')}` })).toBe(200);
});

test('when one server cannot start, none stays', async () => {
  const taken = createServer().listen(0, HOST);
  await once(taken, 'listening');
  onTestFinished(() => {
    taken.close();
  });
  const address = taken.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  // A UDP port that was free a moment ago, and must be free again.
  const probe = createSocket('udp4').bind(0, HOST);
  await once(probe, 'listening');
  const tftp = probe.address().port;
  probe.close();
  await once(probe, 'close');
  await expect(start({ ports: { tftp, http: address.port } })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    port: address.port,
  });
  const again = createSocket('udp4').bind(tftp, HOST);
  await once(again, 'listening');
  again.close();
});

test('HTTPS makes a certificate for the address it listens on, unless it is given one', async () => {
  const made = (await start({ ports: { https: 0 } })).certificate ?? '';
  const certificate = new X509Certificate(made);
  expect(certificate.checkIP(HOST)).toBe(HOST);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const tls = makeSelfSignedCertificate({
    commonName: 'mine',
    addresses: [HOST],
    notBefore: 0,
    days: 30_000,
  });
  expect((await start({ ports: { https: 0 }, tls })).certificate).toBe(tls.certificate);
});

test('every request is told', async () => {
  const told: string[] = [];
  const { ports } = await start({
    onRequest: ({ protocol, path, result, bytes }) => told.push(`${protocol} ${path} ${result} ${bytes}`),
  });
  for (const name of ['a.cfg', 'b.cfg']) await (await fetch(`http://${HOST}:${ports.http}/${name}`)).text();
  expect(told).toEqual(['http /a.cfg sent 12', 'http /b.cfg 404 0']);
});
