import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { distrust, type Trust } from '../../src/device/certificate-chain.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { intermediateExtensions, OpensslBench, signerExtensions } from './openssl.ts';

const bench = new OpensslBench();
bench.root('root');
bench.root('stranger');
bench.issue('signer', 'root');
bench.issue('between', 'root', { extensions: intermediateExtensions });
bench.issue('below', 'between');
bench.issue('between-two', 'between', { extensions: intermediateExtensions });
bench.issue('far-below', 'between-two');
bench.issue('not-an-issuer', 'root', { extensions: signerExtensions });
bench.issue('by-no-issuer', 'not-an-issuer');

const DAY_MS = 86_400_000;
const certificate = (name: string) => new X509Certificate(bench.read(`${name}.pem`));
const validFrom = Date.parse(certificate('signer').validFrom);
/** A list of the root that names a certificate. */
const revoking = (name: string) => bench.revocationList('root', [bench.serialOf(name)]);

const base: Trust = {
  roots: [bench.text('root.pem')],
  crls: [],
  quirks: defaultQuirks,
  nowMs: validFrom + DAY_MS,
};
const enforce = { ...defaultQuirks, signerDates: 'enforce' } as const;
const tenYearsOn = validFrom + 3_651 * DAY_MS;

const cases: [
  title: string,
  signer: string,
  others: string[],
  trust: Partial<Trust>,
  why: string | undefined,
][] = [
  ['issued by a root is trusted', 'signer', [], {}, undefined],
  [
    'issued by one of several roots in one text is trusted',
    'signer',
    [],
    { roots: [bench.text('stranger.pem') + bench.text('root.pem')] },
    undefined,
  ],
  [
    'issued by one of several roots is trusted',
    'signer',
    [],
    { roots: [bench.text('stranger.pem'), bench.text('root.pem')] },
    undefined,
  ],
  ['issued by an intermediate that came along is trusted', 'below', ['between'], {}, undefined],
  [
    'whose intermediate is itself a stored root is trusted',
    'below',
    [],
    { roots: [bench.text('between.pem')] },
    undefined,
  ],
  [
    'whose intermediate did not come along is not',
    'below',
    [],
    {},
    "signer CN=below is issued by none of the phone's roots",
  ],
  [
    'two intermediates away is not',
    'far-below',
    ['between-two', 'between'],
    {},
    "signer CN=far-below is issued by none of the phone's roots",
  ],
  [
    'issued by a certificate that may not issue is not',
    'by-no-issuer',
    ['not-an-issuer'],
    {},
    "signer CN=by-no-issuer is issued by none of the phone's roots",
  ],
  [
    'issued by somebody else is not',
    'signer',
    [],
    { roots: [bench.text('stranger.pem')] },
    "signer CN=signer is issued by none of the phone's roots",
  ],
  [
    'is not trusted by a phone without roots',
    'signer',
    [],
    { roots: [] },
    "signer CN=signer is issued by none of the phone's roots",
  ],
  [
    'is not trusted by a phone whose root is no certificate',
    'signer',
    [],
    { roots: ['root'] },
    "signer CN=signer is issued by none of the phone's roots",
  ],
  [
    'that is the root is not',
    'root',
    [],
    {},
    'signer CN=root is a self-signed root; a signing certificate must be issued by one',
  ],
  [
    'that is revoked is not',
    'signer',
    [],
    { crls: [revoking('signer')] },
    'signer CN=signer or its issuer is revoked',
  ],
  [
    'whose issuer is revoked is not',
    'below',
    ['between'],
    { crls: [revoking('between')] },
    'signer CN=below or its issuer is revoked',
  ],
  ['is trusted when another is revoked', 'signer', [], { crls: [revoking('between')] }, undefined],
  ['is trusted when the list cannot be read', 'signer', [], { crls: [Buffer.from('no list')] }, undefined],
  ['that has expired is trusted', 'signer', [], { nowMs: tenYearsOn }, undefined],
  [
    'that has expired is not, where dates are enforced',
    'signer',
    [],
    { nowMs: tenYearsOn, quirks: enforce },
    `CN=signer is valid from ${certificate('signer').validFrom} to ${certificate('signer').validTo}`,
  ],
  [
    'that is not valid yet is not, where dates are enforced',
    'signer',
    [],
    { nowMs: validFrom - DAY_MS, quirks: enforce },
    `CN=signer is valid from ${certificate('signer').validFrom} to ${certificate('signer').validTo}`,
  ],
  ['within its dates is trusted, where they are enforced', 'signer', [], { quirks: enforce }, undefined],
];

describe('a signer', () => {
  test.for(cases)('%s', ([, signer, others, trust, why]) => {
    expect(distrust(certificate(signer), others.map(certificate), { ...base, ...trust })).toBe(why);
  });
});
