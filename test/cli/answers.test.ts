import { expect, test } from 'vitest';
import { OpensslBench } from '../device/openssl.ts';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { serveTree } from './servers.ts';
import { runTold } from './told-run.ts';

const openssl = new OpensslBench();
openssl.root('device');
openssl.run('pkcs12 -export -inkey device.key -in device.pem -out device.p12 -passout', 'pass:top secret');

const section = (name: string, file: string) =>
  `[${name}]\nPROTOCOL HTTP\nVERSION 000001\nFILENAME ${file}\n`;
const tree = {
  '1230SIP.cfg': `${section('SEC_POLICY', 'p.txt')}${section('DEV_CERT', 'device.p12')}`,
  'p.txt': 'KEY_SIZE 1024\n',
  'device.p12': openssl.read('device.p12'),
};
const policy = ['--answer', 'accept-fingerprint=yes'];
const password = ['--answer', 'pkcs12-password=top secret'];

test('--answer answers what the phone asks, and no line has the password in it', async () => {
  const { http } = await serveTree(tree);
  const { code, started, stdout, stderr, outcome } = await runTold(['boot', http, ...policy, ...password]);
  expect({ code, stderr, sections: outcome.sections.map(({ result }) => result) }).toEqual({
    code: 0,
    stderr: '',
    sections: ['stored', 'stored'],
  });
  expect(started['options']).toMatchObject({ answer: ['accept-fingerprint', 'pkcs12-password'] });
  expect(stdout).not.toContain('secret');
});

test('a question without an answer is refused after its minute, which jump time leaps over', async () => {
  const { http } = await serveTree(tree);
  const { code, facts, outcome } = await runTold(['boot', http, '--time', 'jump', ...password]);
  const answered = facts.flatMap((fact) => (fact.type === 'question.answered' ? [fact] : []));
  expect(code).toBe(3);
  expect(answered.map(({ question, answer: given, by }) => `${question} ${given} ${by}`)).toEqual([
    'accept-fingerprint no expiry',
    'pkcs12-password typed user',
  ]);
  expect(outcome.sections.map(({ result, error }) => [result, error])).toEqual([
    ['kept', 'NOT_CONFIRMED'],
    ['stored', undefined],
  ]);
});

test('in real time whoever watches is told that a question waits, and how to answer it', async () => {
  const { http } = await serveTree(tree);
  const phone = start(['boot', http]);
  await phone.says(/accept p\.txt, fingerprint\s+[0-9A-F:]{59}\? Yes or No,\s+within 1m/);
  phone.signal('SIGINT');
  const { stderr } = await phone.ended;
  expect(stderr).toBe(
    'question accept-fingerprint: waits for 1m; --answer accept-fingerprint=... answers it, or --keys\n',
  );
});

test('--print-config keeps answers back', async () => {
  const { stdout } = await answer(['boot', ...password, '--print-config']);
  expect(JSON.parse(stdout)).toMatchObject({ answer: '***' });
});

test('--authenticity reject refuses the firmware of the demo', async () => {
  const { code, outcome } = await runTold(['boot', '--time', 'virtual', '--authenticity', 'reject']);
  expect(code).toBe(3);
  expect(outcome.sections.find(({ section: name }) => name === 'FW')).toMatchObject({
    result: 'kept',
    error: 'AUTHENTICATION_FAILED',
  });
  expect(outcome.phone.software).toBe('SIP12x004.01.13.00');
});
