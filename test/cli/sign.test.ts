import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeImage } from '../../src/device/image.ts';
import { answer } from './answer.ts';

let directory = '';
const inside = (name: string) => join(directory, name);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'deskphone-sign-'));
  const made = directory;
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
});

const language = readFileSync('fixtures/demo/languages/French.lng');

/** What openssl makes of the signature at the end of a file, over the bytes before it. */
function opensslVerifies(file: string, root: string): boolean {
  const signed = readFileSync(inside(file));
  const at = signed.lastIndexOf('-----BEGIN PKCS7-----');
  writeFileSync(inside('content'), signed.subarray(0, at));
  writeFileSync(inside('signature'), signed.subarray(at));
  const words = 'smime -verify -inform PEM -in signature -content content -binary -CAfile'.split(' ');
  const verified = execFileSync('openssl', [...words, root], { cwd: directory, stdio: 'pipe' });
  return verified.equals(signed.subarray(0, at));
}

const kinds: [kind: string, content: Uint8Array | string][] = [
  ['image', makeImage({ load: 'SIP12x004.04.09.00', sizeBytes: 65_536 })],
  ['language', language],
  ['policy', 'KEY_SIZE 2048\n'],
  ['provisioning', readFileSync('fixtures/demo/1230SIP.cfg')],
];

describe('openssl verifies what was signed', () => {
  test.for(kinds)('%s', async ([kind, content]) => {
    writeFileSync(inside('file'), content);
    const { code, stdout, stderr } = await answer([
      ...[
        'sign',
        inside('file'),
        '--kind',
        kind,
        '--out',
        inside('signed'),
        '--root-out',
        inside('root.pem'),
      ],
    ]);
    const bytes = statSync(inside('signed')).size;
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `signed ${inside('file')} as ${kind}: ${inside('signed')}, ${bytes} bytes\n  trusted by a phone that has ${inside('root.pem')} as its root\n`,
      stderr: '',
    });
    expect(opensslVerifies('signed', 'root.pem')).toBe(true);
  });

  test('with a key that was made before, and SHA-1', async () => {
    writeFileSync(inside('file'), language);
    const made = ['--key-out', inside('k.pem'), '--cert-out', inside('c.pem'), '--root-out', inside('r.pem')];
    await answer([
      'sign',
      inside('file'),
      '--kind',
      'language',
      '--out',
      inside('first'),
      ...made,
      '--quiet',
    ]);
    const again = ['--key', inside('k.pem'), '--cert', inside('c.pem'), '--digest', 'sha1', '--json'];
    const { code, stdout } = await answer([
      ...['sign', inside('r.pem'), '--kind', 'certificates', '--out', inside('second'), ...again],
    ]);
    expect({ code, told: JSON.parse(stdout) }).toEqual({
      code: 0,
      told: {
        type: 'file.signed',
        file: inside('r.pem'),
        out: inside('second'),
        kind: 'certificates',
        digest: 'sha1',
        bytes: statSync(inside('second')).size,
      },
    });
    expect([opensslVerifies('first', 'r.pem'), opensslVerifies('second', 'r.pem')]).toEqual([true, true]);
    expect(statSync(inside('k.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(inside('file')).equals(language)).toBe(true);
  });
});

const mistakes: [title: string, words: () => string[], stderr: RegExp][] = [
  ['without --out', () => [inside('file'), '--kind', 'language'], /^error: --out FILE is missing/],
  [
    'without --kind',
    () => [inside('file'), '--out', inside('o')],
    /^error: --kind is missing: one of image, language, policy, certificates, provisioning\n$/,
  ],
  [
    'of an unknown kind',
    () => [inside('file'), '--out', inside('o'), '--kind', 'tone'],
    /Allowed choices are image, language/,
  ],
  [
    'over the file itself',
    () => [inside('file'), '--out', `${directory}/./file`, '--kind', 'language'],
    /^error: --out .*\/\.\/file: would overwrite .*\/file, which is read; expected another file\n$/,
  ],
  [
    'over the key it signs with',
    () => [
      ...[inside('file'), '--out', inside('k.pem'), '--kind', 'language'],
      ...['--key', inside('k.pem'), '--cert', inside('c.pem')],
    ],
    /^error: --out .*k\.pem: would overwrite .*k\.pem, which is read; expected another file\n$/,
  ],
  [
    'of a file that is not there',
    () => [inside('none'), '--out', inside('o'), '--kind', 'language'],
    /^error: .*none: no such file or folder/,
  ],
  [
    'of a file that is not of its kind',
    () => [inside('file'), '--out', inside('o'), '--kind', 'image'],
    /^error: .*file: it has \d+ bytes; expected an image of at least 65536\n$/,
  ],
  [
    'with a key and no certificate',
    () => [inside('file'), '--out', inside('o'), '--kind', 'language', '--key', inside('file')],
    /^error: --key and --cert go together\n$/,
  ],
  [
    'with a key that is none',
    () => [
      inside('file'),
      '--out',
      inside('o'),
      '--kind',
      'language',
      '--key',
      inside('file'),
      '--cert',
      inside('file'),
    ],
    /^error: --key, --cert: the key is no private key in PEM, or is encrypted\n$/,
  ],
  [
    'with a key, and one to be made',
    () => [
      inside('file'),
      '--out',
      inside('o'),
      '--kind',
      'language',
      '--key',
      'k',
      '--cert',
      'c',
      '--key-out',
      'x',
    ],
    /^error: --key-out, --cert-out and --root-out go with a test key, not with --key\n$/,
  ],
  [
    'to a place that is not there',
    () => [inside('file'), '--out', inside('none/o'), '--kind', 'language'],
    /^error: --out .*none\/o: no such file or folder/,
  ],
];

test.for(mistakes)('wrong usage: %s', async ([, words, stderr]) => {
  writeFileSync(inside('file'), language);
  const ended = await answer(['sign', ...words()]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(stderr);
});
