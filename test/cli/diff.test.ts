import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { renderFleetReport } from '../../src/report/fleet/render-fleet.ts';
import { renderReport } from '../../src/report/render-result.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { aResult, aScenario, unmetExpectation } from '../report/a-result.ts';
import { aFleetResult } from '../report/fleet/a-fleet-result.ts';
import { smallFleet, tallyOf } from '../report/fleet/small-fleet.ts';
import { answer } from './answer.ts';
import { answerHttp } from './servers.ts';

const files = {
  '1230SIP.cfg': '[DEVICE_CONFIG]\nDOWNLOAD_MODE AUTO\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
  'd.cfg': 'BANNER ACME\nADMIN_PASSWORD a-secret-word\n',
};

/** Folders and files by name, in a new folder. */
function folderWith(entries: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskphone-diff-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, body] of Object.entries(entries)) writeFileSync(join(folder, name), body);
  return folder;
}

const one = ['--model', '1230', '--seed', '7'];

async function serverWith(tree: Readonly<Record<string, string>>) {
  const servers = await startServers(tree, { http: 0 });
  return `http://user:a-secret-word@127.0.0.1:${servers.ports.http}`;
}

/** A server of its own certificate, which is in the file. */
async function httpsServerWith(tree: Readonly<Record<string, string>>) {
  const { ports, certificate = '' } = await startServers(tree, { https: 0 });
  return { url: `https://127.0.0.1:${ports.https}`, certificate };
}

async function startServers(tree: Readonly<Record<string, string>>, ports: { http: 0 } | { https: 0 }) {
  const servers = await startEmbeddedServers({
    ...{ clock: new SystemClock(), store: memoryStore(tree), listen: '127.0.0.1', ports },
  });
  onTestFinished(() => servers.close());
  return servers;
}

test('two equal trees are the same for all three models: 0, and the same words each time', async () => {
  const [a, b] = [folderWith(files), folderWith(files)];
  const first = await answer(['diff', a, b, '--seed', '7']);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout.match(/^1.*$/gm)).toEqual([
    '1210 001B4F121001: the same',
    '1220 001B4F122001: the same',
    '1230 001B4F123001: the same',
  ]);
  expect(await answer(['diff', a, b, '--seed', '7'])).toEqual(first);
});

