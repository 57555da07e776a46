import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distrust } from '../../src/device/certificate-chain.ts';
import { subjectOf } from '../../src/device/certificates.ts';
import {
  type DetachedSignature,
  readDetachedSignature,
  withoutSignature,
} from '../../src/device/detached-signature.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { OpensslBench } from './openssl.ts';
import { received, streamed } from './received.ts';

const bench = new OpensslBench();
bench.root('root');
bench.issue('signer', 'root', { bits: 2048 });
bench.issue('weak', 'root', { bits: 1024 });

/** CR LF at its end, as the official file has. */
const language = '##1 Nortel IP phone language file\r\n##2 1140 SIP\r\n##3 ver SIP 4.4.9.0\r\ncaYes=Oui\r\n';
const signed = bench.sign(language, 'signer');
/** What follows the END line of the official file: a blank, a line feed, 22 bytes. */
const officialTail = Buffer.from(
  ' \n\x01\x01\x96\xcd\x00\x94\x88\xa2\x6b\x87\xf7\x5b\x6e\x99\xf6\xf5\xe3\xc4\xac\x99\x25\x3f',
  'latin1',
);

/** Whether, by whom, or why not. */
function readingOf(bytes: Uint8Array): readonly string[] {
  const readings = [received(bytes), streamed(bytes)].map((file) => brief(readDetachedSignature(file)));
  // A file that is held and one that is not are read alike.
  expect(readings[1]).toEqual(readings[0]);
  return readings[0] ?? [];
}

function brief(read: DetachedSignature): readonly string[] {
  if (read.signature === 'valid') return ['valid', subjectOf(read.signer)];
  return read.signature === 'none' ? ['none'] : [read.signature, read.why];
}

describe('a whole signature is read', () => {
  const cases: [title: string, bytes: Buffer, signer: string][] = [
    ['as the manual has it made', signed, 'CN=signer'],
    [
      'without signed attributes',
      bench.sign(language, 'signer', 'smime -sign -binary -noattr -outform PEM'),
      'CN=signer',
    ],
    [
      'over SHA-1 with RSA of 1024 bits, as the official files',
      bench.sign(language, 'weak', 'smime -sign -binary -md sha1 -outform PEM'),
      'CN=weak',
    ],
    [
      'over SHA-1 without attributes',
      bench.sign(language, 'weak', 'smime -sign -binary -noattr -md sha1 -outform PEM'),
      'CN=weak',
    ],
    ['by openssl cms', bench.sign(language, 'signer', 'cms -sign -binary -outform PEM'), 'CN=signer'],
    [
      'by openssl cms that names its signer by key',
      bench.sign(language, 'signer', 'cms -sign -binary -keyid -outform PEM'),
      'CN=signer',
    ],
    [
      'with the root beside the signer',
      bench.sign(language, 'signer', 'smime -sign -binary -outform PEM -certfile root.pem'),
      'CN=signer',
    ],
    [
      'with what follows the END line of the official file',
      Buffer.concat([signed.subarray(0, -1), officialTail]),
      'CN=signer',
    ],
    ['in lines that end in CR LF', crlfSignature(signed), 'CN=signer'],
    ['behind bytes that are no text', bench.sign(Buffer.alloc(70_000, 0x8e), 'signer'), 'CN=signer'],
    ['behind nothing at all', bench.sign('', 'signer'), 'CN=signer'],
    ['behind a file that ends in a signature already', bench.sign(signed, 'weak'), 'CN=weak'],
  ];
  test.for(cases)('%s', ([, bytes, signer]) => {
    expect(readingOf(bytes)).toEqual(['valid', signer]);
  });
});

describe('there is no signature', () => {
  const cases: [title: string, text: string][] = [
    ['in nothing', ''],
    ['in a language without one', language],
    ['in certificates', bench.text('root.pem')],
  ];
  test.for(cases)('%s', ([, text]) => {
    expect(readingOf(Buffer.from(text, 'latin1'))).toEqual(['none']);
    expect(Buffer.from(withoutSignature(Buffer.from(text, 'latin1'))).toString('latin1')).toBe(text);
  });
});

test('a signature is taken off to the byte', () => {
  expect(Buffer.from(withoutSignature(signed)).toString('latin1')).toBe(language);
  const altered = Buffer.concat([Buffer.from('#'), signed]);
  expect(Buffer.from(withoutSignature(altered)).toString('latin1')).toBe(`#${language}`);
});

const otherBytes = 'the bytes it covers are not those that were signed';
const otherSigner = "the signature is not the signer's over these bytes";

