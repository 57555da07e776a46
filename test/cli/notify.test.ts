import { expect, onTestFinished, test } from 'vitest';
import { SipProxy } from '../network/sip-proxy.ts';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { heldPhone } from './held-phone.ts';
import { answerHttp } from './servers.ts';
import { toldRun } from './told-run.ts';

const remote = () =>
  heldPhone(`{
  "mac": "00:1B:4F:12:30:01", "software": "SIP12x004.01.13.00", "versions": { "LANGUAGE": "000001" }, "files": {}, "user": "1@a.b",
  "settings": { "REMOTE_CHECK_FOR_UPDATE": "YES" }
}
`).folder;

async function proxy(): Promise<SipProxy> {
  const opened = await SipProxy.open();
  onTestFinished(() => opened.close());
  return opened;
}

const nothingToDo = () => answerHttp(() => [200, '[LANGUAGE]\nVERSION 000001\nFILENAME a.lng\n']);
const silent = ['--quirk', 'checkSync=silent'];

/** Starts a phone that listens, and comes back when it is idle: the port it listens on. */
async function listeningPhone(...args: readonly string[]) {
  const url = await nothingToDo();
  const phone = start(['check', url, '--flash', remote(), '--notify', '0', '--json', ...args]);
  const [, port] = await phone.says(/"notify":"127\.0\.0\.1:(\d+)"/);
  await phone.says(/"update\.finished".*"phone\.idle"/s);
  return { phone, port: Number(port) };
}

test('--then notify waits for a check-sync and its check', async () => {
  const { phone, port } = await listeningPhone('--notify-from', 'ANY', '--then', 'notify', ...silent);
  const sender = await proxy();
  expect(await sender.request(port)).toBe(200);
  const { code, facts, outcome } = toldRun(await phone.ended);
  const triggers = facts.flatMap((fact) => (fact.type === 'update.started' ? fact.trigger : []));
  expect({ code, triggers, state: outcome.state }).toEqual({
    code: 0,
    triggers: ['soft-key', 'check-sync'],
    state: 'idle',
  });
});

test('with 04.01.13 somebody has to answer its question first', async () => {
  const args = ['--notify-from', '127.0.0.1', '--then', 'notify', '--answer', 'remote-update=yes'];
  const { phone, port } = await listeningPhone(...args);
  const sender = await proxy();
  expect(await sender.request(port)).toBe(200);
  const { code, facts } = toldRun(await phone.ended);
  const order = ['notify.received', 'question.asked', 'question.answered'];
  expect({ code, told: facts.map(({ type }) => type).filter((type) => order.includes(type)) }).toEqual({
    code: 0,
    told: order,
  });
});

test('--notify alone stays up until Ctrl-C', async () => {
  const { phone, port } = await listeningPhone('--notify-from', '127.0.0.1', ...silent);
  const sender = await proxy();
  expect(await sender.request(port)).toBe(200);
  await phone.says(/"check":2,.*"phone\.idle"/s);
  phone.signal('SIGINT');
  const { code, outcome } = toldRun(await phone.ended);
  expect({ code, state: outcome.state }).toEqual({ code: 130, state: 'idle' });
});

test('nobody notifies it: the limit comes, and is said', async () => {
  const { phone } = await listeningPhone('--then', 'notify', '--timeout', '1500ms');
  const { code, outcome } = toldRun(await phone.ended);
  const message = 'the limit of 1.5s (--timeout) came before a check-sync began a check';
  expect({ code, failures: outcome.failures }).toEqual({
    code: 3,
    failures: [{ code: 'NOT_NOTIFIED', message }],
  });
});

test('it listens on the address of the phone', async () => {
  const url = await nothingToDo();
  const args = ['check', url, '--flash', remote(), '--local-address', '127.7.7.7', '--notify', '0'];
  const phone = start([...args, '--json']);
  const [, place] = await phone.says(/"notify":"([^"]*):\d+"/);
  phone.signal('SIGINT');
  await phone.ended;
  expect(place).toBe('127.7.7.7');
});

const usage: [title: string, args: string[], said: string][] = [
  [
    '--then notify without a port',
    ['--then', 'notify'],
    'error: --then notify: say where to listen with --notify PORT\n',
  ],
  ['senders without a port', ['--notify-from', 'ANY'], 'error: --notify-from goes with --notify PORT\n'],
  [
    'virtual time',
    ['--notify', '0', '--time', 'virtual'],
    'error: --notify goes without --time virtual: whoever sends obeys no virtual clock\n',
  ],
  [
    'an address of somebody else',
    ['--notify', '192.0.2.1:5060'],
    'error: --notify: cannot listen on 192.0.2.1:5060: the address is none of this machine ' +
      '(bind EADDRNOTAVAIL 192.0.2.1:5060)\n',
  ],
];

test.for(usage)('wrong usage: %s', async ([, args, said]) => {
  const { code, stderr } = await answer(['boot', ...args]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: said });
});