test('a tree whose settings are others differs: 3, passwords masked, in every form', async () => {
  const [a, out] = [folderWith(files), folderWith({})];
  const b = folderWith({ ...files, 'd.cfg': 'BANNER OTHER\nADMIN_PASSWORD a-secret-word-too\n' });
  const reports = [
    '--report',
    `json=${join(out, 'r/d.json')}`,
    '--report',
    `markdown=${join(out, 'r/d.md')}`,
  ];
  const text = await answer(['diff', a, b, ...one, ...reports]);
  const json = await answer(['diff', a, b, ...one, '--json']);
  expect([text.code, json.code]).toEqual([3, 3]);
  expect(text.stdout).toContain('! setting BANNER\n    - ACME\n    + OTHER\n');
  expect(text.stdout.trimEnd().split('\n').at(-1)).toBe('differs: 1 of 1');
  const written = readFileSync(join(out, 'r/d.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(json.stdout));
  const markdown = readFileSync(join(out, 'r/d.md'), 'utf8');
  expect(markdown).toMatch(/^# deskphone diff: differs: 1 of 1\n\n {4}- A /);
  expect(text.stdout + json.stdout + written + markdown).not.toContain('a-secret-word');
  expect((await answer(['diff', a, b, ...one, '--quiet'])).stdout).toBe('differs: 1 of 1\n');
});

test('a server and the folder it serves are the same; two servers too, whatever their ports', async () => {
  const [a, b] = [await serverWith(files), await serverWith(files)];
  const mixed = await answer(['diff', folderWith(files), a, ...one]);
  expect(mixed).toMatchObject({ code: 0, stderr: '' });
  expect(mixed.stdout).toMatch(/ok 41 B +ok 41 B +d\.cfg/);
  const both = await answer(['diff', a, b, ...one]);
  expect(both).toMatchObject({ code: 0, stderr: '' });
  expect(mixed.stdout + both.stdout).not.toContain('a-secret-word');
});

test('two servers with certificates of their own are trusted by one file of both, and else say so', async () => {
  const byHttps = { '1230SIP.cfg': files['1230SIP.cfg'].replace('HTTP', 'HTTPS'), 'd.cfg': files['d.cfg'] };
  const [a, b] = [await httpsServerWith(byHttps), await httpsServerWith(byHttps)];
  const both = join(folderWith({ 'both.pem': a.certificate + b.certificate }), 'both.pem');
  const trusted = await answer(['diff', a.url, b.url, ...one, '--ca', both]);
  expect(trusted).toMatchObject({ code: 0, stderr: '' });
  expect(trusted.stdout).toMatch(/ok 41 B \S+ +ok 41 B \S+ +d\.cfg/);
  expect((await answer(['diff', a.url, b.url, ...one, '-q'])).stderr).toBe(
    'warning: 1230 001B4F123001 had no answer from either side (TLS); --ca FILE says whom to trust\n',
  );
});

test('a phone that was compared before it was stopped is told', async () => {
  const stop = new AbortController();
  const url = await answerHttp((path) => {
    if (path === '/1220SIP.cfg') stop.abort('SIGINT');
    return path === '/1230SIP.cfg' ? [200, files['1230SIP.cfg']] : [404, ''];
  });
  const words = ['diff', url, url, '--seed', '7', '-q', '--model', '1230,1220'];
  expect(await answer(words, {}, { stop: stop.signal })).toEqual({
    code: 130,
    stdout: 'the same: 1 compared\n',
    stderr: 'stopped: 1 of 2 phones were compared to their end\n',
  });
});

test('--flash is where both sides begin, and neither writes it', async () => {
  const kept = folderWith({
    'flash.json': '{"mac":"001B4F123077","versions":{"DEVICE_CONFIG":"000001"},"files":{}}',
  });
  const before = readFileSync(join(kept, 'flash.json'), 'utf8');
  const [a, b] = [folderWith(files), folderWith({ '1230SIP.cfg': files['1230SIP.cfg'] })];
  const { code, stdout } = await answer(['diff', a, b, '--flash', kept]);
  expect(code).toBe(0);
  expect(stdout).toContain('1230 001B4F123077: the same');
  expect(readdirSync(kept).filter((name) => name.endsWith('.json'))).toEqual(['flash.json']);
  expect(readFileSync(join(kept, 'flash.json'), 'utf8')).toBe(before);
});

test('--mac takes several phones of one model', async () => {
  const tree = folderWith(files);
  const macs = '00:1B:4F:00:00:01,001B4F000002';
  const { stdout } = await answer(['diff', tree, tree, '--mac', macs, '--model', '1220', '--seed', '7']);
  expect(stdout.match(/^1220 .*$/gm)).toEqual(['1220 001B4F000001: the same', '1220 001B4F000002: the same']);
});

test('two results: what did not pass only in B, and other seeds are warned about', async () => {
  const folder = folderWith({
    'a.json': renderReport('json', aResult()),
    'b.json': renderReport('json', aResult([aScenario({ seed: '2', expectations: [unmetExpectation()] })])),
  });
  const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')];
  expect(await answer(['diff', a, a])).toMatchObject({ code: 0, stderr: '' });
  const { code, stdout, stderr } = await answer(['diff', a, b]);
  expect(code).toBe(3);
  expect(stdout).toContain('! scenario\n    - passed\n    + failed\n');
  expect(stderr).toBe('warning: 1 of the scenarios ran with another seed in B, and may differ by it alone\n');
});

test('what does not go together is said with what was found and expected', async () => {
  const folder = folderWith({ 'a.json': renderReport('json', aResult()), 'no.json': '{}' });
  mkdirSync(join(folder, 'tree'));
  const [result, tree] = [join(folder, 'a.json'), join(folder, 'tree')];
  const said = async (...words: string[]) => {
    const { code, stdout, stderr } = await answer(['diff', ...words]);
    expect([code, stdout]).toEqual([2, '']);
    return stderr.replaceAll(folder, '.');
  };
  expect(await said(tree)).toBe('error: found 1 of A and B; expected two: URLs, folders or results\n');
  expect(await said(tree, result)).toBe(
    'error: A (./tree) is a tree, B (./a.json) a result; expected two results, or neither\n',
  );
  expect(await said(tree, join(folder, 'none'))).toBe(
    'error: B is "./none": no file or folder of that name; expected a URL such as http://127.0.0.1:8080, a folder, or a result\n',
  );
  expect(await said(join(folder, 'no.json'), result)).toMatch(
    /no\.json: type: found none; expected "result"/,
  );
  expect(await said(tree, tree, '--mac', '001B4F000001', '--model', '1210,1220')).toBe(
    'error: --mac with --model 1210,1220: expected one model for it\n',
  );
  expect(await said(tree, tree, '--flash', tree)).toBe(
    'error: --flash ./tree: found no flash.json; expected that of a phone, as boot keeps it\n',
  );
  expect(await said(tree, tree, '--model', '1240')).toContain(
    '"1240" is no model; expected 1210, 1220, 1230.',
  );
  expect(await said(tree, tree, '--report', 'html=x')).toContain(
    'Expected KIND=FILE, KIND one of json, markdown.',
  );
});

test('results of fleets are compared figure by figure: what differs is told, 3', async () => {
  const plain = aFleetResult(tallyOf(await smallFleet({ count: 3 })).figures());
  const slow = await smallFleet({ count: 3, faults: [{ fault: 'latency', match: '1230SIP.cfg', ms: 50 }] });
  const folder = folderWith({
    'a.json': renderFleetReport('json', plain),
    'b.json': renderFleetReport('json', aFleetResult(tallyOf(slow).figures())),
    'run.json': renderReport('json', aResult([aScenario()])),
  });
  const [a, b, run] = ['a.json', 'b.json', 'run.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  expect(await answer(['diff', a, a, '-q'])).toEqual({
    code: 0,
    stdout: 'the same: 4 compared\n',
    stderr: '',
  });
  const { code, stdout } = await answer(['diff', a, b]);
  expect(code).toBe(3);
  const differing = ['tftp', 'ftp', 'http'].flatMap((protocol, index) => {
    const ms = [1, 8, 2][index] ?? 0;
    const figure = `${protocol}.provisioning-file.service`;
    const rows = ['p50', 'p95', 'p99', 'max'].map(
      (word) => `${figure}.${word}  ${ms}ms  ${ms + 50}ms  +${5000 / ms}%`,
    );
    const head = `${' '.repeat(figure.length + '.p50'.length)}    A     B  change`;
    return [`${protocol}: differs`, head, ...rows, ''];
  });
  expect(stdout.split('\n').slice(4)).toEqual([...differing, 'differs: 3 of 4', '']);
  expect((await answer(['diff', a, run])).stderr).toBe(
    `error: A (${a}) is a fleet result, B (${run}) a result; expected two results of one kind\n`,
  );
});
