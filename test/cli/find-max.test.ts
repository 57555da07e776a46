import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StopReason } from '../../src/cli/io.ts';
import { fleetResultSchema } from '../../src/report/fleet/result.schema.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { answer } from './answer.ts';

const PROVISIONING = '[DEVICE_CONFIG]\nDOWNLOAD_MODE AUTO\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n';
const FLEET = `version: 1
title: A search
seed: monday
timings: none
time: { mode: virtual }
server:
  files:
    1230SIP.cfg: "[USER_CONFIG]\\nDOWNLOAD_MODE AUTO\\nVERSION 000001\\n"
    SIP<MAC>.cfg: "DST_ENABLED NO\\n"
fleet: { count: 3, thresholds: [ phones.begun <= 10 ] }
`;

/** What a search finds, without what differs from run to run; and its reports by kind. */
async function search(words: readonly string[], stop = new AbortController().signal) {
  const file = writeFiles({ 'fleet.yaml': FLEET });
  const kinds = ['json', 'html', 'csv', 'junit', 'markdown'];
  const place = (kind: string) => join(dirname(file), `report.${kind}`);
  const reports = kinds.flatMap((kind) => ['--report', `${kind}=${place(kind)}`]);
  const answered = await answer(
    ['fleet', ...(words[0]?.startsWith('http') ? [] : [file]), '--find-max', ...words, ...reports],
    {},
    { stop },
  );
  return { ...answered, report: (kind: string) => readFileSync(place(kind), 'utf8') };
}

/** A search over sockets; once more where this machine was too busy with other tests for an honest probe. */
async function honestSearch(words: readonly string[]) {
  let searched = await search(words);
  for (let tries = 1; tries < 5; tries++) {
    if (foundIn(searched.report('json')).found?.ended !== 'generator') break;
    searched = await search(words);
  }
  return searched;
}

function foundIn(json: string) {
  const { search: found, phones, verdict } = fleetResultSchema.parse(JSON.parse(json));
  return { found, phones: phones.count, verdict };
}

test('virtual time: a search is repeatable, and every report has its probes', async () => {
  const { code, stdout, stderr, report } = await search([]);
  expect(code).toBe(0);
  const sentence = 'the largest load is 10 phones; 11 phones did not hold';
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(`A search: passed, ${sentence}`);
  expect(stdout).toMatch(/^ +3 {2}12 phones +12 {2}does not hold /m);
  expect(stderr).toContain('probe 3, 12 phones: does not hold: boot p95 ');
  const { found, phones, verdict } = foundIn(report('json'));
  expect([phones, verdict]).toEqual([10, 'passed']);
  expect(found).toMatchObject({ varied: 'phones', precision: 0.05, ended: 'found', max: 10, missedAt: 11 });
  expect(found?.probes.map(({ load, seed, verdict: one }) => [load, seed, one])).toEqual([
    [3, 'monday/probe-1', 'passed'],
    [6, 'monday/probe-2', 'passed'],
    [12, 'monday/probe-3', 'failed'],
    [9, 'monday/probe-4', 'passed'],
    [10, 'monday/probe-5', 'passed'],
    [11, 'monday/probe-6', 'failed'],
  ]);
  expect(report('csv').split('\r\n').slice(1, 5)).toEqual([
    'search.max,10,phones',
    'search.missedAt,11,phones',
    'search.1.load,3,phones',
    'search.1.holds,1,',
  ]);
  expect(report('junit')).toContain(`<testcase name="the largest load that holds"`);
  expect(report('markdown')).toContain('| 3 | 12 phones | 12 | does not hold |');
  expect(report('html')).toContain(`<p>${sentence}</p>`);
  expect(report('html')).toContain('<h3>Boots over load</h3>');
  const again = await search(['-q']);
  expect(foundIn(again.report('json')).found).toEqual(found);
});

test('a first probe that does not hold ends it', async () => {
  const { code, stdout, report } = await search(['-n', '12', '-q']);
  expect(code).toBe(3);
  expect(
    stdout
      .split('\n')
      .slice(0, -2)
      .every((line) => line.startsWith('- ')),
  ).toBe(true);
  expect(stdout).toContain('12 phones, the first probe, did not hold; expected a smaller --find-max-from');
  expect(foundIn(report('json')).found).toMatchObject({ ended: 'first-missed', max: null, missedAt: 12 });
});

