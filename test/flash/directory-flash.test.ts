import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDirectoryFlash } from '../../src/flash/directory-flash.ts';
import { FlashError } from '../../src/flash/flash.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import { aBody, aFile, aFlash } from './a-flash.ts';
import { arbitraryFlash } from './flash-arbitrary.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const [french, german] = [aBody('French'), aBody('German')];
const withFrench = aFlash({
  versions: { LANGUAGE: '000001' },
  files: { LANGUAGE: [aFile('French.lng', french)] },
});
const withGerman = aFlash({
  versions: { LANGUAGE: '000002' },
  files: { LANGUAGE: [aFile('German.lng', german)] },
});

const flashes = [
  ['memory', () => memoryFlash(aFlash())],
  ['a directory', () => openDirectoryFlash(temporaryDirectory(), { mac: '001B4F123001' })],
] as const;

test.for(flashes)('in %s, what was written is read, bytes included', ([, open]) => {
  const flash = open();
  expect(flash.read()).toEqual(aFlash());
  flash.write(withFrench, [french]);
  expect([flash.read(), flash.body(french.sha256)]).toEqual([withFrench, french.bytes]);
  flash.close();
});

test.for(flashes)('in %s, bytes are gone when nothing names them any more', ([, open]) => {
  const flash = open();
  flash.write(withFrench, [french]);
  flash.write(withGerman, [german]);
  expect([flash.body(french.sha256), flash.body(german.sha256)]).toEqual([undefined, german.bytes]);
  flash.close();
});

test.for(flashes)('in %s, bytes stay while anything names them and need not be given again', ([, open]) => {
  const flash = open();
  flash.write(withFrench, [french]);
  const both = aFlash({ files: { LANGUAGE: [aFile('Same.lng', french)], TONES: [aFile('a.wav', german)] } });
  flash.write(both, [german]);
  expect([flash.body(french.sha256), flash.body(german.sha256)]).toEqual([french.bytes, german.bytes]);
  flash.close();
});

test.for(flashes)('in %s, there are no bytes of what only has a name, or no name', ([, open]) => {
  const flash = open();
  flash.write(aFlash({ files: { TONES: [{ name: 'a.wav' }] } }), [french]);
  for (const name of [french.sha256, '', '../flash.json']) expect(flash.body(name)).toBeUndefined();
  flash.close();
});

test('a new directory is a phone as it left the factory, and holds nothing but the lock', () => {
  const directory = join(temporaryDirectory(), 'phones', 'one');
  const flash = openDirectoryFlash(directory, { mac: '001B4F1230AA', software: 'SIP12x004.00.04.00' });
  expect(flash.read()).toEqual(aFlash({ mac: '001B4F1230AA', software: 'SIP12x004.00.04.00' }));
  expect(readdirSync(directory)).toEqual(['flash.lock']);
  flash.close();
  expect(readdirSync(directory)).toEqual([]);
});

test('without any wish it is the default phone', () => {
  expect(openDirectoryFlash(temporaryDirectory()).read()).toEqual(aFlash());
});

test('any flash outlives the process that wrote it', () => {
  const directory = temporaryDirectory();
  fc.assert(
    fc.property(arbitraryFlash, arbitraryFlash, (first, second) => {
      const flash = openDirectoryFlash(directory);
      flash.write(first.contents, first.bodies);
      flash.write(second.contents, second.bodies);
      flash.close();
      const again = openDirectoryFlash(directory);
      expect(again.read()).toEqual(second.contents);
      for (const { sha256, bytes } of second.bodies) expect(again.body(sha256)).toEqual(bytes);
      expect(bodiesIn(directory)).toEqual([...new Set(second.bodies.map(({ sha256 }) => sha256))].toSorted());
      again.close();
    }),
    { numRuns: 40 },
  );
});

test('a stored file is called by its digest, whatever the server called it', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  flash.write(aFlash({ files: { LANGUAGE: [aFile('..\\..\\evil', french)] } }), [french]);
  expect(readdirSync(directory)).toEqual(['files', 'flash.json', 'flash.lock']);
  expect(bodiesIn(directory)).toEqual([french.sha256]);
});

test('what killed processes left behind is removed, and nothing else', () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'files'));
  const left = ['flash.json.tmp', `files/${french.sha256}`, `files/${german.sha256}.tmp`];
  const kept = ['notes.tmp', 'files/notes.txt', 'files/READ.ME'];
  for (const name of [...left, ...kept]) writeFileSync(join(directory, name), 'x');
  openDirectoryFlash(directory).close();
  expect([...left, ...kept].filter((name) => existsSync(join(directory, name)))).toEqual(kept);
});

test('a flash.json written by hand is read with the defaults given', () => {
  const directory = directoryWith('{"mac":"001B4F123001","versions":{},"files":{}}');
  const flash = openDirectoryFlash(directory, { mac: '001B4F123001', software: 'SIP12x004.00.04.00' });
  expect(flash.read()).toEqual(aFlash({ software: 'SIP12x004.00.04.00' }));
});

test('a flash.json that contradicts itself is refused with every problem, and the directory is free again', () => {
  const directory = directoryWith('{"mac":"x",\n"versions":{"LANGUAGE":2},\n"files":{}}');
  const refusal = [
    'flash.json:1: mac is "x"; expected 12 hex digits in quotes, such as "001B4F123001"',
    'flash.json:2: versions.LANGUAGE is 2; expected digits in quotes, such as "000002"',
  ];
  expect(errorOf(() => openDirectoryFlash(directory))).toEqual(['INVALID', refusal.join('\n')]);
  expect(readdirSync(directory)).toEqual(['flash.json']);
});

