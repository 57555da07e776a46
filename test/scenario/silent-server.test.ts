import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import { Journal, type JournalEntry } from '../../src/events/journal.ts';
import type { TransferCode } from '../../src/events/transfer-code.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import { phoneMaker } from '../../src/phone/phone-maker.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { timings } from '../../src/provisioning/timings.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { outcomeOf } from '../../src/report/outcome.ts';
import { timeOverNetwork } from '../../src/scenario/time-door.ts';
import { transportByProtocol } from '../../src/transport/by-protocol.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { SwiftClock } from './swift-clock.ts';

const HOST = '127.0.0.1';

/** A UDP and a TCP port that take what they are sent and never say a word. */
async function silentPorts(): Promise<Readonly<Record<'udp' | 'tcp', number>>> {
  const udp = createSocket('udp4').bind(0, HOST);
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).resume();
  }).listen(0, HOST);
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  onTestFinished(() => {
    udp.close();
    for (const socket of sockets) socket.destroy();
    tcp.close();
  });
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return { udp: udp.address().port, tcp: address.port };
}

/** A boot from an address at which somebody listens and never answers, forty times as fast. */
async function bootFromSilence(protocol: Protocol) {
  const clock = new SwiftClock(40);
  const journal = new Journal(() => clock.now());
  const entries: JournalEntry[] = [];
  journal.listen((entry) => entries.push(entry));
  const { udp, tcp } = await silentPorts();
  const http = httpTransport({ clock, connection: 'check', retryAfter: 'ignore' });
  const ftp = ftpTransport({ clock, mode: 'epsv', session: 'file' });
  const tftp = tftpTransport({ clock });
  const flash = memoryFlash({ ...factoryFlash({ mac: '001B4F123001' }), versions: { LANGUAGE: '000002' } });
  const held = flash.read();
  const phone = phoneMaker({
    clock,
    random: seededRandom('silence'),
    quirks: defaultQuirks,
    timings: timings.none,
    record: (mac, event) => journal.record(mac, event),
    openTransport: () => transportByProtocol({ tftp, ftp, http, https: http }),
    askTime: timeOverNetwork(clock, undefined),
  })({
    model: '1230',
    flash,
    server: { protocol, host: HOST, port: protocol === 'tftp' ? udp : tcp, path: '' },
    serverOwner: 'foreign',
    ports: {},
    ca: [],
    tlsVerify: 'verify',
  });
  phone.send({ type: 'power.on' });
  await phone.when(phone.atRest);
  phone.stop();
  expect(flash.read()).toEqual(held);
  return outcomeOf(entries, { failOn: 'error', allow: [] });
}

// TFTP sends its request six times and waits 1, 2, 4, 8, 8 and 8 s; over TCP 30 s of silence end a transfer,
// and 10 s without a connection.
const limits: [protocol: Protocol, result: TransferCode, attempts: number, atLeastMs: number][] = [
  ['tftp', 'TIMEOUT', 6, 31_000],
  ['ftp', 'TIMEOUT', 1, 30_000],
  ['http', 'TIMEOUT', 1, 30_000],
  ['https', 'TIMEOUT', 1, 10_000],
];
/** Forty times as fast, a busy machine is forty times as late. */
const LATE_MS = 20_000;

test.for(limits)(
  'a silent %s server delays the boot by its limit, no more',
  async ([protocol, result, attempts, atLeastMs]) => {
    const { ok, state, requests, failures } = await bootFromSilence(protocol);
    expect({ ok, state, failures: failures.map(({ code }) => code) }).toEqual({
      ok: false,
      state: 'login',
      failures: [result],
    });
    expect(requests.map((request) => ({ result: request.result, attempts: request.attempts }))).toEqual([
      { result, attempts },
    ]);
    expect(requests[0]?.ms).toBeGreaterThanOrEqual(atLeastMs);
    expect(requests[0]?.ms).toBeLessThanOrEqual(atLeastMs + LATE_MS);
  },
);
