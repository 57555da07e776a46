import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { fleetHash } from '../../src/fleet/fleet-hash.ts';
import { readFleet } from '../../src/fleet/read-fleet.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { planOf, runPart } from './fleet-files.ts';

const HOST = '127.0.0.1';
const section = (protocol: Protocol) =>
  `DOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL ${protocol.toUpperCase()}\n`;
const tree = {
  '1230SIP.cfg': `[DEVICE_CONFIG]\n${section('tftp')}FILENAME d.cfg\n[LOGIN_BANNER]\n${section('http')}FILENAME b.txt\n`,
  'd.cfg': 'AUTO_UPDATE NO\n',
  'b.txt': 'Welcome\n',
};

const { certificate: root } = makeSelfSignedCertificate({
  commonName: 'mine',
  addresses: [HOST],
  notBefore: 0,
  days: 30_000,
});

/** A server of somebody's, on ports nobody else knows. */
async function serve(protocols: readonly Protocol[], files: Readonly<Record<string, string>> = tree) {
  const servers = await startEmbeddedServers({
    clock: new SystemClock(),
    store: memoryStore(files),
    listen: HOST,
    ports: Object.fromEntries(protocols.map((protocol) => [protocol, 0])),
  });
  onTestFinished(() => servers.close());
  return servers;
}

/** What came of the files of each kind, by the protocol they were asked for over. */
async function filesOf(server: string, fleet: string, beside: Readonly<Record<string, string>> = {}) {
  const text = `version: 1\ntitle: t\ntimings: none\nserver: ${server}\nfleet: ${fleet}\n`;
  const { figures } = await runPart(planOf(text, [], beside));
  return Object.fromEntries(
    Object.entries(figures.files).map(([protocol, kinds]) => [
      protocol,
      Object.fromEntries(
        Object.entries(kinds).map(([kind, { received, causes }]) => [kind, { received, causes }]),
      ),
    ]),
  );
}

test('the port of the URL holds for sections of phones that boot over another protocol, unless ports name one', async () => {
  const { ports } = await serve(['tftp', 'http']);
  const arrived = (received: number) => ({ received, causes: {} });
  const whole = {
    tftp: { 'provisioning-file': arrived(2), DEVICE_CONFIG: arrived(4) },
    http: { 'provisioning-file': arrived(2), LOGIN_BANNER: arrived(4) },
  };
  const fleet = '{ count: 4, protocols: [tftp, http] }';
  const byTftp = `tftp://${HOST}:${ports.tftp}/`;
  expect(await filesOf(`{ url: "${byTftp}", ports: { http: ${ports.http} } }`, fleet)).toEqual(whole);
  const byHttp = `http://${HOST}:${ports.http}/`;
  expect(await filesOf(`{ url: "${byHttp}", ports: { tftp: ${ports.tftp} } }`, fleet)).toEqual(whole);
  const empty = await serve(['tftp'], {});
  const given = `{ url: "${byTftp}", ports: { tftp: ${empty.ports.tftp}, http: ${ports.http} } }`;
  expect(await filesOf(given, fleet)).toMatchObject({
    tftp: { DEVICE_CONFIG: { received: 2, causes: { NOT_FOUND: 2 } } },
  });
});

test('an https server with a root of its own is refused, unless it is trusted or nobody verifies', async () => {
  const { ports, certificate = '' } = await serve(['https'], { '1230SIP.cfg': '# Nothing is due.\n' });
  const beside = { 'roots/ca.pem': certificate };
  const url = `url: "https://${HOST}:${ports.https}/"`;
  const came = async (words: string) => filesOf(`{ ${url}${words} }`, '{ count: 3 }', beside);
  const arrived = { https: { 'provisioning-file': { received: 3, causes: {} } } };
  expect(await came('')).toEqual({ https: { 'provisioning-file': { received: 0, causes: { TLS: 3 } } } });
  expect(await came(', ca: roots/ca.pem')).toEqual(arrived);
  expect(await came(', tlsVerify: accept-any')).toEqual(arrived);
});

test('a fleet is the same wherever the certificates are that it trusts, and they are among its files', () => {
  const beside = { 'a/ca.pem': root, 'b/roots.pem': root };
  const text = (words: string) =>
    `version: 1\ntitle: t\nserver: { url: "https://192.0.2.1/"${words} }\nfleet: {}\n`;
  const hashes = [', ca: a/ca.pem', ', ca: b/roots.pem', ''].map((words) =>
    fleetHash(planOf(text(words), [], beside)),
  );
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
  const file = writeFiles({ 'runs/fleet.yaml': text(', ca: ../ca.pem'), 'ca.pem': root });
  const reading = readFleet({ kind: 'file', file }, []);
  const folder = dirname(dirname(file));
  expect('files' in reading && reading.files).toEqual([file, join(folder, 'ca.pem')]);
});