describe('an altered file is found out', () => {
  const bare = bench.sign(language, 'signer', 'smime -sign -binary -noattr -outform PEM');
  const cases: [title: string, bytes: Buffer, why: string][] = [
    ['by a byte before the text', Buffer.concat([Buffer.from('#'), signed]), otherBytes],
    ['by a lost first byte', signed.subarray(1), otherBytes],
    [
      'by a line feed between text and signature',
      Buffer.from(signed.toString('latin1').replace('-----BEGIN', '\n-----BEGIN'), 'latin1'),
      otherBytes,
    ],
    [
      'by line ends of another kind',
      Buffer.from(signed.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
      otherBytes,
    ],
    ['without signed attributes too', bare.subarray(1), otherSigner],
    [
      'by the signature of another file',
      Buffer.concat([Buffer.from('caNo=Non\r\n'), signed.subarray(language.length)]),
      otherBytes,
    ],
  ];
  test.for(cases)('%s', ([, bytes, why]) => {
    expect(readingOf(bytes)).toEqual(['altered', why]);
  });

  test.for([
    ['with signed attributes', signed, otherBytes],
    ['without', bare, otherSigner],
  ] as const)('by one bit anywhere before the signature, %s', ([, bytes, why]) => {
    fc.assert(
      fc.property(fc.nat({ max: language.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        expect(readingOf(flipped(bytes, at, bit))).toEqual(['altered', why]);
      }),
    );
  });

  test('by one bit anywhere before a signature of an image, of which only the ends are held', () => {
    const image = bench.sign(Buffer.alloc(200_000, 0x8e), 'signer');
    fc.assert(
      fc.property(fc.nat({ max: 199_999 }), fc.nat({ max: 7 }), (at, bit) => {
        expect(readDetachedSignature(streamed(flipped(image, at, bit))).signature).toBe('altered');
      }),
      { numRuns: 30 },
    );
  });

  test("and one bit within the signature makes it no one else's: it is refused, or trusted as the same signer", () => {
    const trust = { roots: [bench.text('root.pem')], crls: [], quirks: defaultQuirks, nowMs: 0 };
    const places = fc.integer({ min: language.length, max: signed.length - 1 });
    fc.assert(
      fc.property(places, fc.nat({ max: 7 }), (at, bit) => {
        const read = readDetachedSignature(received(flipped(signed, at, bit)));
        // A certificate may be altered unseen here; then nobody has issued it.
        if (read.signature !== 'valid' || distrust(read.signer, read.others, trust) !== undefined) return;
        expect(subjectOf(read.signer)).toBe('CN=signer');
      }),
      { numRuns: 200 },
    );
  });
});

describe('a signature cannot be read', () => {
  bench.run(
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.key -out ec.pem -days 9 -subj /CN=ec',
  );
  const block = signed.subarray(language.length).toString('latin1');
  const lines = block.trimEnd().split('\n');
  const cases: [title: string, bytes: Uint8Array | string, why: string][] = [
    ['cut off before its END line', signed.subarray(0, -30), 'it has no END line'],
    ['without its BEGIN line', language + lines.slice(1).join('\n'), 'it has an END line and no BEGIN line'],
    ['with nothing in it', `${language}${lines[0]}\n${lines.at(-1)}\n`, 'it is no Base64'],
    [
      'with a character that is no Base64',
      signed.toString('latin1').replace('MII', 'M!I'),
      'it is no Base64',
    ],
    ['with a line lost', language + lines.toSpliced(3, 1).join('\n'), 'it is no PKCS #7 structure'],
    [
      'that is a certificate',
      `${language}${bench.text('root.pem').replaceAll('CERTIFICATE', 'PKCS7')}`,
      'it is no PKCS #7 structure',
    ],
    ['that is a list of certificates', language + certificatesAlone(), 'it has 0 signers; expected one'],
    [
      'that holds its content',
      bench.sign(language, 'signer', 'smime -sign -nodetach -binary -outform PEM'),
      'it holds its content; expected a detached signature',
    ],
    [
      'over SHA-512',
      bench.sign(language, 'signer', 'smime -sign -binary -md sha512 -outform PEM'),
      'it is made with 1.2.840.113549.1.1.1 over 2.16.840.1.101.3.4.2.3; expected RSA over SHA-1 or SHA-256',
    ],
    [
      'by an elliptic curve',
      bench.sign(language, 'ec', 'cms -sign -binary -outform PEM'),
      'it is made with 1.2.840.10045.4.3.2 over 2.16.840.1.101.3.4.2.1; expected RSA over SHA-1 or SHA-256',
    ],
    [
      'by RSA with the other padding',
      bench.sign(language, 'signer', 'cms -sign -binary -outform PEM', '-keyopt rsa_padding_mode:pss'),
      'it is made with 1.2.840.113549.1.1.10 over 2.16.840.1.101.3.4.2.1; expected RSA over SHA-1 or SHA-256',
    ],
    ['by two signers', twoSigners(), 'it has 2 signers; expected one'],
    [
      "without its signer's certificate",
      bench.sign(language, 'signer', 'smime -sign -nocerts -binary -outform PEM'),
      "it does not hold its signer's certificate",
    ],
    ['that is encrypted', language + encrypted(), 'it is no SignedData'],
    [
      'with 65 bytes behind it',
      Buffer.concat([signed.subarray(0, -1), Buffer.alloc(65, 0x20)]),
      '65 bytes follow it, which nothing covers; expected at most 64',
    ],
    [
      'with a line of text behind it',
      `${signed.toString('latin1')}${'caNo=Non '.repeat(8)}`,
      '73 bytes follow it, which nothing covers; expected at most 64',
    ],
  ];
  test.for(cases)('%s', ([, content, why]) => {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
    expect(readingOf(bytes)).toEqual(['unreadable', why]);
  });

  test('and any bytes in its place throw nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (der) => {
        const text = `x-----BEGIN PKCS7-----\n${Buffer.from(der).toString('base64')}\n-----END PKCS7-----\n`;
        expect(readingOf(Buffer.from(text))[0]).toBe('unreadable');
      }),
    );
  });
});

function flipped(bytes: Uint8Array, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

function crlfSignature(bytes: Buffer): Buffer {
  const block = bytes.subarray(language.length).toString('latin1').replaceAll('\n', '\r\n');
  return Buffer.from(language + block, 'latin1');
}

function certificatesAlone(): string {
  return bench.run('crl2pkcs7 -nocrl -certfile root.pem');
}

function twoSigners(): Buffer {
  return bench.sign(language, 'signer', 'smime -sign -binary -outform PEM -signer weak.pem -inkey weak.key');
}

function encrypted(): string {
  bench.write('plain', language);
  return bench.run('smime -encrypt -aes128 -outform PEM -in plain signer.pem');
}
