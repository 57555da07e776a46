import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

const unwritable: [title: string, name: string, says: string][] = [
  ['a folder', 'folder', 'is a folder; expected a file'],
  ['the name of a folder that is not there', 'none/', 'is the name of a folder; expected that of a file'],
  [
    'a file for a folder',
    'result.json/r.html',
    'what stands for a folder in it is a file (ENOTDIR); expected a file that can be written',
  ],
  [
    'too long a name in a folder that is not there',
    `none/${'n'.repeat(300)}`,
    'its name is too long (ENAMETOOLONG); expected a file that can be written',
  ],
  [
    'a file of the system',
    '/proc/none/r.html',
    'nothing can be made in /proc: no such file or folder (ENOENT); expected a folder that can be written',
  ],
];

test.for(unwritable)('%s cannot be a report, which is said before all else', async ([, name, says]) => {
  const folder = aFolder();
  mkdirSync(join(folder, 'folder'));
  const file = resultFile(folder);
  // Not `join`: it would take away the slash at the end.
  const html = name.startsWith('/') ? name : `${folder}/${name}`;
  const stderr = `error: --html ${html}: ${says}\n`;
  expect(await answer(['report', file, '--html', html])).toEqual({ code: 2, stdout: '', stderr });
  expect(readdirSync(folder).sort()).toEqual(['folder', 'result.json']);
});

const report = (file: string) => ['--report', `json=${file}`];
const fleetOfOne = ['fleet', '-n', '1', '--time', 'virtual'];
const commands: [name: string, words: readonly string[]][] = [
  ['run', ['run', 'scenarios', '--watch']],
  ['fleet', fleetOfOne],
  ['fleet --find-max', [...fleetOfOne, '--find-max']],
  ['merge', ['merge', 'nowhere.json']],
  ['diff', ['diff', 'nowhere', 'nowhere']],
];

test.for(commands)('%s refuses such a report before anything is read or run', async ([, words]) => {
  const folder = aFolder();
  expect(await answer([...words, ...report(folder)])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --report json=${folder}: is a folder; expected a file\n`,
  });
});

test('two reports cannot go into one file, by whatever name; a device takes any number', async () => {
  const folder = aFolder();
  const file = join(folder, 'r');
  symlinkSync(folder, join(folder, 'link'));
  const twice = ['--report', `html=${join(folder, 'link', 'r')}`, ...report(file)];
  expect(await answer([...fleetOfOne, ...twice])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --report json=${file}: --report html=${join(folder, 'link', 'r')} goes there too; expected a file for each\n`,
  });
  expect(readdirSync(folder)).toEqual(['link']);
  const intoNothing = ['--report', 'html=/dev/null', ...report('/dev/null')];
  expect((await answer([...fleetOfOne, '-q', ...intoNothing])).code).toBe(0);
});

const overwriting: [
  title: string,
  input: string,
  words: (input: string, over: string) => readonly string[],
][] = [
  ['report', 'r.json', (input, over) => ['report', input, '--html', over]],
  ['merge', 'r.json', (input, over) => ['merge', 'nowhere.json', input, '--report', `json=${over}`]],
  ['diff', 'r.json', (input, over) => ['diff', 'nowhere', input, '--report', `json=${over}`]],
  [
    'fleet --baseline',
    'r.json',
    (input, over) => [...fleetOfOne, '--baseline', input, '--report', `json=${over}`],
  ],
  ['fleet of a file', 'fleet.yaml', (input, over) => ['fleet', input, '--report', `html=${over}`]],
  [
    'fleet --find-max',
    'fleet.yaml',
    (input, over) => ['fleet', input, '--find-max', '--report', `html=${over}`],
  ],
  ['run of a folder', 'story.yaml', (input, over) => ['run', dirname(input), '--report', `html=${over}`]],
  [
    'record --force',
    'access.log',
    (input, over) => ['record', input, '--url', 'http://192.0.2.1', '--force', '--out', over],
  ],
];

const contents: Readonly<Record<string, string>> = {
  'fleet.yaml': 'version: 1\ntitle: One\ntime: { mode: virtual }\nfleet: { count: 1 }\n',
  'story.yaml': 'version: 1\ntitle: One\nsteps: [power.on]\nexpect: [dnd: false]\n',
};

test.for(overwriting)('%s never writes over what it reads, by whatever name', async ([, name, words]) => {
  const folder = aFolder();
  const input = join(folder, name);
  writeFileSync(input, contents[name] ?? '');
  symlinkSync(input, join(folder, 'link'));
  linkSync(input, join(folder, 'twin'));
  for (const over of [`${folder}/./${name}`, join(folder, 'link'), join(folder, 'twin')]) {
    const { code, stdout, stderr } = await answer(words(input, over));
    const says = `${over}: would overwrite ${input}, which is read; expected another file\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
  }
  expect(readFileSync(input, 'utf8')).toBe(contents[name] ?? '');
});

const lossy: [name: string, words: readonly string[]][] = [
  ['fleet', fleetOfOne],
  ['run', ['run', 'scenarios/boot/boot-loader-asks-for-the-sip-file-if-so-assumed.yaml']],
  ['diff', ['diff', 'fixtures/documented/manual-r4.4', 'fixtures/documented/manual-r4.4', '--model', '1230']],
];

test.for(lossy)(
  '%s that loses a report says so, shows and writes the rest, and is no good run',
  async ([, words]) => {
    const folder = aFolder();
    const other = join(folder, 'other');
    const whole = await answer([...words, '--seed', '1']);
    expect(whole.code).toBe(0);
    const reports = [...report('/dev/full'), '--report', `markdown=${other}`];
    const { code, stdout, stderr } = await answer([...words, '--seed', '1', ...reports]);
    expect(code).toBe(4);
    expect(stderr).toContain('error: --report json=/dev/full: is not written: its disk is full (ENOSPC)\n');
    expect(stdout.split('\n')).toHaveLength(whole.stdout.split('\n').length);
    expect(readFileSync(other, 'utf8')).toMatch(/^#/);
  },
);

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
    '--load',
    of('load.csv'),
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
    ['load', 'load.csv'],
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
