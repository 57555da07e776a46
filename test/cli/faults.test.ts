import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultRule } from '../../src/cli/fault-options.ts';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { temporaryFolder } from './held-phone.ts';
import { runTold } from './told-run.ts';

const inOneLine: [text: string, rule: object][] = [
  ['missing', { match: '**', fault: 'missing' }],
  ['missing *.cfg', { match: '*.cfg', fault: 'missing' }],
  ['missing match=*.cfg', { match: '*.cfg', fault: 'missing' }],
  ['  latency   ms=200  share=5% ', { match: '**', fault: 'latency', ms: 200, share: '5%' }],
  ['latency ms=1.5', { match: '**', fault: 'latency', ms: 1.5 }],
  ['latency ms=30s', { match: '**', fault: 'latency', ms: 30_000 }],
  ['bandwidth bytesPerSecond=20k', { match: '**', fault: 'bandwidth', bytesPerSecond: 20_480 }],
  ['stall *.bin afterBytes=1M', { match: '*.bin', fault: 'stall', afterBytes: 1_048_576 }],
  ['corrupt at=0,511 bytes=2', { match: '**', fault: 'corrupt', at: [0, 511], bytes: 2 }],
  ['corrupt at=7', { match: '**', fault: 'corrupt', at: [7] }],
  ['stale from=../old', { match: '**', fault: 'stale', from: '../old' }],
];
test.for(inOneLine)('--fault "%s"', ([text, rule]) => {
  expect(faultRule(text)).toEqual([rule]);
});

const documents = ['docs/faults.md', 'docs/command-line.md', 'README.md'].flatMap((name) => {
  const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(/--fault "([^"]+)"/g)].map(([, rule = '']): [string, string] => [name, rule]);
});
test.for(documents)('%s: --fault "%s" is a rule', ([, rule]) => {
  expect(faultRule(rule)).toHaveLength(1);
});

test('--fault given again is one more rule', () => {
  expect(faultRule('silence', faultRule('missing')).map(({ fault }) => fault)).toEqual([
    'missing',
    'silence',
  ]);
});

const mistakes: [title: string, rule: string, said: string][] = [
  ['a misspelt fault', 'truncat *.bin', '"truncat" is no fault; did you mean truncate?'],
  [
    'a misspelt setting',
    'stall afterByte=1',
    'afterBytes is missing; expected a whole number of bytes, 0 or more. afterByte is no setting; did you mean afterBytes?',
  ],
  ['a value that is none', 'status status=200', 'status is 200; expected an HTTP status from 300 to 599.'],
  ['a value without a name', 'status *.cfg 503', '"503": expected NAME=VALUE, such as afterBytes=1000.'],
  ['a place that is none', 'corrupt at=1,x', 'at[1] is "x"; expected a whole number of bytes, 0 or more.'],
];
test.for(mistakes)('--fault: %s', async ([, rule, said]) => {
  expect(await answer(['boot', '--fault', rule])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: option '--fault <RULE>' argument '${rule}' is invalid. ${said}\n`,
  });
});

test('--fault without a word lists the faults', async () => {
  expect((await answer(['boot', '--fault', ' '])).stderr).toContain(
    'fault is missing; expected missing, status,',
  );
});

test('what only the loopback can do is refused over sockets, and an older tree that is none everywhere', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'faults.yaml');
  writeFileSync(file, '- { match: "*.bin", fault: refuse }\n- { match: "**", fault: stale, from: old }\n');
  const refused =
    'match is "*.bin"; over a real network a port is closed for every file; expected match "**" and no more';
  const noFolder = `from is "${join(folder, 'old')}", which is no folder; expected one with an older tree`;
  const said = async (...words: string[]) =>
    (await answer(words)).stderr.replaceAll(file, 'FILE').split('\n');
  expect(await said('serve', folder, '--faults', file, '--fault', 'refuse *.bin')).toEqual([
    `error: FILE:2: rule 2 (stale): ${noFolder}`,
    `FILE:1: rule 1 (refuse): ${refused}`,
    `--fault: rule 1 (refuse): ${refused}`,
    '',
  ]);
  expect(await said('boot', '--time', 'virtual', '--faults', file)).toEqual([
    `error: FILE:2: rule 2 (stale): ${noFolder}`,
    '',
  ]);
});

test("faults are for the embedded server, not for someone else's", async () => {
  expect((await answer(['boot', 'http://127.0.0.1:1', '--fault', 'missing'])).stderr).toBe(
    'error: --fault goes without a URL: it is for the embedded server (deskphone serve DIR --fault serves a tree of yours)\n',
  );
});

test('a boot meets its faults in every mode of time, and says so at its head', async () => {
  for (const time of ['virtual', 'jump']) {
    const words = ['boot', '--time', time, '--fault', 'status 1230SIP.cfg status=503 times=2'];
    const { started, outcome, code } = await runTold([...words, '--timings', 'none']);
    expect({ code, server: started['server'] }).toEqual({
      code: 0,
      server: expect.stringMatching(/^embedded.*, with status of 1230SIP\.cfg$/),
    });
    expect(outcome.requests[0]).toMatchObject({ file: '1230SIP.cfg', result: 'ok', attempts: 3 });
  }
});

test('serve says which requests it spoils on purpose, and how to repeat it', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.cfg'), 'BANNER Reception\n');
  const words = ['serve', folder, '--http', '0', '--seed', '7', '--fault', 'corrupt a.cfg times=1'];
  const server = start(words);
  const [, url] = await server.says(/ {2}(http\S+)\nwith corrupt of a\.cfg; --seed 7 repeats it\n/);
  const bodies = [await (await fetch(`${url}a.cfg`)).text(), await (await fetch(`${url}a.cfg`)).text()];
  expect(bodies.map((body) => body === 'BANNER Reception\n')).toEqual([false, true]);
  const [, first, second] = await server.says(/\n(http.*a\.cfg.*)\n(http.*a\.cfg.*)\n/);
  expect([first?.endsWith('(corrupt)'), second?.endsWith(')')]).toEqual([true, false]);
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(143);
});
