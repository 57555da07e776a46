import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readDetachedSignature } from '../../src/device/detached-signature.ts';
import { makeImage } from '../../src/device/image.ts';
import { type SigningKey, SigningKeyError, signFile } from '../../src/device/sign-file.ts';
import { complaintAboutSigning, type SignedKind } from '../../src/device/signable.ts';
import { lacksAsSigner } from '../../src/device/signer-requirements.ts';
import { makeTestSigner } from '../../src/device/signing-key.ts';
import { intermediateExtensions, OpensslBench } from './openssl.ts';
import { received } from './received.ts';

const bench = new OpensslBench();
// openssl looks at the clock of the machine.
const made = makeTestSigner({ notBefore: Date.parse('2020-01-01T00:00:00Z'), days: 36_500 });
bench.write('made-root.pem', made.root);
const key: SigningKey = { key: made.key, certificates: made.certificate };
bench.root('root', { bits: 2048 });
bench.issue('between', 'root', { bits: 2048, extensions: intermediateExtensions });
bench.issue('signer', 'between', { bits: 2048 });
const chained: SigningKey = {
  key: bench.text('signer.key'),
  certificates: bench.text('signer.pem') + bench.text('between.pem'),
};

/** What openssl says to a signature over the bytes before it. Throws when it does not hold. */
function opensslVerifies(signed: Uint8Array, trust: string): Buffer {
  const at = Buffer.from(signed).lastIndexOf('-----BEGIN PKCS7-----');
  bench.write('content', signed.subarray(0, at));
  // openssl looks for the block by lines, and takes one that begins with NUL for the end of the file.
  const isText = !signed.includes(0);
  bench.write('signed', isText ? signed : signed.subarray(at));
  bench.run(`smime -verify -inform PEM -in signed -content content -binary -out verified ${trust}`);
  return bench.read('verified');
}

const language = '##1 a\r\n##2 b\r\n##3 c\r\ncaYes=Oui\r\n';
const cases: [
  title: string,
  content: Uint8Array,
  key: SigningKey,
  digest: 'sha1' | 'sha256',
  root: string,
][] = [
  ['a language', Buffer.from(language), key, 'sha256', 'made-root.pem'],
  ['a language with SHA-1, as the official ones', Buffer.from(language), key, 'sha1', 'made-root.pem'],
  ['a file that does not end in a line feed', Buffer.from('KEY_SIZE 2048'), key, 'sha256', 'made-root.pem'],
  ['nothing', Buffer.alloc(0), key, 'sha256', 'made-root.pem'],
  [
    'an image of the size of a real one',
    makeImage({ load: 'SIP12x004.04.09.00', sizeBytes: 4_101_541 }),
    key,
    'sha256',
    'made-root.pem',
  ],
  ['a file with a key under an intermediate', Buffer.from(language), chained, 'sha256', 'root.pem'],
];

describe('openssl verifies', () => {
  test.for(cases)('%s', ([, content, signer, digest, root]) => {
    const signed = signFile(content, signer, digest);
    const covered = content.at(-1) === 0x0a ? content : Buffer.concat([content, Buffer.from('\n')]);
    expect(opensslVerifies(signed, '-noverify').equals(covered)).toBe(true);
    expect(opensslVerifies(signed, `-CAfile ${root}`).equals(covered)).toBe(true);
    expect(readDetachedSignature(received(signed)).signature).toBe('valid');
  });

  test('nothing that was altered', () => {
    const signed = Buffer.from(signFile(Buffer.from(language), key));
    signed[0] = 0x24;
    expect(() => opensslVerifies(signed, '-noverify')).toThrow(/digest failure/);
  });
});

test('the same file, key and digest make the same bytes', () => {
  const sign = () => signFile(Buffer.from(language), key);
  expect(Buffer.from(sign()).equals(sign())).toBe(true);
});

test('a made signer has what the manual asks of one', () => {
  expect(lacksAsSigner(new X509Certificate(made.certificate))).toEqual([]);
  bench.write('made.pem', made.certificate);
  expect(bench.run('verify -CAfile made-root.pem made.pem')).toBe('made.pem: OK\n');
});

describe('a key cannot sign', () => {
  bench.run('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.key');
  bench.run('rsa -in signer.key -aes128 -out locked.key -passout pass:secret');
  const rows: [title: string, key: SigningKey, message: string][] = [
    [
      'that is of another certificate',
      { ...key, certificates: bench.text('signer.pem') },
      'the certificate is of another key',
    ],
    ['without a certificate', { ...key, certificates: 'none' }, 'there is no certificate in PEM'],
    ['that is elliptic', { ...key, key: bench.text('ec.key') }, 'the key is ec; expected RSA'],
    [
      'that is encrypted',
      { ...key, key: bench.text('locked.key') },
      'the key is no private key in PEM, or is encrypted',
    ],
    ['that is none', { ...key, key: made.certificate }, 'the key is no private key in PEM, or is encrypted'],
  ];
  test.for(rows)('%s', ([, given, message]) => {
    expect(() => signFile(Buffer.from('x\n'), given)).toThrow(new SigningKeyError(message));
  });
});

describe('worth signing', () => {
  const image = makeImage({ load: 'SIP12x004.04.09.00', sizeBytes: 65_536 });
  const rows: [
    title: string,
    kind: SignedKind,
    content: Uint8Array | string,
    complaint: string | undefined,
  ][] = [
    ['is an image', 'image', image, undefined],
    ['is a language', 'language', language, undefined],
    ['is a policy', 'policy', 'KEY_SIZE 2048\n', undefined],
    ['are certificates', 'certificates', made.root, undefined],
    ['is a provisioning file', 'provisioning', '[FW]\nVERSION 1\n', undefined],
    [
      'is no image that is too small',
      'image',
      image.subarray(1),
      'it has 65535 bytes; expected an image of at least 65536',
    ],
    ['is no image that is text', 'image', 'text '.repeat(20_000), 'it is text; expected a firmware image'],
    [
      'is no language without header',
      'language',
      'k=v\n',
      'it has no header line ##1; expected a language file',
    ],
    ['is no policy without rules', 'policy', '\n', 'it holds no rule; expected lines of NAME value'],
    ['are no certificates where there is none', 'certificates', made.key, 'it holds no certificate in PEM'],
    [
      'is no provisioning file that is no text',
      'provisioning',
      image,
      'it is no text; expected a provisioning file',
    ],
    ['is nothing that is signed', 'language', signFile(Buffer.from(language), key), 'it is signed already'],
  ];
  test.for(rows)('%s', ([, kind, content, complaint]) => {
    expect(complaintAboutSigning(kind, Buffer.from(content))).toBe(complaint);
  });
});
