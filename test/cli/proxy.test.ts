import { expect, test } from 'vitest';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { serveTree } from './servers.ts';
import { runTold } from './told-run.ts';

test('proxy says where it stands, and a line for each connection', async () => {
  const { http } = await serveTree({
    'phones/1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME Device.cfg\nPROTOCOL HTTP\n',
    'phones/Device.cfg': 'BANNER Reception\n',
  });
  const proxy = start(['proxy', `${http}/phones`, '--latency', '20ms', '--seed', '7']);
  const [, url = ''] = await proxy.says(/^(http:\S+) -> /);
  await proxy.says(/with latency of 20ms; --seed 7 repeats it\n/);
  const boot = await runTold(['boot', url]);
  expect(boot.outcome).toMatchObject({ ok: true, settings: { BANNER: 'Reception' } });
  await proxy.says(/^http .* passed .* there, .* back in .* \(latency\)$/m);
  proxy.signal('SIGTERM');
  expect(await proxy.ended).toMatchObject({ code: 143, stderr: '' });
});

const mistakes: [title: string, words: string[], said: string][] = [
  ['no server', [], "error: missing required argument 'URL'\n"],
  [
    'two servers of one protocol',
    ['http://127.0.0.1:1', 'http://127.0.0.2:1'],
    'error: two servers of HTTP; expected one URL for each protocol\n',
  ],
  [
    'a server that no name leads to',
    ['http://no-such-host.invalid'],
    'error: http://no-such-host.invalid: no address of no-such-host.invalid could be found (ENOTFOUND)\n',
  ],
  [
    'a port of a protocol that no URL has',
    ['http://127.0.0.1:1', '--ports', 'http=0,ftp=1'],
    'error: --ports ftp=1: no URL of FTP is given\n',
  ],
  [
    'a share that leaves nothing',
    ['http://127.0.0.1:1', '--drop', '100%'],
    "error: option '--drop <SHARE>' argument '100%' is invalid. Expected a share below 100% such as 1% or 0.5%.\n",
  ],
  [
    'a stall without a share',
    ['http://127.0.0.1:1', '--stall', '10s'],
    "error: option '--stall <DURATION@SHARE>' argument '10s' is invalid. Expected DURATION@SHARE such as 10s@5%.\n",
  ],
  [
    'a blackout without a moment',
    ['http://127.0.0.1:1', '--blackout', '30s'],
    "error: option '--blackout <DURATION@MOMENT>' argument '30s' is invalid. Expected DURATION@MOMENT such as 30s@2m.\n",
  ],
];
test.for(mistakes)('%s', async ([, words, said]) => {
  const { code, stderr } = await answer(['proxy', ...words]);
  expect({ code, stderr: stderr.split('\n', 1).join('\n') }).toEqual({ code: 2, stderr: said.trimEnd() });
});