const bodyFaults: [title: string, stored: string | undefined, message: string][] = [
  ['missing', undefined, `names files/${french.sha256}, which is missing`],
  ['of another size', 'Fren', `says 6 bytes, but files/${french.sha256} holds 4`],
  ['of another content', 'Frensh', `names files/${french.sha256}, whose content is another`],
];
test.for(bodyFaults)('a stored file whose bytes are %s is refused', ([, stored, message]) => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  flash.write(withFrench, [french]);
  flash.close();
  const path = join(directory, 'files', french.sha256);
  if (stored === undefined) rmSync(path);
  else writeFileSync(path, stored);
  expect(errorOf(() => openDirectoryFlash(directory))).toEqual([
    'INVALID',
    `flash.json:10: files.LANGUAGE[0] ${message}`,
  ]);
});

test('a flash.json larger than any flash is refused unread', () => {
  const directory = directoryWith(' '.repeat(32 * 1024 * 1024 + 1));
  expect(errorOf(() => openDirectoryFlash(directory))).toEqual([
    'INVALID',
    'flash.json has 33554433 bytes; expected at most 33554432',
  ]);
});

test('a file where the directory should be', () => {
  const path = join(temporaryDirectory(), 'phone');
  writeFileSync(path, '');
  expect(errorOf(() => openDirectoryFlash(path))).toEqual([
    'UNWRITABLE',
    `${join(path, 'flash.lock')} cannot be written: ENOTDIR: not a directory`,
  ]);
});

test('a place where no directory can be made', () => {
  expect(errorOf(() => openDirectoryFlash('/proc/phones/one'))).toEqual([
    'UNWRITABLE',
    '/proc/phones cannot be written: ENOENT: no such file or directory',
  ]);
});

test('a place where no lock can be made', () => {
  expect(errorOf(() => openDirectoryFlash('/proc/self'))[0]).toBe('UNWRITABLE');
});

test('a directory where flash.json should be', () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'flash.json'));
  expect(errorOf(() => openDirectoryFlash(directory))).toEqual([
    'UNREADABLE',
    `${join(directory, 'flash.json')} cannot be read: EISDIR: illegal operation on a directory`,
  ]);
});

test('a write that fails leaves the old state, in memory and on disk, and the next one can succeed', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  flash.write(withFrench, [french]);
  const obstacle = join(directory, 'flash.json.tmp');
  mkdirSync(obstacle);
  expect(errorOf(() => flash.write(withGerman, [german]))).toEqual([
    'UNWRITABLE',
    `${join(directory, 'flash.json')} cannot be written: EISDIR: illegal operation on a directory`,
  ]);
  expect([flash.read(), flash.body(french.sha256), flash.body(german.sha256)]).toEqual([
    withFrench,
    french.bytes,
    undefined,
  ]);
  expect(bodiesIn(directory)).toEqual([french.sha256]);
  rmSync(obstacle, { recursive: true });
  flash.write(withGerman, [german]);
  flash.close();
  expect(openDirectoryFlash(directory).read()).toEqual(withGerman);
});

test('bytes that cannot be stored leave the old state', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  writeFileSync(join(directory, 'files'), 'in the way');
  expect(errorOf(() => flash.write(withFrench, [french]))).toEqual([
    'UNWRITABLE',
    `${join(directory, 'files', french.sha256)} cannot be written: ENOTDIR: not a directory`,
  ]);
  expect([flash.read(), existsSync(join(directory, 'flash.json'))]).toEqual([aFlash(), false]);
});

test('bytes that cannot be read any more are told by path', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  flash.write(withFrench, [french]);
  const path = join(directory, 'files', french.sha256);
  rmSync(path);
  mkdirSync(path);
  expect(errorOf(() => flash.body(french.sha256))).toEqual([
    'UNREADABLE',
    `${path} cannot be read: EISDIR: illegal operation on a directory`,
  ]);
});

test('what the next start would refuse is not written: it is a mistake of ours', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  expect(() => flash.write(withFrench)).toThrow(
    `Flash would be unreadable: flash.json:10: files.LANGUAGE[0] comes without the bytes of ${french.sha256}`,
  );
  expect(() => flash.write(withFrench, [{ ...french, bytes: german.bytes }])).toThrow('have another SHA-256');
  expect([flash.read(), existsSync(join(directory, 'flash.json'))]).toEqual([aFlash(), false]);
});

test('a closed flash is not written to: its directory may be another process by now', () => {
  const directory = temporaryDirectory();
  const flash = openDirectoryFlash(directory);
  flash.close();
  flash.close();
  expect(() => flash.write(withFrench, [french])).toThrow('The flash is closed');
  expect(readdirSync(directory)).toEqual([]);
});

function directoryWith(flashJson: string): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'flash.json'), flashJson);
  return directory;
}

function bodiesIn(directory: string): readonly string[] {
  return existsSync(join(directory, 'files')) ? readdirSync(join(directory, 'files')).toSorted() : [];
}

function errorOf(run: () => unknown): readonly [code: string, message: string] {
  try {
    run();
  } catch (error) {
    if (error instanceof FlashError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It went well.');
}
