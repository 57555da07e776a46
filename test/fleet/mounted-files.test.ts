import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { mountFiles } from '../../src/fleet/mounted-files.ts';
import { writeFiles } from '../scenario/scenario-file.ts';

let folder: string;
beforeEach(() => {
  const files = {
    'fleets/a fleet.yaml': 'fleet',
    'fleets/bases/base.yaml': 'base',
    big: 'x'.repeat(1 << 20),
  };
  folder = dirname(writeFiles({ 'top.txt': 'top', ...files }));
});

const cases: [
  title: string,
  files: readonly string[],
  from: string,
  run: string,
  paths: readonly string[],
][] = [
  ['below the folder it is run in', ['fleets/a fleet.yaml'], '.', '', ['fleets/a fleet.yaml']],
  ['in the folder it is run in', ['a fleet.yaml'], 'fleets', '', ['a fleet.yaml']],
  ['beside it', ['../top.txt'], 'fleets', 'fleets', ['top.txt']],
  [
    'above and below it',
    ['base.yaml', '../../top.txt'],
    'fleets/bases',
    'fleets/bases',
    ['fleets/bases/base.yaml', 'top.txt'],
  ],
];
test.for(cases)('files come to their places: %s', ([, files, from, run, paths]) => {
  const mounted = mountFiles(files, join(folder, from));
  if ('message' in mounted) throw new Error(mounted.message);
  expect(mounted.folder).toBe(run);
  expect(mounted.files.map(({ path }) => path)).toEqual(paths);
});

test('keys are what a ConfigMap takes, each once', () => {
  expect(mountFiles(['fleets/a fleet.yaml', 'top.txt'], folder)).toEqual({
    folder: '',
    files: [
      { key: '0-a_fleet.yaml', path: 'fleets/a fleet.yaml', text: 'fleet' },
      { key: '1-top.txt', path: 'top.txt', text: 'top' },
    ],
  });
});

test('more than a ConfigMap holds is refused', () => {
  expect(mountFiles(['top.txt', 'big'], folder)).toEqual({
    message: 'top.txt, big: 1048579 bytes; expected at most 1048576, which a ConfigMap holds',
  });
});
