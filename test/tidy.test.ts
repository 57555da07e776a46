import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import {
  commentsAreNarrow,
  everyTestRuns,
  filesAreSmall,
  namesSaySomething,
  noTextNamesASource,
  nothingIsADefault,
  onlyMainExits,
  testsMirrorSources,
} from './tidy/code-rules.ts';
import {
  arrowsPointDown,
  everyFileIsReached,
  nothingIsABarrel,
  packagesAreAtHome,
  packagesAreDependencies,
} from './tidy/import-rules.ts';
import { rooms } from './tidy/law.ts';
import { type Rule, readTree, type SourceTree, treeOf } from './tidy/source-tree.ts';
import { nothingIsLeftOver, nothingNamesThisMachine, theLockNamesNoPlace } from './tidy/text-rules.ts';
import { timeAndChanceAreGiven } from './tidy/time-rules.ts';

const rules = {
  arrowsPointDown,
  packagesAreAtHome,
  packagesAreDependencies,
  nothingIsABarrel,
  everyFileIsReached,
  timeAndChanceAreGiven,
  noTextNamesASource,
  onlyMainExits,
  nothingIsADefault,
  everyTestRuns,
  filesAreSmall,
  commentsAreNarrow,
  namesSaySomething,
  testsMirrorSources,
  nothingIsLeftOver,
  nothingNamesThisMachine,
  theLockNamesNoPlace,
} satisfies Record<string, Rule>;

