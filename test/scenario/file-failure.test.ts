import { expect, test } from 'vitest';
import { sayFileFailure } from '../../src/scenario/file-failure.ts';

const failed = (code: string, message: string) => Object.assign(new Error(message), { code });

test.for([
  [
    'a file that is not there',
    failed('ENOENT', "ENOENT: no such file or directory, open 'a'"),
    'no such file or folder (ENOENT)',
  ],
  [
    'a folder for a file',
    failed('EISDIR', 'EISDIR: illegal operation on a directory, read'),
    'it is a folder; expected a file (EISDIR)',
  ],
  ['a full disk', failed('ENOSPC', 'ENOSPC: no space left on device, write'), 'its disk is full (ENOSPC)'],
  [
    'what this table does not name',
    failed('EMFILE', "EMFILE: too many open files, open 'a'"),
    'EMFILE: too many open files',
  ],
  ['an error of our own', new Error('two, with a comma'), 'two, with a comma'],
  ['what is no error', 'a text', 'a text'],
] as const)('%s is said in plain words', ([, error, said]) => {
  expect(sayFileFailure(error)).toBe(said);
});
