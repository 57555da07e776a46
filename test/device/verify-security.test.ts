import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../../src/device/circumstances.ts';
import { type Asking, refuseUnanswered, type Verdict } from '../../src/device/verdict.ts';
import { verify } from '../../src/device/verify.ts';
import { verifyConfiguration } from '../../src/device/verify-configuration.ts';
import type { SectionName } from '../../src/provisioning/words.ts';
import { section } from '../provisioning/sections.ts';
import { circumstances } from './a-phone.ts';
import { OpensslBench } from './openssl.ts';
import { received } from './received.ts';

const bench = new OpensslBench();
bench.root('customer');
bench.root('maker');
bench.issue('signer', 'customer');
bench.issue('makers-signer', 'maker');
bench.issue('plain-signer', 'customer', {
  extensions: ['basicConstraints=CA:false', 'subjectKeyIdentifier=none', 'authorityKeyIdentifier=none'],
});
const roots = [bench.text('customer.pem')];
const signedByMaker = { authenticity: { signedBy: bench.text('maker.pem') } } as const;

type Row = [
  title: string,
  content: string | Uint8Array,
  given: Partial<Circumstances>,
  rules: Readonly<Record<string, string>>,
  verdict: readonly string[],
];

function verdictOn(name: SectionName, [, content, given, rules]: Row): readonly string[] {
  return brief(verify(section({ name }), received(content, 'file'), circumstances(given, rules)));
}

function brief(verdict: Verdict | Asking): readonly string[] {
  switch (verdict.verdict) {
    case 'accepted':
      return ['accepted', ...verdict.problems.map(({ code, message }) => `${code} ${message}`)];
    case 'refused':
      return [`${verdict.code} ${verdict.message}`];
    case 'asks': {
      const { kind, text, fingerprint } = verdict.question;
      return ['asks', kind, text, ...(fingerprint === undefined ? [] : [fingerprint])];
    }
  }
}

const fingerprintOf = (content: string | Uint8Array) =>
  (createHash('sha1').update(content).digest('hex').toUpperCase().match(/../g) ?? []).join(':');
const altered = (content: Buffer) => Buffer.concat([Buffer.from('#\n'), content]);

const otherBytes =
  'AUTHENTICATION_FAILED file was altered after it was signed: the bytes it covers are not those that were signed';
const unknownSigner = "signer CN=makers-signer is issued by none of the phone's roots";
const mustBeSigned =
  'AUTHENTICATION_FAILED file: a customer root is stored, so the file must be signed under it';
const lacking =
  'SIGNER_DOUBTFUL file: signer CN=plain-signer lacks Subject Key Identifier, Authority Key Identifier, key usage digital signature, extended key usage code signing, extended key usage secure e-mail';