function broken(rule: Rule, tree: SourceTree): readonly string[] {
  return rule(tree).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

const repository = readTree(dirname(import.meta.dirname));

test.for(Object.entries(rules))('in this repository: %s', ([, rule]) => {
  expect(broken(rule, repository)).toEqual([]);
});

test('the table of rooms points down', () => {
  const upwards = Object.entries(rooms).flatMap(([name, room]) =>
    room.mayImport
      .filter((other) => (rooms[other]?.floor ?? 99) >= room.floor)
      .map((other) => `${name} -> ${other}`),
  );
  expect(upwards).toEqual([]);
});

test('every rule is shown to find what it forbids', () => {
  expect(Object.keys(rules).filter((name) => !planted.some(([rule]) => rule === name))).toEqual([]);
});

/** Made-up trees; what each rule finds in them, and nothing else. */
const planted: [rule: keyof typeof rules, title: string, files: Record<string, string>, found: string[]][] = [
  [
    'arrowsPointDown',
    'an arrow that goes up',
    { 'src/device/a.ts': `export const a = 1;\nimport { b } from '../phone/b.ts';` },
    ['src/device/a.ts:2: device may not import phone (../phone/b.ts)'],
  ],
  [
    'arrowsPointDown',
    'an arrow of types, in every form there is',
    {
      'src/phone/a.ts': [
        `import type { Flash } from '../flash/flash.ts';`,
        `import { type Flash } from '../flash/flash.ts';`,
        `export type { Flash } from '../flash/flash.ts';`,
        `export * from '../flash/flash.ts';`,
        `const flash = await import('../flash/flash.ts');`,
        `let flash: import('../flash/flash.ts').Flash;`,
        `import '../flash/flash.ts';`,
      ].join('\n'),
    },
    [1, 2, 3, 4, 5, 6, 7].map(
      (line) => `src/phone/a.ts:${line}: phone may not import flash (../flash/flash.ts)`,
    ),
  ],
  [
    'arrowsPointDown',
    'arrows that are allowed',
    {
      'src/phone/a.ts': `import '../clock/a.ts';\nimport './inside/b.ts';`,
      'src/phone/handset.ts': `import '../display/a.ts';`,
      'src/cli/main.ts': `import '../panel/a.ts';`,
    },
    [],
  ],
  [
    'arrowsPointDown',
    'the arrow of one file, taken by another',
    { 'src/phone/a.ts': `import '../display/a.ts';` },
    ['src/phone/a.ts:1: phone may not import display (../display/a.ts)'],
  ],
  [
    'arrowsPointDown',
    'a use of the public door from inside',
    { 'src/cli/a.ts': `import '../index.ts';`, 'src/index.ts': `import './cli/a.ts';` },
    [
      'src/cli/a.ts:1: cli may not import index.ts (../index.ts)',
      'src/index.ts:1: index.ts may not import cli (./cli/a.ts)',
    ],
  ],
  [
    'arrowsPointDown',
    'a folder that is no room, and a way out of src',
    { 'src/tools/a.ts': `import './b.ts';`, 'src/cli/a.ts': `import data from '../../package.json';` },
    [
      'src/tools/a.ts:1: src/tools is no room of the table in test/tidy/law.ts',
      'src/cli/a.ts:1: ../../package.json leads out of src/',
    ],
  ],
  [
    'packagesAreAtHome',
    'packages away from home, by parts and types too',
    {
      'src/scenario/a.ts': `import { createActor } from 'xstate';\nimport type { ActorRef } from 'xstate/graph';`,
      'src/transport/tftp.ts': `import { request } from 'undici';\nimport { createSocket } from 'node:dgram';`,
      'src/device/a.ts': `import { z } from 'zod';\nimport { readFile } from 'node:fs/promises';`,
    },
    [
      'src/scenario/a.ts:1: xstate may not be imported here; its home is src/phone/',
      'src/scenario/a.ts:2: xstate may not be imported here; its home is src/phone/',
      'src/transport/tftp.ts:1: undici may not be imported here; its home is src/transport/http*.ts',
      'src/device/a.ts:1: zod may not be imported here; its home is src/*/*.schema.ts, src/report/fleet/*.schema.ts',
      'src/device/a.ts:2: node:fs may not be imported here; its home is src/flash/, src/report/assets.ts, src/server/file-store.ts, src/lint/, src/scenario/, src/fleet/, src/recording/, src/panel/, src/cli/',
    ],
  ],
  [
    'packagesAreAtHome',
    'a package nobody gave a home',
    {
      'src/cli/a.ts': `import _ from 'lodash';\nimport b from '@babel/core/lib/a';\nimport tftp from 'tftp';`,
    },
    [
      'src/cli/a.ts:1: lodash may not be imported here; it has no home in test/tidy/law.ts',
      'src/cli/a.ts:2: @babel/core may not be imported here; it has no home in test/tidy/law.ts',
      'src/cli/a.ts:3: tftp may not be imported here; it has no home in test/tidy/law.ts',
    ],
  ],
  [
    'packagesAreAtHome',
    'packages at home',
    {
      'src/events/facts.schema.ts': `import { z } from 'zod';`,
      'src/statechart/svg.ts': `import { instance } from '@viz-js/viz';`,
      'src/clock/a.ts': `import { setTimeout } from 'node:timers/promises';`,
      'src/device/a.ts': `import { createHash } from 'node:crypto';`,
      'src/events/phone-event.ts': `import type { z } from 'zod';`,
      'src/transport/ftp-control.ts': `import { FTPContext } from 'basic-ftp';`,
    },
    [],
  ],
  [
    'packagesAreDependencies',
    'a package that is installed for developers alone',
    {
      'package.json': `{"dependencies":{"xstate":"5"},"devDependencies":{"undici":"7"}}`,
      'src/phone/a.ts': `import 'xstate/graph';\nimport 'undici';\nimport 'node:net';\nimport './b.ts';`,
    },
    ['src/phone/a.ts:2: undici is not among the dependencies of package.json'],
  ],
  [
    'nothingIsABarrel',
    'files that only pass on',
    {
      'src/phone/all.ts': `export * from './a.ts';\nexport { b } from './b.ts';`,
      'src/phone/types.ts': `import type { A } from './a.ts';\nexport type { A };`,
      'src/phone/more.ts': `export { b } from './b.ts';\nexport const c = 1;`,
      'src/cli/main.ts': 'export {};',
      'src/index.ts': `export * from './phone/a.ts';`,
    },
    [
      'src/phone/all.ts:1: only passes on what other files have; import those',
      'src/phone/types.ts:1: only passes on what other files have; import those',
    ],
  ],
  [
    'everyFileIsReached',
    'a dead file, and one that only a dead file or a test uses',
    {
      'package.json': `{"bin":{"deskphone":"dist/cli/start.js"},"exports":{".":{"types":"./dist/door.d.ts"}}}`,
      'src/cli/start.ts': `import '../phone/a.ts';`,
      'src/door.ts': `export type { B } from './phone/b.ts';`,
      'src/phone/a.ts': `new Worker(new URL('./thread.js', import.meta.url));`,
      'src/phone/b.ts': 'export interface B { readonly c: import("./c.ts").C }',
      'src/phone/c.ts': 'export type C = 1;',
      'src/phone/thread.ts': 'export {};',
      'src/phone/dead.ts': `import './deader.ts';`,
      'src/phone/deader.ts': `import './dead.ts';`,
      'test/phone/dead.test.ts': `import '../../src/phone/dead.ts';`,
    },
    [
      'src/phone/dead.ts:1: is not reached from any command or door; remove it, or use it',
      'src/phone/deader.ts:1: is not reached from any command or door; remove it, or use it',
    ],
  ],
  [
    'timeAndChanceAreGiven',
    'the time and chance of the host',
    {
      'src/phone/a.ts': [
        'const a = Date.now();',
        'const b = new Date();',
        'const c = Date();',
        'const d = new Date;',
        'const e = Math.random();',
        'setTimeout(() => {}, 1);',
        'const f = setInterval;',
        'globalThis.setImmediate(() => {});',
        'performance.now();',
        'process.hrtime.bigint();',
        'AbortSignal.timeout(1);',
        'const g = { setTimeout };',
      ].join('\n'),
    },
    [
      'Date.now',
      'new Date()',
      'Date()',
      'new Date()',
      'Math.random',
      'setTimeout',
      'setInterval',
      'globalThis.setImmediate',
      'performance',
      'process.hrtime',
      'AbortSignal.timeout',
      'setTimeout',
    ].map((what, index) => `src/phone/a.ts:${index + 1}: ${what} is the host's; take a Clock or a Random`),
  ],
  [
    'timeAndChanceAreGiven',
    'the same words where they are not of the host',
    {
      'src/clock/a.ts': 'setTimeout(() => Date.now(), Math.random());',
      'src/phone/a.ts': [
        'clock.setTimeout(() => {}, 1);',
        'const a = { setTimeout: (run: () => void, ms: number) => clock.setTimeout(run, ms) };',
        'class C { setTimeout() {} }',
        'interface I { setTimeout(): void; readonly performance: number }',
        'const text = new Date(0).toISOString();',
        'function f(when: Date) { return Date.UTC(2026, 1) + Math.floor(when.getTime()); }',
        `// Date.now() and setTimeout() in a comment`,
        `const text = 'Math.random()';`,
      ].join('\n'),
    },
    [],
  ],
  [
    'packagesAreAtHome',
    'timers by import',
    {
      'src/phone/a.ts': `import { setTimeout as sleep } from 'node:timers/promises';\nimport 'node:perf_hooks';`,
    },
    [
      'src/phone/a.ts:1: node:timers may not be imported here; its home is src/clock/',
      'src/phone/a.ts:2: node:perf_hooks may not be imported here; its home is src/clock/',
    ],
  ],
  [
    'noTextNamesASource',
    'a worker started from a source',
    {
      'src/fleet/a.ts': `import './b.ts';\nnew URL('./thread.ts', import.meta.url);\nnew URL('./thread.js', import.meta.url);\nlet c: typeof import('./c.ts');`,
    },
    ['src/fleet/a.ts:2: "./thread.ts" will not be there when built; name the .js file'],
  ],
  [
    'onlyMainExits',
    'an exit out of turn',
    {
      'src/cli/boot.ts': `process.exit(1);\nprocess.exitCode = 1;\nimport { exit } from 'node:process';`,
      'src/cli/main.ts': 'process.exit(0);',
    },
    [
      'src/cli/boot.ts:1: process.exit is for cli/main.ts; return or throw',
      'src/cli/boot.ts:3: process.exit is for cli/main.ts; return or throw',
    ],
  ],
  [
    'nothingIsADefault',
    'a default export',
    { 'src/phone/a.ts': 'const a = 1;\nexport default a;', 'test/a.ts': 'export default 1;' },
    ['src/phone/a.ts:2: has a default export; give it a name'],
  ],
  [
    'everyTestRuns',
    'tests left out',
    {
      'test/peers/available.ts': `test.skip('not run here');`,
      'test/phone/a.test.ts': [
        `test.skip('a', () => {});`,
        `describe.only('b', () => {});`,
        `it.for([1]).todo('c');`,
        `test.concurrent.skip.for([1])('d');`,
        `queue.skip(1);`,
        `test.for([1])('only', () => {});`,
      ].join('\n'),
    },
    ['skip', 'only', 'skip'].map(
      (word, index) =>
        `test/phone/a.test.ts:${[1, 2, 4][index]}: .${word} leaves tests out; assert what is, and say so if it is wrong`,
    ),
  ],
  [
    'filesAreSmall',
    'a file of two nouns',
    {
      'src/phone/a.ts': 'f();\n'.repeat(301),
      'src/phone/b.ts': 'f();\n'.repeat(300),
      'test/phone/a.test.ts': 'f();\n'.repeat(301),
    },
    ['src/phone/a.ts:301: has 301 lines; at 300 ask which second noun moved in'],
  ],
  [
    'commentsAreNarrow',
    'comments too wide to read, and code and texts that may be wide',
    {
      'src/phone/a.ts': [
        `// ${'x'.repeat(107)}`,
        `// ${'x'.repeat(108)}`,
        `/**\n * ${'x'.repeat(107)}\n * ${'x'.repeat(108)}\n */`,
        `const a = '// ${'x'.repeat(110)}';`,
        `const b = 1; // ${'x'.repeat(100)}`,
      ].join('\n'),
    },
    [2, 5, 8].map(
      (line) =>
        `src/phone/a.ts:${line}: has a comment of ${line === 8 ? 116 : 111} columns; expected at most 110`,
    ),
  ],
  [
    'namesSaySomething',
    'empty names, and names written otherwise',
    {
      'src/phone/utils.ts': '',
      'src/common/a.ts': '',
      'test/phone/date-helpers.ts': '',
      'src/phone/phoneUnit.ts': '',
      'src/phone/phone-unit.machine.ts': '',
      'src/phone/service-package.ts': '',
      'docs/utils.md': '',
    },
    [
      'src/phone/utils.ts:1: "utils" says nothing; name it by the noun or verb it holds',
      'src/common/a.ts:1: "common" says nothing; name it by the noun or verb it holds',
      'test/phone/date-helpers.ts:1: "helpers" says nothing; name it by the noun or verb it holds',
      'src/phone/phoneUnit.ts:1: "phoneUnit.ts" is not written kebab-case',
      'src/phone/service-package.ts:1: "service" says nothing; name it by the noun or verb it holds',
    ],
  ],
  [
    'testsMirrorSources',
    'tests of a room there is not',
    {
      'src/phone/a.ts': '',
      'test/phone/a.test.ts': '',
      'test/phones/a.test.ts': '',
      'test/peers/nginx.ts': '',
      'test/tidy.test.ts': '',
      'test/phone/inside/a.test.ts': '',
    },
    [
      'test/phones/a.test.ts:1: there is no src/phones/ to test',
      'test/phone/inside/a.test.ts:1: there is no src/phone/inside/ to test',
    ],
  ],
  [
    'nothingIsLeftOver',
    'notes to oneself',
    {
      'src/phone/a.ts': `// ${'FIX'}${'ME'}: later\nf();\n// ${'TO'}${'DO'}`,
      'docs/a.md': `${'TO'}${'DO'}`,
      'src/phone/b.ts': `const model = 'SIPX${'XX'}';`,
    },
    [
      `src/phone/a.ts:1: "${'FIX'}${'ME'}" is left over; do it, or write an issue`,
      `src/phone/a.ts:3: "${'TO'}${'DO'}" is left over; do it, or write an issue`,
    ],
  ],
  [
    'nothingNamesThisMachine',
    'paths of one machine, and where packages came from',
    {
      'README.md': `See ${'/wo'}rk/main.\nSee src${'/wo'}rk/main.`,
      'scripts/a.mjs': `run('${'/ro'}ot/bin/x');\nrun('${'/ho'}me/ann/x');`,
      '.npmrc': `regis${'try'}=http://a.test/`,
      'docs/a.md': `from regis${'try'}.a.test`,
    },
    [
      `README.md:1: names ${'/wo'}rk/ of one machine; use a path from the repository's root`,
      `scripts/a.mjs:1: names ${'/ro'}ot/ of one machine; use a path from the repository's root`,
      `scripts/a.mjs:2: names ${'/ho'}me/ann/ of one machine; use a path from the repository's root`,
      ".npmrc:1: names a package registry; that is the user's own setting",
      "docs/a.md:1: names a package registry; that is the user's own setting",
    ],
  ],
  [
    'theLockNamesNoPlace',
    'a lock that names places',
    { 'package-lock.json': '{\n  "resolved": "https://a.test/b.tgz"\n}', 'src/a.json': '"resolved": 1' },
    ['package-lock.json:2: has a "resolved" place; install with the .npmrc of the repository'],
  ],
];
test.for(planted)('%s, given %s', ([rule, , files, found]) => {
  expect(broken(rules[rule], treeOf(files))).toEqual(found);
});
