import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { planOf, runPart } from './fleet-files.ts';

const HOST = '127.0.0.1';
const section = (protocol: Protocol) =>
  `DOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL ${protocol.toUpperCase()}\n`;
const tree = {
  '1230SIP.cfg': `[DEVICE_CONFIG]\n${section('tftp')}FILENAME d.cfg\n[LOGIN_BANNER]\n${section('http')}FILENAME b.txt\n`,
  'd.cfg': 'AUTO_UPDATE NO\n',
  'b.txt': 'Welcome\n',
};

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
async function filesOf(server: string, fleet: string) {
  const text = `version: 1\ntitle: t\ntimings: none\nserver: ${server}\nfleet: ${fleet}\n`;
  const { figures } = await runPart(planOf(text));
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