describe('[USER_KEYS]', () => {
  const root = bench.text('customer.pem');
  const signedRoot = bench.sign(root, 'signer');
  const two = `${root}\n${bench.text('maker.pem')}`;
  const fingerprint = fingerprintOf(root);
  const enter = { CUST_CERT_ACCEPT: 'VAL_MANUAL_B' };
  const rows: Row[] = [
    [
      'the first one is shown with its fingerprint',
      root,
      {},
      {},
      ['asks', 'accept-fingerprint', 'Accept file?', fingerprint],
    ],
    [
      'several in one file are shown with one fingerprint',
      two,
      {},
      {},
      ['asks', 'accept-fingerprint', 'Accept file?', fingerprintOf(two)],
    ],
    ['it is taken when the user accepts', root, { answer: 'yes' }, {}, ['accepted']],
    [
      'it is refused when the user does not',
      root,
      { answer: 'no' },
      {},
      [`NOT_CONFIRMED file: the fingerprint ${fingerprint} was not accepted`],
    ],
    [
      'VAL_MANUAL_B: the user is asked for the fingerprint, which is not shown',
      root,
      {},
      enter,
      ['asks', 'enter-fingerprint', 'Fingerprint of file?'],
    ],
    ['it is taken when the user enters it', root, { answer: fingerprint }, enter, ['accepted']],
    [
      'it is taken when the user enters it in small letters without colons',
      root,
      { answer: fingerprint.toLowerCase().replaceAll(':', '') },
      enter,
      ['accepted'],
    ],
    [
      'it is refused when the user enters another',
      root,
      { answer: 'AB:CD' },
      enter,
      [`NOT_CONFIRMED file: another fingerprint was entered; the file has ${fingerprint}`],
    ],
    [
      'it is refused when the user enters yes',
      root,
      { answer: 'yes' },
      enter,
      [`NOT_CONFIRMED file: another fingerprint was entered; the file has ${fingerprint}`],
    ],
    [
      'it is taken without a question when the maker signed it',
      bench.sign(root, 'makers-signer'),
      signedByMaker,
      {},
      ['accepted'],
    ],
    [
      'one signed by somebody unknown is shown with its fingerprint, signature included',
      signedRoot,
      {},
      {},
      ['asks', 'accept-fingerprint', 'Accept file?', fingerprintOf(signedRoot)],
    ],
    [
      'altered after it was signed, it is refused without a question',
      altered(bench.sign(root, 'signer')),
      {},
      {},
      [otherBytes],
    ],
    [
      'a second one that is signed under the first is taken',
      bench.sign(bench.text('maker.pem'), 'signer'),
      { roots },
      {},
      ['accepted'],
    ],
    [
      'a second one without signature is refused',
      bench.text('maker.pem'),
      { roots },
      {},
      [`${mustBeSigned}: it is not signed`],
    ],
    [
      'a second one signed under another root is refused',
      bench.sign(root, 'makers-signer'),
      { roots },
      {},
      [`${mustBeSigned}: ${unknownSigner}`],
    ],
    [
      'VAL_NO_CHECK: a second one without signature is taken and told',
      bench.text('maker.pem'),
      { roots },
      { CUST_CERT_ACCEPT: 'VAL_NO_CHECK' },
      ['accepted', "NOT_AUTHENTICATED file: a real phone would also check Avaya's signature"],
    ],
    [
      'VAL_NO_CHECK: the first one is still shown',
      root,
      {},
      { CUST_CERT_ACCEPT: 'VAL_NO_CHECK' },
      ['asks', 'accept-fingerprint', 'Accept file?', fingerprint],
    ],
    [
      'VAL_NO_CHECK: a second one that was altered is refused',
      altered(bench.sign(root, 'signer')),
      { roots },
      { CUST_CERT_ACCEPT: 'VAL_NO_CHECK' },
      [otherBytes],
    ],
    [
      'a signer without the documented attributes is told',
      bench.sign(root, 'plain-signer'),
      { roots },
      {},
      ['accepted', lacking],
    ],
    [
      'text without a certificate is refused',
      'root',
      {},
      {},
      ['WRONG_FORMAT file holds 0 certificates and 0 that cannot be read; expected certificates in PEM'],
    ],
    [
      'a certificate that cannot be read is refused with the others',
      `${root}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      {},
      {},
      ['WRONG_FORMAT file holds 1 certificates and 1 that cannot be read; expected certificates in PEM'],
    ],
    [
      'a private key is refused',
      bench.text('customer.key'),
      {},
      {},
      ['WRONG_FORMAT file holds 0 certificates and 0 that cannot be read; expected certificates in PEM'],
    ],
  ];
  test.for(rows)('%s', (row) => {
    expect(verdictOn('USER_KEYS', row)).toEqual(row.at(-1));
  });
});

describe('[SEC_POLICY]', () => {
  const policy = 'CERT_ADMIN_UI_ENABLE YES\r\nKEY_SIZE 2048\r\n';
  const rows: Row[] = [
    [
      'without a root it is shown with its fingerprint',
      policy,
      {},
      {},
      ['asks', 'accept-fingerprint', 'Accept file?', fingerprintOf(policy)],
    ],
    ['it is taken when the user accepts', policy, { answer: 'yes' }, {}, ['accepted']],
    [
      'VAL_MANUAL_B: the user is asked for the fingerprint',
      policy,
      {},
      { SEC_POLICY_ACCEPT: 'VAL_MANUAL_B' },
      ['asks', 'enter-fingerprint', 'Fingerprint of file?'],
    ],
    [
      'the rule for roots does not count for it',
      policy,
      {},
      { CUST_CERT_ACCEPT: 'VAL_MANUAL_B' },
      ['asks', 'accept-fingerprint', 'Accept file?', fingerprintOf(policy)],
    ],
    [
      'with a root it is taken signed, and nobody is asked',
      bench.sign(policy, 'signer'),
      { roots },
      {},
      ['accepted'],
    ],
    ['with a root it is refused unsigned', policy, { roots }, {}, [`${mustBeSigned}: it is not signed`]],
    [
      'with a root VAL_NO_CHECK for roots does not count for it',
      policy,
      { roots },
      { CUST_CERT_ACCEPT: 'VAL_NO_CHECK' },
      [`${mustBeSigned}: it is not signed`],
    ],
    [
      'with a root it is refused signed by somebody else',
      bench.sign(policy, 'makers-signer'),
      { roots },
      {},
      [`${mustBeSigned}: ${unknownSigner}`],
    ],
    [
      'with a root it is refused when the signer is the root itself',
      bench.sign(policy, 'customer'),
      { roots },
      {},
      [
        `${mustBeSigned}: signer CN=customer is a self-signed root; a signing certificate must be issued by one`,
      ],
    ],
    [
      'altered it is refused whoever signed it',
      altered(bench.sign(policy, 'makers-signer')),
      {},
      {},
      [otherBytes],
    ],
    [
      'rules that nobody has documented are told',
      `${policy}NEW_RULE YES\n`,
      { answer: 'yes' },
      {},
      ['accepted', 'POLICY_LINE NEW_RULE is no rule this phone knows; it has no effect'],
    ],
    [
      'lines that are no rule are told',
      `${policy}key_size=1\n`,
      { answer: 'yes' },
      {},
      ['accepted', 'POLICY_LINE "key_size=1" is skipped; expected NAME value'],
    ],
    [
      'text without a rule is refused',
      'hello\n',
      {},
      {},
      ['WRONG_FORMAT file holds no rule; expected lines of NAME value'],
    ],
    [
      'a signature alone is refused',
      bench.sign('', 'signer'),
      { roots },
      {},
      ['WRONG_FORMAT file holds no rule; expected lines of NAME value'],
    ],
  ];
  test.for(rows)('%s', (row) => {
    expect(verdictOn('SEC_POLICY', row)).toEqual(row.at(-1));
  });
});

describe('[CTL]', () => {
  const dates = 'NOT_VALID_BEFORE: 23/11/2007 11:12:13\nNOT_VALID_AFTER: 25/10/2031 22:23:24\n';
  const list = dates + bench.text('maker.pem');
  const eleven = dates + bench.text('maker.pem').repeat(11);
  const pad = (text: string, sizeBytes: number) => text.padEnd(sizeBytes, '\n');
  const signature = bench.sign(list, 'signer').length - list.length;
  const dated = (date: string) => bench.sign(list.replace('25/10/2031 22:23:24', date), 'signer');
  const noDate = 'WRONG_FORMAT file has no line NOT_VALID_AFTER: DD/MM/YYYY HH:MM:SS';
  const rows: Row[] = [
    ['is taken signed under a stored root', bench.sign(list, 'signer'), { roots }, {}, ['accepted']],
    [
      "is taken signed under the maker's",
      bench.sign(list, 'makers-signer'),
      { roots, ...signedByMaker },
      {},
      ['accepted'],
    ],
    [
      'is refused unsigned',
      list,
      { roots },
      {},
      ['AUTHENTICATION_FAILED file must be signed by a trusted entity: it is not signed'],
    ],
    [
      'is refused unsigned by a phone without roots',
      list,
      {},
      {},
      ['AUTHENTICATION_FAILED file must be signed by a trusted entity: it is not signed'],
    ],
    [
      'is refused signed by somebody else',
      bench.sign(list, 'makers-signer'),
      { roots },
      {},
      [`AUTHENTICATION_FAILED file must be signed by a trusted entity: ${unknownSigner}`],
    ],
    [
      'is taken with a note by a phone without roots',
      bench.sign(list, 'signer'),
      {},
      {},
      [
        'accepted',
        "NOT_AUTHENTICATED file is as its signer left it; a real phone would also check that the signer is Avaya's",
      ],
    ],
    [
      "is refused by a phone without roots that takes nothing for the maker's",
      bench.sign(list, 'signer'),
      { authenticity: 'reject' },
      {},
      [
        "AUTHENTICATION_FAILED file must be signed by a trusted entity: signer CN=signer is issued by none of the phone's roots",
      ],
    ],
    ['is refused altered', altered(bench.sign(list, 'signer')), { roots }, {}, [otherBytes]],
    [
      'is refused with one date altered',
      Buffer.from(bench.sign(list, 'signer').toString('latin1').replace('2031', '2032'), 'latin1'),
      { roots },
      {},
      [otherBytes],
    ],
    [
      'is taken at 20 KB',
      bench.sign(pad(list, 20 * 1024 - signature), 'signer'),
      { roots },
      {},
      ['accepted'],
    ],
    [
      'is refused a byte above',
      bench.sign(pad(list, 20 * 1024 - signature + 1), 'signer'),
      { roots },
      {},
      ['BAD_SIZE file has 20481 bytes; expected at most 20480'],
    ],
    [
      'is taken with the colon that one manual prints',
      dated('25/10/2031: 22:23:24'),
      { roots },
      {},
      ['accepted'],
    ],
    [
      'is refused expired',
      dated('25/10/2011 22:23:24'),
      { roots },
      {},
      ['BAD_CERTIFICATE file has expired: NOT_VALID_AFTER is 2011-10-25T22:23:24.000Z'],
    ],
    [
      'is taken before it is valid: the phone does not look',
      bench.sign(list.replace('2007', '2030'), 'signer'),
      { roots },
      {},
      ['accepted'],
    ],
    ['is refused with a date that there is not', dated('31/02/2031 22:23:24'), { roots }, {}, [noDate]],
    ['is refused with a date that cannot be read', dated('2031-10-25'), { roots }, {}, [noDate]],
    [
      'is refused without certificates',
      bench.sign(dates, 'signer'),
      { roots },
      {},
      ['WRONG_FORMAT file holds 0 certificates and 0 that cannot be read; expected certificates in PEM'],
    ],
    [
      'tells more certificates than ten',
      bench.sign(eleven, 'signer'),
      { roots },
      {},
      ['accepted', 'TRUST_LIST_LONG file lists 11 certificates; a phone trusts the first 10'],
    ],
  ];
  test.for(rows)('%s', (row) => {
    expect(verdictOn('CTL', row)).toEqual(row.at(-1));
  });
});

describe('[CRL]', () => {
  const serials = (count: number) =>
    Array.from({ length: count }, (_, index) => (0x1000 + index).toString(16).toUpperCase());
  const listOf = (issuer: string, count: number) => bench.revocationList(issuer, serials(count));
  const inDer = () => {
    listOf('customer', 3);
    bench.run('crl -in list.crl -outform DER -out list.der');
    return bench.read('list.der');
  };
  const rows: Row[] = [
    ['is taken in PEM', listOf('customer', 3), { roots }, {}, ['accepted']],
    ['is taken in DER', inDer(), { roots }, {}, ['accepted']],
    ['is taken without entries', listOf('customer', 0), { roots }, {}, ['accepted']],
    ['is taken with 100 entries', listOf('customer', 100), { roots }, {}, ['accepted']],
    [
      'is refused with 101',
      listOf('customer', 101),
      { roots },
      {},
      ['BAD_SIZE file has 101 entries; expected at most 100'],
    ],
    [
      'is refused with 101 in two lists',
      Buffer.concat([listOf('customer', 100), listOf('customer', 1)]),
      { roots },
      {},
      ['BAD_SIZE file has 101 entries; expected at most 100'],
    ],
    [
      'is refused by another issuer',
      listOf('maker', 3),
      { roots },
      {},
      ["AUTHENTICATION_FAILED file is signed by none of the phone's roots"],
    ],
    [
      'is refused when one of two lists is',
      Buffer.concat([listOf('customer', 1), listOf('maker', 1)]),
      { roots },
      {},
      ["AUTHENTICATION_FAILED file is signed by none of the phone's roots"],
    ],
    [
      'is refused altered',
      flippedInside(inDer()),
      { roots },
      {},
      ["AUTHENTICATION_FAILED file is signed by none of the phone's roots"],
    ],
    [
      'is taken with a note by a phone without roots',
      listOf('maker', 3),
      {},
      {},
      ['accepted', "NOT_AUTHENTICATED file: a real phone would also check Avaya's signature"],
    ],
    [
      'is refused when it is a certificate',
      bench.text('maker.pem'),
      { roots },
      {},
      ['WRONG_FORMAT file is no certificate revocation list in PEM or DER'],
    ],
    [
      'is refused when it is text',
      'none are revoked',
      { roots },
      {},
      ['WRONG_FORMAT file is no certificate revocation list in PEM or DER'],
    ],
    [
      'is refused when it is nothing',
      '',
      { roots },
      {},
      ['WRONG_FORMAT file is no certificate revocation list in PEM or DER'],
    ],
    [
      'is refused beyond our own limit before it is read',
      Buffer.alloc(256 * 1024 + 1, 0x30),
      { roots },
      {},
      ['BAD_SIZE file has 262145 bytes; expected at most 262144'],
    ],
  ];
  test.for(rows)('%s', (row) => {
    expect(verdictOn('CRL', row)).toEqual(row.at(-1));
  });
});

describe('SECURITY_POLICY_PARAM_CHANGE', () => {
  const text = '[FW]\nVERSION SIP12x004.04.09.00\n';
  const signed = bench.sign(text, 'signer');
  const yes = { SECURITY_POLICY_PARAM_CHANGE: 'YES' };
  const must = 'AUTHENTICATION_FAILED file: SECURITY_POLICY_PARAM_CHANGE is YES, so the file must be signed';
  /** Whether it is taken, and then what is read; else the refusal. */
  const readOf = ([, content, given, rules]: Row) => {
    const verdict = verifyConfiguration('provisioning-file', received(content), circumstances(given, rules));
    if (verdict.verdict === 'refused') return brief(verdict);
    return [...brief(verdict), Buffer.from(verdict.keeps?.bytes ?? []).toString('latin1')];
  };
  const rows: Row[] = [
    ['NO: an unsigned file is read', text, { roots }, {}, ['accepted', text]],
    ['NO: a signed file is read without its signature', signed, { roots }, {}, ['accepted', text]],
    [
      'NO: an altered file is read, with no authentication',
      Buffer.concat([Buffer.from('#'), signed]),
      { roots },
      {},
      ['accepted', `#${text}`],
    ],
    ['YES without a stored root has no effect', text, {}, yes, ['accepted', text]],
    ['YES: a signed file is read without its signature', signed, { roots }, yes, ['accepted', text]],
    [
      'YES: a doubtful signer is told',
      bench.sign(text, 'plain-signer'),
      { roots },
      yes,
      ['accepted', lacking, text],
    ],
    ['YES: an unsigned file is refused', text, { roots }, yes, [`${must}: it is not signed`]],
    [
      'YES: a file by another signer is refused',
      bench.sign(text, 'makers-signer'),
      { roots },
      yes,
      [`${must}: ${unknownSigner}`],
    ],
    [
      'YES: not even the maker may sign it',
      bench.sign(text, 'makers-signer'),
      { roots, ...signedByMaker },
      yes,
      [`${must}: ${unknownSigner}`],
    ],
    ['YES: an altered file is refused', altered(signed), { roots }, yes, [otherBytes]],
  ];
  test.for(rows)('%s', (row) => {
    expect(readOf(row)).toEqual(row.at(-1));
  });

  test('YES counts for configuration files too', () => {
    for (const name of ['DEVICE_CONFIG', 'USER_CONFIG'] as const) {
      expect(verdictOn(name, ['', text, { roots }, yes, []])).toEqual([`${must}: it is not signed`]);
    }
  });
});

test('a question that nobody answers is as good as No', () => {
  const question = { kind: 'pkcs12-password', file: 'device.p12', text: 'Password of device.p12?' } as const;
  expect(refuseUnanswered(question)).toEqual({
    verdict: 'refused',
    code: 'NOT_CONFIRMED',
    message: 'device.p12: nobody answered "Password of device.p12?"',
  });
});

function flippedInside(der: Buffer): Buffer {
  const copy = Buffer.from(der);
  const at = copy.indexOf(Buffer.from('1002', 'hex'));
  copy[at] = 0x11;
  return copy;
}
