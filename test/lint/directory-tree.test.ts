import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { directoryTree } from '../../src/lint/directory-tree.ts';
import { findingsIn, folderOf, folderWith, lintFolder, saidBy, withSections } from './a-tree.ts';

const source = { protocol: 'tftp', host: '', port: 69, pathPrefix: '' } as const;

test('a folder: its files in order, links that stay inside among them', () => {
  const outside = folderOf({ 'secret.cfg': 'x' });
  const directory = folderOf({ 'b.cfg': 'b', 'a/c.cfg': 'c' });
  symlinkSync('b.cfg', join(directory, 'inside.cfg'));
  symlinkSync(join(outside, 'secret.cfg'), join(directory, 'outside.cfg'));
  symlinkSync('nowhere', join(directory, 'broken.cfg'));
  symlinkSync('.', join(directory, 'loop'));
  const { paths, limits } = directoryTree(directory);
  expect({ paths, limits }).toEqual({ paths: ['a/c.cfg', 'b.cfg', 'inside.cfg'], limits: [] });
});

test('a file that leads out of the folder is not there', async () => {
  const outside = folderOf({ 'secret.cfg': 'BANNER x\n' });
  const directory = folderWith({ 'DeviceConfig.cfg': null });
  symlinkSync(join(outside, 'secret.cfg'), join(directory, 'DeviceConfig.cfg'));
  expect(saidBy(await lintFolder(directory))).toEqual([
    'error NOT_FOUND 1230SIP.cfg:4 [DEVICE_CONFIG] names DeviceConfig.cfg: it is not in the tree',
  ]);
});

test('a file larger than its kind may be is not read', async () => {
  const directory = folderWith({ 'DeviceConfig.cfg': Buffer.alloc(1024 * 1024 + 1, '#\n') });
  expect(saidBy(await lintFolder(directory))).toEqual([
    'error TOO_LARGE 1230SIP.cfg:4 [DEVICE_CONFIG] names DeviceConfig.cfg: it has 1048577 bytes; expected at most 1048576',
  ]);
});

test('a file that went away since it was listed is not there', async () => {
  const directory = folderOf({ 'a.cfg': 'x' });
  const tree = directoryTree(directory);
  rmSync(join(directory, 'a.cfg'));
  expect(await tree.fetch({ kind: 'IMAGES', path: 'a.cfg', source })).toEqual({
    arrived: false,
    code: 'NOT_FOUND',
    detail: 'it cannot be read: ENOENT',
  });
});

test('folders beyond any depth that makes sense are told', async () => {
  const directory = folderWith();
  const deep = Array.from({ length: 34 }, () => 'd').join('/');
  mkdirSync(join(directory, deep), { recursive: true });
  expect(saidBy(await lintFolder(directory))).toEqual([
    `warning TREE_TOO_LARGE  folders deeper than 32 are not looked at, such as ${Array.from({ length: 33 }, () => 'd').join('/')}`,
  ]);
});

test('a file about which users are asked is told, and looked at as if they said yes', async () => {
  const section = ['[USER_KEYS]', 'VERSION 000001', 'FILENAME root.pem', 'PROTOCOL HTTP'];
  const { certificate } = makeSelfSignedCertificate({
    commonName: 'root.example',
    addresses: [],
    notBefore: 0,
    days: 36_500,
  });
  expect(await findingsIn({ ...withSections(...section), 'root.pem': certificate })).toEqual([
    expect.stringMatching(/^note NOT_VERIFIED root\.pem a phone asks its user first: /),
  ]);
});
