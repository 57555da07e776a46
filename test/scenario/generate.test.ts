import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coverageOf, coverageSentence } from '../../src/report/coverage.ts';
import { type Generation, generateScenarios } from '../../src/scenario/generate/generate-scenarios.ts';
import {
  filesInTheWay,
  type ScenarioFile,
  writeScenarios,
} from '../../src/scenario/generate/scenario-files.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { CoverageCount, namesIn, type Taken } from '../../src/statechart/coverage.ts';
import { answer } from '../cli/answer.ts';
import { temporaryDirectory } from '../flash/temporary-directory.ts';

// Scenarios for the whole phone are made once; each test looks at them from another side.

const forEver = new AbortController().signal;
const options = { signal: forEver, breathe: async () => {} };
const place = mkdtempSync(join(tmpdir(), 'deskphone-generated-'));
const folder = join(place, 'generated');
let made: Generation;
let files: readonly ScenarioFile[];
const promised = new CoverageCount();

beforeAll(async () => {
  const generation = await generateScenarios(promised, options);
  if (generation === undefined) throw new Error('nobody interrupted it');
  made = generation;
  const written = writeScenarios(made.scenarios, folder);
  if ('message' in written) throw new Error(written.message);
  files = written.files;
}, 60_000);

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Runs the only case of a file as it stands. */
async function runFile(path: string) {
  const reading = readScenario(path);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const count = new CoverageCount();
  const [scenario] = reading.cases;
  const ran = scenario && (await runScenario(scenario, { signal: forEver, onTransition: count.take }));
  return { result: ran?.result, count };
}

test('each file passes as it stands, takes its transition, and all take what was promised', async () => {
  const total = new CoverageCount();
  const broken: string[] = [];
  for (const { path, transition } of files) {
    const { result, count } = await runFile(path);
    if (result?.verdict !== 'passed' || !count.has(transition)) broken.push(basename(path));
    total.add(count.taken());
  }
  expect(broken).toEqual([]);
  expect(total.coverage()).toEqual(promised.coverage());
}, 60_000);

test('every state is entered; of the transitions these are out of reach, each with its reason', () => {
  expect(promised.coverage().flatMap(({ states }) => states.missed)).toEqual([]);
  const missed = promised.coverage().flatMap(({ transitions }) => transitions.missed);
  expect(made.unreached.map(({ transition }) => transition)).toEqual(missed);
  expect(made.unreached.filter(({ because }) => !because.startsWith('the DHCP servers'))).toEqual([]);
  expect(missed).toEqual([
    'phone.powered: address.lost -> stays',
    'dhcp.asking: done [lastAddressKept] -> dhcp.settled',
    'dhcp.waiting: after untilAct [expired] -> dhcp.asking',
    'dhcp.renewing: done [refused] -> dhcp.asking',
    'dhcp.renewing: done -> dhcp.waiting',
  ]);
});

test('a file names the schema, its transition, its steps, and what the phone told as it took it', () => {
  const [one] = files.filter(({ transition }) => transition.endsWith('call.incoming [in banner] -> stays'));
  const text = readFileSync(one?.path ?? '', 'utf8');
  expect(basename(one?.path ?? '')).toBe('line-free-call-incoming-in-banner-stays.yaml');
  expect(text).toMatch(
    /^# yaml-language-server: \$schema=\S+\/scenarios\/scenario\.schema\.json\nversion: 1\n/,
  );
  expect(text.slice(text.indexOf('steps:'))).toMatchInlineSnapshot(`
    "steps:
      - resume
      - logout
      - wait:
          fact: login.shown
      - login: 1001@office.example
      - wait:
          fact: banner.shown
      - call.in
      - wait: rest
    expect:
      - facts:
          - fact: call.refused
            direction: incoming
            why: banner
      - state: banner
    "
  `);
});

test('only what is missing is written', async () => {
  const all: Taken[] = (['phone', 'check', 'dhcp'] as const).map(namesIn);
  const none = new CoverageCount();
  for (const names of all) none.add(names);
  expect(await generateScenarios(none, options)).toEqual({ scenarios: [], unreached: [] });
  const missing = 'phone.powered.line.inCall: call.end -> phone.powered.line.free';
  const one = new CoverageCount();
  for (const { states, transitions } of all)
    one.add({ states, transitions: transitions.filter((name) => name !== missing) });
  const { scenarios = [], unreached } = (await generateScenarios(one, options)) ?? {};
  expect(scenarios.map(({ transition }) => transition)).toEqual([missing]);
  expect(unreached).toEqual([]);
});

test('who interrupts it gets nothing', async () => {
  const interrupted = { ...options, signal: AbortSignal.abort() };
  expect(await generateScenarios(new CoverageCount(), interrupted)).toBeUndefined();
});

test('no file is overwritten', () => {
  expect(filesInTheWay(made.scenarios, folder)).toHaveLength(files.length);
  expect(writeScenarios(made.scenarios, folder)).toEqual({
    message: `${folder}: there is one already (EEXIST)`,
  });
});

test('deskphone scenarios generate: 0 and a word where nothing is missing, 2 where a file is in the way', async () => {
  const out = temporaryDirectory();
  const sentence = coverageSentence(coverageOf(promised.coverage(), {}));
  const command = ['scenarios', 'generate', folder, '--workers', '1', '--out'];
  const { code, stdout } = await answer([...command, join(out, 'none'), '-q']);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `nothing to write, 5 out of reach
statechart coverage before: ${sentence}
statechart coverage with them: ${sentence}
`,
  });
  const away = 'line-in-call-call-end-line-free.yaml';
  mkdirSync(join(out, 'some'));
  renameSync(join(folder, away), join(out, 'some', away));
  const second = await answer([...command, join(out, 'some')]);
  rmSync(join(out, 'some', away));
  expect(second).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${join(out, 'some', away)} is there already; nothing is overwritten: give another --out\n`,
  });
}, 60_000);
