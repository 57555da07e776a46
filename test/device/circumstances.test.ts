import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deviceCertificateOf, storedTrust } from '../../src/device/circumstances.ts';
import { type FlashContents, factoryFlash, type StoredFile } from '../../src/device/flash-contents.ts';
import { defaultPolicy } from '../../src/device/security-policy.ts';
import { signFile } from '../../src/device/sign-file.ts';
import { makeTestSigner } from '../../src/device/signing-key.ts';

const made = makeTestSigner({ notBefore: 0, days: 1 });
const bodies = new Map<string, Uint8Array>();

function stored(name: string, content: string | Uint8Array): StoredFile {
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  bodies.set(sha256, bytes);
  return { name, content: { sizeBytes: bytes.length, sha256, receivedAt: '2026-01-01T00:00:00.000Z' } };
}

function trustOf(files: FlashContents['files']) {
  const flash = { ...factoryFlash({ mac: '001B4F123001' }), files };
  return storedTrust(flash, (sha256) => bodies.get(sha256));
}

const policy = 'KEY_SIZE 2048\nSEC_POLICY_ACCEPT VAL_MANUAL_B\n';
const inForce = new Map([...defaultPolicy, ['KEY_SIZE', '2048'], ['SEC_POLICY_ACCEPT', 'VAL_MANUAL_B']]);

describe('what flash holds of trust', () => {
  const cases: [title: string, files: FlashContents['files'], expected: ReturnType<typeof storedTrust>][] = [
    ['is nothing in a factory-fresh phone', {}, { roots: [], crls: [], policy: defaultPolicy }],
    [
      'is its roots, which may hold revocation lists too',
      { USER_KEYS: [stored('root.pem', made.root)] },
      { roots: [made.root], crls: [Buffer.from(made.root)], policy: defaultPolicy },
    ],
    [
      'is its revocation list',
      { CRL: [stored('list.crl', 'a list')] },
      { roots: [], crls: [Buffer.from('a list')], policy: defaultPolicy },
    ],
    [
      'is its policy over the defaults',
      { SEC_POLICY: [stored('policy.txt', policy)] },
      { roots: [], crls: [], policy: inForce },
    ],
    [
      'is a signed policy without its signature',
      {
        SEC_POLICY: [
          stored(
            'policy.txt.sig',
            signFile(Buffer.from(policy), { key: made.key, certificates: made.certificate }),
          ),
        ],
      },
      { roots: [], crls: [], policy: inForce },
    ],
    [
      'is nothing of a file whose content is unknown',
      { USER_KEYS: [{ name: 'root.pem' }], SEC_POLICY: [{ name: 'p' }] },
      { roots: [], crls: [], policy: defaultPolicy },
    ],
  ];
  test.for(cases)('%s', ([, files, expected]) => {
    expect(trustOf(files)).toEqual(expected);
  });
});

describe('the device certificate a phone shows', () => {
  const pem = `${made.key}${made.certificate}`;
  const cases: [title: string, files: FlashContents['files'], expected: string | undefined][] = [
    ['is none in a factory-fresh phone', {}, undefined],
    ['is what [DEV_CERT] left in flash', { DEV_CERT: [stored('phone.p12', pem)] }, pem],
    ['is none where flash has only a name', { DEV_CERT: [{ name: 'phone.p12' }] }, undefined],
    ['is none where a key store was put by hand', { DEV_CERT: [stored('phone.p12', 'a store')] }, undefined],
  ];
  test.for(cases)('%s', ([, files, expected]) => {
    const flash = { ...factoryFlash({ mac: '001B4F123001' }), files };
    expect(deviceCertificateOf(flash, (sha256) => bodies.get(sha256))).toBe(expected);
  });
});
