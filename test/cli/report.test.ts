import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { renderFleetReport } from '../../src/report/fleet/render-fleet.ts';
import { renderReport } from '../../src/report/render-result.ts';
import { aResult, aScenario, unmetExpectation } from '../report/a-result.ts';
import { aFleetResult } from '../report/fleet/a-fleet-result.ts';
import { smallFleet, tallyOf } from '../report/fleet/small-fleet.ts';
import { answer } from './answer.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskphone-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const result = aResult([aScenario(), aScenario({ id: 'b.yaml', expectations: [unmetExpectation()] })]);

function resultFile(folder: string): string {
  const file = join(folder, 'result.json');
  writeFileSync(file, renderReport('json', result));
  return file;
}

test('a result file becomes every report, in folders made for them; what failed then is no failure now', async () => {
  const folder = aFolder();
  const of = (name: string) => join(folder, 'reports', name);
  const options = ['--html', of('r.html'), '--junit', of('r.xml'), '--markdown', of('r.md')];
  const answered = await answer(['report', resultFile(folder), ...options]);
  expect(answered).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(of('r.html'), 'utf8')).toBe(renderReport('html', result));
  expect(readFileSync(of('r.xml'), 'utf8')).toBe(renderReport('junit', result));
  expect(readFileSync(of('r.md'), 'utf8')).toBe(renderReport('markdown', result));
});

test('without an option it is printed as Markdown; with --json as one line', async () => {
  const file = resultFile(aFolder());
  expect((await answer(['report', file])).stdout).toBe(renderReport('markdown', result));
  expect((await answer(['report', file, '--json'])).stdout).toBe(`${JSON.stringify(result)}\n`);
});

test('what is no result, or of another version, is refused with what was expected', async () => {
  const folder = aFolder();
  const file = join(folder, 'other.json');
  writeFileSync(file, '{"type":"result","version":9}');
  expect(await answer(['report', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${file}: version: found 9; this deskphone reads 1\n`,
  });
  const missing = join(folder, 'missing.json');
  expect((await answer(['report', missing])).stderr).toMatch(
    /^error: .*missing\.json: no such file or folder \(ENOENT\)\n$/,
  );
});

test('a report that cannot be written is named with its option', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'taken'));
  const html = join(folder, 'taken');
  const { code, stderr } = await answer(['report', resultFile(folder), '--html', html]);
  expect(code).toBe(2);
  expect(stderr.split(':').slice(0, 3)).toEqual(['error', ` --html ${html}`, ' EISDIR']);
});

test('run writes all kinds at once, and report makes the same of its result', async () => {
  const folder = aFolder();
  writeFileSync(
    join(folder, 'boots.yaml'),
    [
      'version: 1',
      'title: A phone takes its banner',
      'server:',
      '  files:',
      '    1230SIP.cfg: "[DEVICE_CONFIG]\\nDOWNLOAD_MODE AUTO\\nVERSION 000001\\nFILENAME d.cfg\\nPROTOCOL HTTP\\n"',
      '    d.cfg: "BANNER ACME\\nADMIN_PASSWORD a-secret-word\\n"',
      'expect:',
      '  - settings: { BANNER: ACME, ADMIN_PASSWORD: not-the-one }',
    ].join('\n'),
  );
  const kinds = ['json', 'junit', 'html', 'markdown'] as const;
  const reports = kinds.flatMap((kind) => ['--report', `${kind}=${join(folder, `first.${kind}`)}`]);
  expect((await answer(['run', join(folder, 'boots.yaml'), '--quiet', ...reports])).code).toBe(3);
  const again = kinds.slice(1).flatMap((kind) => [`--${kind}`, join(folder, `again.${kind}`)]);
  expect((await answer(['report', join(folder, 'first.json'), ...again])).code).toBe(0);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  for (const kind of kinds.slice(1)) expect(read(`again.${kind}`)).toBe(read(`first.${kind}`));
  for (const name of readdirSync(folder).filter((file) => !file.endsWith('.yaml'))) {
    expect(read(name)).toContain('A phone takes its banner');
    expect(read(name)).not.toMatch(/a-secret-word|not-the-one/);
  }
});

test('a report of no known kind is a mistake of usage', async () => {
  const { code, stderr } = await answer(['run', '.', '--report', 'pdf=a.pdf']);
  expect(code).toBe(2);
  expect(stderr).toContain('Expected KIND=FILE, KIND one of json, junit, html, markdown.');
});

const fleet = aFleetResult(tallyOf(await smallFleet({ count: 3 })).figures(), {}, ['boot.failed == 3']);

function fleetFile(folder: string): string {
  const file = join(folder, 'fleet.json');
  writeFileSync(file, renderFleetReport('json', fleet));
  return file;
}

test('the result of a fleet becomes every report too, and a table of its figures', async () => {
  const folder = aFolder();
  const of = (name: string) => join(folder, name);
  const options = [
    '--html',
    of('r.html'),
    '--csv',
    of('r.csv'),
    '--junit',
    of('r.xml'),
    '--markdown',
    of('r.md'),
  ];
  const answered = await answer(['report', fleetFile(folder), ...options]);
  expect(answered).toEqual({ code: 0, stdout: '', stderr: '' });
  for (const [kind, name] of [
    ['html', 'r.html'],
    ['csv', 'r.csv'],
    ['junit', 'r.xml'],
    ['markdown', 'r.md'],
  ] as const) {
    expect(readFileSync(of(name), 'utf8')).toBe(renderFleetReport(kind, fleet));
  }
  expect((await answer(['report', fleetFile(folder)])).stdout).toBe(renderFleetReport('markdown', fleet));
});

test('a table of figures of scenarios is refused', async () => {
  const folder = aFolder();
  const file = resultFile(folder);
  expect(await answer(['report', file, '--csv', join(folder, 'r.csv')])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --csv: ${file} is of scenarios; expected the result of a fleet\n`,
  });
});
