import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { temporaryFolder } from './held-phone.ts';
import { unusedPort } from './servers.ts';
import { runTold } from './told-run.ts';

const tree = () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '1230SIP.cfg'), '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME Device.cfg\n');
  writeFileSync(join(folder, 'Device.cfg'), 'BANNER Reception\n');
  return folder;
};

/** Serves a folder until the test ends, and says where. */
const serving = async (folder: string, ...options: string[]) => {
  const server = start(['serve', folder, ...options]);
  const [announced] = await server.says(/^serving .*\n(?: {2}\S+\n)+/);
  const urls = [...announced.matchAll(/ {2}(\S+)\n/g)].map(([, url = '']) => new URL(url));
  const urlOf = (protocol: string) => {
    const url = urls.find((candidate) => candidate.protocol === `${protocol}:`);
    if (url === undefined) throw new Error(`${protocol} is not served: ${announced}`);
    return url.href;
  };
  return { server, urls, urlOf };
};

test('serve prints where it serves and a line a request, and a phone boots from it', async () => {
  const folder = tree();
  const { server, urls, urlOf } = await serving(folder);
  expect(urls.map(({ protocol }) => protocol)).toEqual(['tftp:', 'ftp:', 'http:']);
  const ports = urls.map(({ protocol, port }) => `${protocol.slice(0, -1)}=${port}`);
  const boot = await runTold(['boot', urlOf('http'), '--ports', ports.join(',')]);
  expect(boot.outcome).toMatchObject({ ok: true, settings: { BANNER: 'Reception' } });
  await server.says(/Device\.cfg/);
  server.signal('SIGTERM');
  const { code, stdout, stderr } = await server.ended;
  const lines = stdout.split('\n').slice(4);
  expect({ code, stderr }).toEqual({ code: 143, stderr: '' });
  expect(
    lines.map((line) => line.replaceAll(/\d+(\.\d+)?ms/g, 'N').replace(/127\.0\.0\.1:\d+ +/, 'PHONE ')),
  ).toEqual(['http  PHONE /1230SIP.cfg  sent  51 B in N', 'tftp  PHONE Device.cfg  sent  17 B in N', '']);
});

test('serve --json says the same as objects', async () => {
  const folder = tree();
  const server = start(['serve', folder, '--http', '0', '--json']);
  const [, text = ''] = await server.says(/^(.*)\n/);
  const started = JSON.parse(text);
  expect(started).toEqual({
    type: 'serve.started',
    at: 0,
    directory: folder,
    ports: { http: started.ports.http },
    urls: [`http://127.0.0.1:${started.ports.http}/`],
  });
  get(`${started.urls[0]}../etc/passwd`, (response) => response.resume());
  const [, line = ''] = await server.says(/\n(.*)\n/);
  expect(JSON.parse(line)).toMatchObject({
    type: 'request.served',
    protocol: 'http',
    result: '404',
    bytes: 0,
  });
  server.signal('SIGINT');
  expect((await server.ended).code).toBe(130);
});

test('a boot over HTTPS trusts the certificate of --cert-out, and no other', async () => {
  const folder = tree();
  const ca = join(temporaryFolder(), 'ca.pem');
  const { urlOf } = await serving(folder, '--https', '0', '--cert-out', ca);
  const boot = ['boot', urlOf('https')];
  expect(readFileSync(ca, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
  const trusting = await runTold([...boot, '--ca', ca]);
  const distrusting = await runTold(boot);
  const careless = await runTold([...boot, '--insecure']);
  const results = [trusting, distrusting, careless].map(({ outcome }) => outcome.requests[0]?.result);
  expect(results).toEqual(['ok', 'TLS', 'ok']);
  expect(distrusting.code).toBe(3);
  expect((await answer([...boot, '--quiet'])).stdout).toMatchInlineSnapshot(`
    "failed: 1230SIP.cfg could not be had: TLS (TLS: self-signed certificate
    (DEPTH_ZERO_SELF_SIGNED_CERT))
      look at: The secure connection could not be made: certificate (--ca FILE trusts one), host name or
               protocol version.
    "
  `);
});

test("a certificate of one's own takes its key along", async () => {
  const folder = tree();
  const mine = join(temporaryFolder(), 'cert.pem');
  writeFileSync(mine, 'not a certificate\n');
  const said = async (...options: string[]) => {
    const { code, stdout, stderr } = await answer(['serve', folder, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr.replaceAll(mine, 'FILE');
  };
  expect(await said('--https', '0', '--cert', mine)).toBe('error: --cert and --key go together\n');
  expect(await said('--http', '0', '--cert', mine, '--key', mine)).toBe(
    'error: --cert goes with --https PORT\n',
  );
  expect(await said('--http', '0', '--cert-out', mine)).toBe('error: --cert-out goes with --https PORT\n');
  expect(await said('--https', '0', '--cert', mine, '--key', mine)).toMatch(
    /^error: cannot serve: certificate and key are no PEM, or do not fit \(/,
  );
});

test('a folder that is missing, or none, is refused', async () => {
  const folder = tree();
  const missing = join(folder, 'missing');
  const file = join(folder, 'Device.cfg');
  expect(await answer(['serve', missing])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${missing}: no such file or folder (ENOENT)\n`,
  });
  expect(await answer(['serve', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${file} is no folder\n`,
  });
});

test('a port that is taken is named, for serve and for the embedded server of boot', async () => {
  const port = await unusedPort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => {
    taken.close();
  });
  const reason = `another program has that port (listen EADDRINUSE: address already in use 127.0.0.1:${port})`;
  expect(await answer(['serve', tree(), '--http', String(port), '--tftp', '0'])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: cannot serve HTTP on port ${port}: ${reason}; --http PORT chooses another\n`,
  });
  expect(await answer(['boot', '--ports', `ftp=${port}`])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: cannot serve FTP on port ${port}: ${reason}; --ports ftp=PORT chooses another\n`,
  });
});

test('an address that is none of this machine is named', async () => {
  const { code, stderr } = await answer(['serve', tree(), '--listen', '192.0.2.1', '--http', '0']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'error: cannot serve: the address is none of this machine ' +
      '(listen EADDRNOTAVAIL: address not available 192.0.2.1)\n',
  });
});
