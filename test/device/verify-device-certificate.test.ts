import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../../src/device/circumstances.ts';
import type { Asking, Verdict } from '../../src/device/verdict.ts';
import { verify } from '../../src/device/verify.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { section } from '../provisioning/sections.ts';
import { circumstances } from './a-phone.ts';
import { OpensslBench } from './openssl.ts';
import { received } from './received.ts';

const bench = new OpensslBench();
const extensions = ['basicConstraints=CA:false', 'keyUsage=digitalSignature,keyEncipherment'];
bench.root('root');
bench.issue('device', 'root', { bits: 2048, extensions });
bench.issue('small', 'root', { bits: 1024, extensions });
bench.run(
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.key -out ec.pem -days 9 -subj /CN=ec',
);

/** How a store is made, other than with today's defaults of openssl. */
function keyStore(name: string, password: string, more = ''): Buffer {
  bench.run(
    `pkcs12 -export -inkey ${name}.key -in ${name}.pem -out ${name}.p12 ${more} -passout`,
    `pass:${password}`,
  );
  return bench.read(`${name}.p12`);
}

/** The words before a certificate in the message of its refusal. */
const subject = 'file: CN=device';
const DAY_MS = 86_400_000;
const validTo = new X509Certificate(bench.read('device.pem')).validTo;
const legacy = '-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1';
const scep = { ...defaultQuirks, deviceCertProfile: 'scep' } as const;

function verdictOn(
  content: string | Uint8Array,
  given: Partial<Circumstances>,
  rules = {},
): Verdict | Asking {
  return verify(section({ name: 'DEV_CERT' }), received(content), circumstances(given, rules));
}

function brief(verdict: Verdict | Asking): string {
  switch (verdict.verdict) {
    case 'accepted':
      return 'accepted';
    case 'refused':
      return `${verdict.code} ${verdict.message}`;
    case 'asks':
      return `asks ${verdict.question.kind}: ${verdict.question.text}`;
  }
}

type Row = [
  title: string,
  content: string | Uint8Array,
  given: Partial<Circumstances>,
  rules: Readonly<Record<string, string>>,
  verdict: string,
];

