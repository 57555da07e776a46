import { describe, expect, test } from 'vitest';
import type { Authenticity } from '../../src/device/circumstances.ts';
import { makeImage } from '../../src/device/image.ts';
import { signFile } from '../../src/device/sign-file.ts';
import { makeTestSigner } from '../../src/device/signing-key.ts';
import { verify } from '../../src/device/verify.ts';
import { verifyFirmware } from '../../src/device/verify-firmware.ts';
import { firmware, section } from '../provisioning/sections.ts';
import { circumstances } from './a-phone.ts';
import { received, streamed } from './received.ts';

const load = 'SIP12x004.04.09.00';
const dates = { notBefore: Date.parse('2026-01-01T00:00:00Z'), days: 3650 };
const signer = makeTestSigner(dates);
const stranger = makeTestSigner(dates);
const key = { key: signer.key, certificates: signer.certificate };
const signedBy = { signedBy: signer.root };

const image = makeImage({ load, sizeBytes: 200_000 });
const language = Buffer.from('##1 a\r\n##2 b\r\n##3 c\r\n');
const forged = (content: Uint8Array) => {
  const copy = Buffer.from(signFile(content, key));
  const at = content.length - 3;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

const unproven = `NOT_AUTHENTICATED file is as its signer left it; a real phone would also check that the signer is Avaya's`;
const unsigned = "NOT_AUTHENTICATED file: a real phone would also check Avaya's signature";
const altered =
  'AUTHENTICATION_FAILED file was altered after it was signed: the bytes it covers are not those that were signed';
const byStranger =
  "AUTHENTICATION_FAILED file does not authenticate: signer O=deskphone-emulator, CN=deskphone test signer is issued by none of the phone's roots";

const cases: [
  title: string,
  make: (content: Uint8Array) => Uint8Array,
  authenticity: Authenticity,
  verdict: string[],
][] = [
  ['accept takes an unsigned one and says so', (content) => content, 'accept', ['accepted', unsigned]],
  [
    'accept takes one that is signed by anybody and says so',
    (content) => signFile(content, key),
    'accept',
    ['accepted', unproven],
  ],
  ['accept refuses an altered one', forged, 'accept', [altered]],
  [
    'reject refuses an unsigned one',
    (content) => content,
    'reject',
    ["AUTHENTICATION_FAILED file does not authenticate: this phone takes nothing for the maker's"],
  ],
  [
    'reject refuses a signed one',
    (content) => signFile(content, key),
    'reject',
    ["AUTHENTICATION_FAILED file does not authenticate: this phone takes nothing for the maker's"],
  ],
  ['signed-by takes one signed under the root', (content) => signFile(content, key), signedBy, ['accepted']],
  [
    'signed-by takes one signed with SHA-1',
    (content) => signFile(content, key, 'sha1'),
    signedBy,
    ['accepted'],
  ],
  [
    'signed-by refuses an unsigned one',
    (content) => content,
    signedBy,
    ['AUTHENTICATION_FAILED file does not authenticate: it is not signed'],
  ],
  [
    'signed-by refuses one signed under another root',
    (content) => signFile(content, key),
    { signedBy: stranger.root },
    [byStranger],
  ],
  ['signed-by refuses an altered one', forged, signedBy, [altered]],
];

describe('[FW]', () => {
  test.for(cases)('%s', ([, make, authenticity, expected]) => {
    const file = streamed(make(image));
    const verdict = verifyFirmware(firmware(load), file, circumstances({ authenticity }));
    expect(
      verdict.verdict === 'accepted'
        ? ['accepted', ...verdict.problems.map(({ code, message }) => `${code} ${message}`)]
        : [`${verdict.code} ${verdict.message}`],
    ).toEqual(expected);
  });

  test('the load is that of the image, signed or not', () => {
    for (const content of [image, signFile(image, key)]) {
      const verdict = verifyFirmware(firmware('SIP12x004.01.13.00'), streamed(content), circumstances());
      expect(verdict).toMatchObject({ verdict: 'accepted', load });
    }
  });
});

describe('[LANGUAGE]', () => {
  test.for(cases)('%s', ([, make, authenticity, expected]) => {
    const verdict = verify(
      section({ name: 'LANGUAGE' }),
      received(make(language)),
      circumstances({ authenticity }),
    );
    expect(
      verdict.verdict === 'accepted'
        ? ['accepted', ...verdict.problems.map(({ code, message }) => `${code} ${message}`)]
        : verdict.verdict === 'refused' && [`${verdict.code} ${verdict.message}`],
    ).toEqual(expected);
  });
});

describe('an image is refused whatever its signature', () => {
  const rows: [title: string, content: Uint8Array, load: string, expected: string][] = [
    [
      'when it is too small',
      image.subarray(0, 65_535),
      load,
      'WRONG_FORMAT file has 65535 bytes; expected an image of at least 65536 bytes',
    ],
    [
      'when it is text',
      Buffer.alloc(70_000, 'text '),
      load,
      'WRONG_FORMAT file is text; expected a firmware image',
    ],
    [
      'when nothing names its load',
      Buffer.alloc(70_000, 1),
      '04011300',
      'WRONG_FORMAT file: neither the image, nor FILENAME, nor VERSION "04011300" names a load; expected SIP12x0NN.NN.NN.NN',
    ],
    [
      'when it is for another family',
      makeImage({ load: 'SIP1140e04.04.09.00', sizeBytes: 70_000 }),
      load,
      'WRONG_HARDWARE file is SIP1140e04.04.09.00; this phone takes SIP12x0 loads only',
    ],
  ];
  test.for(rows)('%s', ([, content, version, expected]) => {
    const verdict = verifyFirmware(firmware(version), streamed(content), circumstances());
    expect(verdict.verdict === 'refused' && `${verdict.code} ${verdict.message}`).toBe(expected);
  });
});
