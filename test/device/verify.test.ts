import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Asking, Verdict } from '../../src/device/verdict.ts';
import { verify } from '../../src/device/verify.ts';
import type { SectionName } from '../../src/provisioning/words.ts';
import { section } from '../provisioning/sections.ts';
import { circumstances } from './a-phone.ts';
import { received } from './received.ts';

/** `accepted` with its problems as `CODE message`, or `CODE message` of the refusal. */
function brief(verdict: Verdict | Asking): readonly string[] {
  switch (verdict.verdict) {
    case 'accepted':
      return ['accepted', ...verdict.problems.map(({ code, message }) => `${code} ${message}`)];
    case 'refused':
      return [`${verdict.code} ${verdict.message}`];
    case 'asks':
      return ['asks', verdict.question.kind];
  }
}

function verdictOn(name: SectionName, content: string | Uint8Array): readonly string[] {
  return brief(verify(section({ name }), received(content), circumstances()));
}

const unsigned = "NOT_AUTHENTICATED file: a real phone would also check Avaya's signature";

describe('[LANGUAGE]', () => {
  const cases: [title: string, content: string, expected: string[]][] = [
    [
      'takes a file with the three header lines',
      '##1 a\r\n##2 b\r\n##3 c\r\nk=v\r\n',
      ['accepted', unsigned],
    ],
    ['takes one with line feeds alone', '##1\n##2\n##3', ['accepted', unsigned]],
    ['refuses nothing', '', ['WRONG_FORMAT file has no header line ##1; expected a language file']],
    [
      'refuses one without the third',
      '##1\n##2\nk=v\n',
      ['WRONG_FORMAT file has no header line ##3; expected a language file'],
    ],
    [
      'refuses one with the lines in another order',
      '##2\n##1\n##3\n',
      ['WRONG_FORMAT file has no header line ##1; expected a language file'],
    ],
    [
      'refuses a web page',
      '<html></html>',
      ['WEB_PAGE file begins like a web page; expected the file of [LANGUAGE]'],
    ],
  ];
  test.for(cases)('%s', ([, content, expected]) => {
    expect(verdictOn('LANGUAGE', content)).toEqual(expected);
  });
});

describe('[LOGIN_BANNER]', () => {
  const cases: [title: string, content: string | Uint8Array, expected: string[]][] = [
    ['takes one byte', 'x', ['accepted']],
    ['takes 2048 bytes', 'x'.repeat(2048), ['accepted']],
    ['takes UTF-8', Buffer.from('Bienvenue \u00e0 tous'), ['accepted']],
    ['refuses 0 bytes', '', ['BAD_SIZE file has 0 bytes; expected 1 to 2048']],
    ['refuses 2049 bytes', 'x'.repeat(2049), ['BAD_SIZE file has 2049 bytes; expected 1 to 2048']],
    [
      'refuses 2049 bytes in fewer characters',
      Buffer.from(`${'x'.repeat(2047)}\u00e0`),
      ['BAD_SIZE file has 2049 bytes; expected 1 to 2048'],
    ],
    [
      'refuses Latin-1',
      Buffer.from('Bienvenue \u00e0 tous', 'latin1'),
      ['WRONG_FORMAT file is no UTF-8 text'],
    ],
    [
      'refuses a web page',
      '<!DOCTYPE html>',
      ['WEB_PAGE file begins like a web page; expected the file of [LOGIN_BANNER]'],
    ],
  ];
  test.for(cases)('%s', ([, content, expected]) => {
    expect(verdictOn('LOGIN_BANNER', content)).toEqual(expected);
  });
});

interface Wave {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  /** Chunks before `data`, in this order; the format is `fmt `. */
  readonly chunks?: readonly (readonly [name: string, body: string])[];
}

const FORMAT = 'fmt ';

function wave({ tag = 6, channels = 1, rate = 8_000, bits = 8, chunks = [[FORMAT, '']] }: Wave = {}): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt16LE(bits, 14);
  const body = [...chunks, ['data', '\xd5\xd5'] as const].map(([name, content]) =>
    chunk(name, name === FORMAT ? format : Buffer.from(content, 'latin1')),
  );
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...body]));
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