const store = keyStore('device', 'secret');
const small = keyStore('small', 'secret');
const rows: Row[] = [
  ['its password is asked for', store, {}, {}, 'asks pkcs12-password: Password of file?'],
  ['an empty one too', keyStore('device', ''), {}, {}, 'asks pkcs12-password: Password of file?'],
  ['the right password opens it', store, { answer: 'secret' }, {}, 'accepted'],
  ['an empty password opens one that has none', keyStore('device', ''), { answer: '' }, {}, 'accepted'],
  [
    'an old one with triple DES is opened',
    keyStore('device', 'secret', legacy),
    { answer: 'secret' },
    {},
    'accepted',
  ],
  [
    'one with the root in it is opened',
    keyStore('device', 'secret', '-certfile root.pem'),
    { answer: 'secret' },
    {},
    'accepted',
  ],
  [
    'a wrong password is refused',
    store,
    { answer: 'Secret' },
    {},
    'WRONG_PASSWORD file: the password does not open it',
  ],
  [
    'an empty password is refused where there is one',
    store,
    { answer: '' },
    {},
    'WRONG_PASSWORD file: the password does not open it',
  ],
  [
    'a password is refused where there is none',
    keyStore('device', ''),
    { answer: 'secret' },
    {},
    'WRONG_PASSWORD file: the password does not open it',
  ],
  [
    'a wrong password for an old one is refused',
    keyStore('device', 'secret', legacy),
    { answer: 'x' },
    {},
    'WRONG_PASSWORD file: the password does not open it',
  ],
  ['a key of 1024 bits is enough for KEY_SIZE 1024', small, { answer: 'secret' }, {}, 'accepted'],
  [
    'a key of 1024 bits is refused under KEY_SIZE 2048',
    small,
    { answer: 'secret' },
    { KEY_SIZE: '2048' },
    'BAD_CERTIFICATE file: CN=small has a key of 1024 bits; KEY_SIZE is 2048',
  ],
  [
    'a key of 2048 bits is enough for KEY_SIZE 2048',
    store,
    { answer: 'secret' },
    { KEY_SIZE: '2048' },
    'accepted',
  ],
  [
    'an elliptic key is refused',
    keyStore('ec', 'secret'),
    { answer: 'secret' },
    {},
    'BAD_CERTIFICATE file: its key is not RSA',
  ],
  [
    'an expired one is refused',
    store,
    { answer: 'secret', nowMs: Date.parse(validTo) + 1 },
    {},
    `BAD_CERTIFICATE ${subject} expired on ${validTo}`,
  ],
  [
    'it is taken on its last day',
    store,
    { answer: 'secret', nowMs: Date.parse(validTo) - DAY_MS },
    {},
    'accepted',
  ],
  [
    'a revoked one is refused',
    store,
    { answer: 'secret', crls: [bench.revocationList('root', [bench.serialOf('device')])] },
    {},
    `BAD_CERTIFICATE ${subject} is revoked`,
  ],
  [
    'it is taken when another is revoked',
    store,
    { answer: 'secret', crls: [bench.revocationList('root', [bench.serialOf('small')])] },
    {},
    'accepted',
  ],
  [
    'a profile that is set for SCEP refuses it without a question',
    store,
    { quirks: scep },
    {},
    'BAD_CERTIFICATE file: certificate profile 1 is set for SCEP, not for PKCS#12',
  ],
  [
    'a certificate in PEM is refused without a question',
    bench.read('device.pem'),
    {},
    {},
    'WRONG_FORMAT file: it is no PKCS #12',
  ],
  [
    'a certificate in DER is refused without a question',
    new X509Certificate(bench.read('device.pem')).raw,
    {},
    {},
    'WRONG_FORMAT file: it is no PKCS #12',
  ],
  [
    'one that is cut off is refused without a question',
    store.subarray(0, -1),
    {},
    {},
    'WRONG_FORMAT file: it is no PKCS #12',
  ],
  ['nothing is refused without a question', '', {}, {}, 'WRONG_FORMAT file: it is no PKCS #12'],
  [
    'one with certificates alone is refused',
    certificatesAlone(),
    { answer: 'secret' },
    {},
    'WRONG_FORMAT file: it holds no private key',
  ],
  [
    'one whose key has no certificate is refused',
    keyAlone(),
    { answer: 'secret' },
    {},
    'WRONG_FORMAT file: no certificate in it is of its key',
  ],
  [
    'one that would take hours to open is refused without a question',
    hostile(),
    {},
    {},
    'WRONG_FORMAT file: it wants its password digested 1000000 times; expected at most 100000',
  ],
  [
    'one beyond our own limit is refused without a question',
    Buffer.alloc(128 * 1024 + 1, 0x30),
    {},
    {},
    'WRONG_FORMAT file: it has 131073 bytes; expected at most 131072',
  ],
];

describe('[DEV_CERT]', () => {
  test.for(rows)('%s', ([, content, given, rules, expected]) => {
    expect(brief(verdictOn(content, given, rules))).toBe(expected);
  });

  test('its key and certificates are kept, opened, in a text that TLS takes for both', () => {
    const verdict = verdictOn(keyStore('device', 'secret', '-certfile root.pem'), { answer: 'secret' });
    const kept = verdict.verdict === 'accepted' ? verdict.keeps : undefined;
    const pem = Buffer.from(kept?.bytes ?? []).toString('latin1');
    expect(kept).toMatchObject({ name: 'file', sizeBytes: pem.length });
    expect(pem.match(/-----BEGIN .*-----/g)).toEqual([
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----',
      '-----BEGIN CERTIFICATE-----',
    ]);
    const own = new X509Certificate(bench.read('device.pem'));
    expect(own.checkPrivateKey(createPrivateKey(pem))).toBe(true);
    // The test's own root has 1,024 bits, which newer OpenSSL takes at its lowest level only.
    expect(() => createSecureContext({ key: pem, cert: pem, ciphers: 'DEFAULT@SECLEVEL=0' })).not.toThrow();
  });
});

function certificatesAlone(): Buffer {
  bench.run('pkcs12 -export -nokeys -in root.pem -out alone.p12 -passout pass:secret');
  return bench.read('alone.p12');
}

function keyAlone(): Buffer {
  bench.run('pkcs12 -export -nocerts -inkey small.key -out key.p12 -passout pass:secret');
  return bench.read('key.p12');
}

function hostile(): Buffer {
  return keyStore('device', 'secret', '-iter 1000000');
}
