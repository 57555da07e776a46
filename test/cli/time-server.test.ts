import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { type NtpAnswer, NtpServer, ntpAnswer } from '../network/ntp-server.ts';
import { heldPhone } from './held-phone.ts';
import { answerHttp } from './servers.ts';
import { runTold } from './told-run.ts';

const SECONDS_FROM_1900_TO_1970 = 2_208_988_800n;

/** A time server on loopback; its port. Without an answer that is given it has the time of this machine. */
async function timeServer(answer?: NtpAnswer): Promise<NtpServer> {
  const server = await NtpServer.open((asked, from, socket) => {
    const now = (BigInt(Math.round(new SystemClock().now())) << 32n) / 1000n;
    const time = now + (SECONDS_FROM_1900_TO_1970 << 32n);
    socket.send(ntpAnswer(asked, answer ?? { receivedAt: time, sentAt: time }), from.port, from.address);
  });
  onTestFinished(() => server.close());
  return server;
}

const phone = (server: string) =>
  heldPhone(`{
  "mac": "00:1B:4F:12:30:01", "software": "SIP12x004.01.13.00", "versions": {}, "files": {},
  "settings": { "AUTO_UPDATE": "YES", "SNTP_ENABLE": "YES", "SNTP_SERVER": "${server}" }
}
`).folder;

const nothingToDo = () => answerHttp(() => [200, '[LANGUAGE]\n']);

test('in jump time a phone with a time server polls day after day', async () => {
  const [server, url] = await Promise.all([timeServer(), nothingToDo()]);
  const args = ['check', url, '--time', 'jump', '--sntp-port', String(server.port), '--flash'];
  const { facts, outcome } = await runTold([...args, phone('127.0.0.1'), '--then', 'poll,poll,poll']);
  const polls = facts.flatMap((fact) => (fact.type === 'poll.due' ? Date.parse(fact.date) : []));
  expect(polls.map((at) => (at - (polls[0] ?? 0)) / 86_400_000)).toEqual([0, 1, 2]);
  expect(server.questions.length).toBeGreaterThanOrEqual(3);
  const moved = facts.flatMap((fact) => (fact.type === 'clock.set' ? Math.abs(fact.byMs) : []));
  expect(moved.every((ms) => ms < 1_000)).toBe(true);
  expect(outcome).toMatchObject({ state: 'idle', noPollBecause: null });
});

test('a time server that refuses is told with its code, and a wait for a poll ends at once', async () => {
  const [server, url] = await Promise.all([timeServer({ stratum: 0, referenceId: 'RATE' }), nothingToDo()]);
  const args = ['check', url, '--sntp-port', String(server.port), '--flash', phone('127.0.0.1')];
  const { code, stderr, facts, outcome } = await runTold([...args, '--then', 'poll']);
  expect(facts).toContainEqual(
    expect.objectContaining({
      type: 'sntp.failed',
      server: '127.0.0.1',
      code: 'KISS_OF_DEATH',
      retryInMs: 900_000,
    }),
  );
  expect({ code, stderr, because: outcome.noPollBecause, last: outcome.failures.at(-1) }).toEqual({
    code: 3,
    stderr: '',
    because: 'no-clock',
    last: {
      code: 'NO_POLL',
      message: '--then poll: the phone has no poll to wait for; the phone has no valid time of day',
    },
  });
});

test('the question comes from the address of the phone', async () => {
  const froms: string[] = [];
  const server = await NtpServer.open((asked, from, socket) => {
    froms.push(from.address);
    socket.send(ntpAnswer(asked), from.port, from.address);
  });
  onTestFinished(() => server.close());
  const url = await nothingToDo();
  const args = ['check', url, '--local-address', '127.7.7.7', '--sntp-port', String(server.port)];
  await runTold([...args, '--flash', phone('127.0.0.1')]);
  expect(froms).toEqual(['127.7.7.7']);
});