describe('[TONES]', () => {
  const expected = 'expected WAV, A-law or mu-law 8000 Hz 8 bit mono, or PCM 16000 Hz 16 bit mono';
  const wrong = (what: string) => [`WRONG_FORMAT file is ${what}; ${expected}`];
  const cases: [title: string, content: string | Uint8Array, verdict: string[]][] = [
    ['takes A-law', wave(), ['accepted']],
    ['takes mu-law', wave({ tag: 7 }), ['accepted']],
    ['takes PCM of 16 kHz and 16 bit', wave({ tag: 1, rate: 16_000, bits: 16 }), ['accepted']],
    [
      'skips chunks it does not know, of odd length too',
      wave({
        chunks: [
          [FORMAT, ''],
          ['fact', 'abcd'],
          ['LIST', 'abc'],
        ],
      }),
      ['accepted'],
    ],
    [
      'skips chunks before the format',
      wave({
        chunks: [
          ['LIST', 'a'],
          [FORMAT, ''],
        ],
      }),
      ['accepted'],
    ],
    ['takes the tone of the demo', readFileSync('fixtures/demo/tones/Chime.wav'), ['accepted']],
    ['refuses PCM of 8 kHz', wave({ tag: 1, bits: 16 }), wrong('WAV, PCM 8000 Hz 16 bit mono')],
    ['refuses PCM of 8 bit', wave({ tag: 1, rate: 16_000 }), wrong('WAV, PCM 16000 Hz 8 bit mono')],
    ['refuses A-law of 16 kHz', wave({ rate: 16_000 }), wrong('WAV, A-law 16000 Hz 8 bit mono')],
    ['refuses stereo', wave({ tag: 7, channels: 2 }), wrong('WAV, mu-law 8000 Hz 8 bit 2 channels')],
    [
      'refuses what a PC records',
      wave({ tag: 1, channels: 2, rate: 44_100, bits: 16 }),
      wrong('WAV, PCM 44100 Hz 16 bit 2 channels'),
    ],
    ['refuses MP3 in WAV', wave({ tag: 0x55 }), wrong('WAV, format 85 8000 Hz 8 bit mono')],
    ['refuses one without a format', wave({ chunks: [] }), wrong('WAV without a fmt chunk before its data')],
    [
      'refuses one whose format is cut',
      chunk(
        'RIFF',
        Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', Buffer.alloc(14)), chunk('data', Buffer.alloc(2))]),
      ),
      wrong('WAV without a fmt chunk before its data'),
    ],
    ['refuses one that ends before its sound', wave().subarray(0, 36), wrong('WAV without a data chunk')],
    ['refuses one that is cut off', wave().subarray(0, -1), wrong('WAV, cut off within its chunk "data"')],
    [
      'refuses MP3',
      'ID3\x03\0\0\0\0',
      wrong('no WAV: it begins with "ID3\\u0003\\u0000\\u0000\\u0000\\u0000"'),
    ],
    [
      'refuses a web page',
      '<html><body>',
      ['WEB_PAGE file begins like a web page; expected the file of [TONES]'],
    ],
    ['refuses nothing', '', wrong('no WAV: it begins with ""')],
  ];
  test.for(cases)('%s', ([, content, verdict]) => {
    expect(verdictOn('TONES', content)).toEqual(verdict);
  });
});

describe('[IMAGES]', () => {
  const cases: [title: string, content: string | Uint8Array, verdict: string[]][] = [
    ['takes PNG', '\x89PNG\r\n\x1a\n...', ['accepted']],
    ['takes JPEG', '\xff\xd8\xff\xe0...', ['accepted']],
    ['takes the picture of the demo', readFileSync('fixtures/demo/images/Background.png'), ['accepted']],
    ['refuses GIF', 'GIF89a', ['WRONG_FORMAT file begins with "GIF89a"; expected a PNG or JPEG picture']],
    [
      'refuses a PNG that a transfer in text mode has broken',
      '\x89PNG\n\x1a\n',
      ['WRONG_FORMAT file begins with "\\u0089PNG\\n\\u001a\\n"; expected a PNG or JPEG picture'],
    ],
    ['refuses a web page', '<html>', ['WEB_PAGE file begins like a web page; expected the file of [IMAGES]']],
    ['refuses nothing', '', ['WRONG_FORMAT file begins with ""; expected a PNG or JPEG picture']],
  ];
  test.for(cases)('%s', ([, content, verdict]) => {
    expect(verdictOn('IMAGES', content)).toEqual(verdict);
  });
});

describe('[DIALING_PLAN]', () => {
  const cases: [title: string, content: string, verdict: string[]][] = [
    ['takes a plan', '$n="a.b"\n%%\nx{4} && sip:$$@$n\n', ['accepted']],
    [
      'takes a plan of which a rule cannot be read, and tells it',
      '$n="a.b"\n%%\nx+ && sip:$$@$n\n',
      [
        'accepted',
        'DIAL_RULE "x+ && sip:$$@$n" is skipped; "+" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |',
      ],
    ],
    [
      'refuses a file without %%',
      '$n="a.b"\nx{4} && sip:$$@$n\n',
      ['WRONG_FORMAT file has 0 lines with %%; a dialing plan has one'],
    ],
    [
      'refuses a file with two',
      '%%\n%%\n',
      ['WRONG_FORMAT file has 2 lines with %%; a dialing plan has one'],
    ],
    ['refuses nothing', '', ['WRONG_FORMAT file has 0 lines with %%; a dialing plan has one']],
  ];
  test.for(cases)('%s', ([, content, verdict]) => {
    expect(verdictOn('DIALING_PLAN', content)).toEqual(verdict);
  });
});

describe('[LICENSING]', () => {
  const unverified =
    'NOT_VERIFIED file is stored; the form of licence files is not known, so its tokens are not counted';
  const cases: [title: string, content: string, verdict: string[]][] = [
    ['is taken with a note', 'anything', ['accepted', unverified]],
    ["is taken when it names this phone's MAC", 'sysid=00:1b:4f:12:30:01', ['accepted', unverified]],
    [
      "is taken when this phone's MAC is one of several",
      '001B4F123002,001B4F123001',
      ['accepted', unverified],
    ],
    ['is taken when its digits are no MAC', 'serial 001B4F12300100', ['accepted', unverified]],
    [
      'is taken for another phone, and told',
      'SYSTEM 00-1B-4F-12-30-02;',
      ['accepted', unverified, 'LICENCE_OTHER_PHONE file names 001B4F123002; this phone is 001B4F123001'],
    ],
    [
      'is taken for other phones, and told',
      '001B4F123002 001B4F123003',
      [
        'accepted',
        unverified,
        'LICENCE_OTHER_PHONE file names 001B4F123002 and 1 more; this phone is 001B4F123001',
      ],
    ],
  ];
  test.for(cases)('%s', ([, content, verdict]) => {
    expect(verdictOn('LICENSING', content)).toEqual(verdict);
  });
});

test('a web page is refused as device configuration too: what flash holds is worth more', () => {
  expect(verdictOn('DEVICE_CONFIG', '<html>')).toEqual([
    'WEB_PAGE file begins like a web page; expected the file of [DEVICE_CONFIG]',
  ]);
});