test('a server without any file holds no load, however fast its answers are', async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const words = ['-n', '3', '--timings', 'none', '--threshold', 'boot.latency.p95 < 90s'];
  const { code, stdout, report } = await honestSearch([url, ...words]);
  expect(code).toBe(3);
  expect(foundIn(report('json')).found).toMatchObject({ ended: 'first-missed', missedAt: 3 });
  expect(stdout).toMatch(/^does not hold {2}boot\.latency\.p95 < 90s {2}nothing measured$/m);
  expect(stdout).toMatch(/^does not hold {2}boot\.failed == 0 +3$/m);
  expect(stdout).toMatch(/^ +0 {2}http {2}failed after /m);
});

const AT_ONCE_MAX = 6;

/** Answers so many at once, late, and all others with 404, which no phone repeats. Tells how many asked. */
async function narrowServer(heard: (requests: number) => void = () => {}): Promise<string> {
  let open = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    heard(++requests);
    open++;
    response.once('close', () => open--);
    const isBorne = open <= AT_ONCE_MAX;
    const body = request.url?.endsWith('d.cfg') ? 'AUTO_UPDATE NO\n' : PROVISIONING;
    setTimeout(() => response.writeHead(isBorne ? 200 : 404).end(isBorne ? body : ''), 100);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

const ON_SOCKETS = [
  '--timings',
  'none',
  '--threshold',
  'errors.count == 0',
  '--find-max-pause',
  '10ms',
  '-q',
];

test('sockets: a server that bears six at once', async () => {
  const { report } = await honestSearch([await narrowServer(), '-n', '3', ...ON_SOCKETS]);
  const { found } = foundIn(report('json'));
  expect(found?.ended).toBe('found');
  // Six never are too many. Twelve may come apart by a little, but not by a tenth of a second.
  expect(found?.max).toBeGreaterThanOrEqual(AT_ONCE_MAX);
  expect(found?.missedAt).toBeLessThanOrEqual(2 * AT_ONCE_MAX);
});

test('Ctrl-C: what is known by then', async () => {
  const stopping = new AbortController();
  const second = (requests: number) => {
    if (requests === 8) stopping.abort('SIGINT' satisfies StopReason);
  };
  const words = [await narrowServer(second), '-n', '2', ...ON_SOCKETS];
  const { code, report } = await search(words, stopping.signal);
  expect(code).toBe(130);
  const { found, verdict } = foundIn(report('json'));
  expect(verdict).toBe('invalid');
  expect(found).toMatchObject({ ended: 'interrupted', max: 2, missedAt: null });
});

test('Ctrl-C in the first probe: nothing is known', async () => {
  const stopping = new AbortController();
  const server = await narrowServer(() => stopping.abort('SIGINT' satisfies StopReason));
  const { code, stderr } = await search([server, ...ON_SOCKETS], stopping.signal);
  expect(code).toBe(130);
  expect(stderr).toBe('The search was interrupted before its first probe ended: nothing is known.\n');
});

const misuses: [words: readonly string[], says: string][] = [
  [['--shard', '0/2'], '--shard goes without --find-max: each probe follows from those before it'],
  [['--baseline', 'x.json'], '--baseline goes without --find-max: probes are of several loads'],
  [['--trace', '1'], '--trace goes without --find-max: '],
  [['--start-in', '5s'], '--start-in goes without --find-max: a search begins at once'],
  [['--manifest', 'slurm', '--shards', '2'], '--find-max goes without --manifest: each probe follows'],
  [['--find-max-from', '2.5'], '--find-max-from 2.5: there is no part of a phone; expected a whole number'],
  [['--find-max-from', 'none'], 'Expected a number of phones such as 20, or of phones a second such as 5/s.'],
  [['--find-max-precision', '60%'], 'Expected a share from 1% to 50%.'],
  [
    ['--source-ips', '127.1.0.0/29', '--find-max-from', '7'],
    '--find-max-from 7: more than the fleet has phones for; expected at most 6 phones',
  ],
];
test.for(misuses)('--find-max with %j is refused', async ([words, says]) => {
  const { code, stderr } = await search(words);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test('what tells a search how to search is refused without one', async () => {
  const { code, stderr } = await answer(['fleet', '--find-max-pause', '1s']);
  expect([code, stderr]).toEqual([2, 'error: --find-max-pause goes with --find-max only\n']);
});
