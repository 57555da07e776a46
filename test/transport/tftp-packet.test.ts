import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockAfter,
  blocksAhead,
  decodePacket,
  encodeAcknowledgement,
  encodeAgreement,
  encodeData,
  encodeError,
  encodeReadRequest,
  type TftpPacket,
} from '../../src/transport/tftp-packet.ts';

const cases: [title: string, bytes: string, expected: TftpPacket][] = [
  [
    'a plain read request',
    '\0\x011230SIP.cfg\0octet\0',
    { type: 'read', path: '1230SIP.cfg', mode: 'octet', options: new Map() },
  ],
  [
    'a read request whose mode and option names are in capitals',
    '\0\x01a\0OCTET\0BLKSIZE\x001432\0TSize\x000\0',
    {
      type: 'read',
      path: 'a',
      mode: 'octet',
      options: new Map([
        ['blksize', '1432'],
        ['tsize', '0'],
      ]),
    },
  ],
  [
    'a write request',
    '\0\x02a\0netascii\0',
    { type: 'write', path: 'a', mode: 'netascii', options: new Map() },
  ],
  ['a block', '\0\x03\x01\x02abc', { type: 'data', block: 258, payload: Buffer.from('abc') }],
  ['an empty block', '\0\x03\0\x01', { type: 'data', block: 1, payload: Buffer.alloc(0) }],
  ['an acknowledgement', '\0\x04\xff\xff', { type: 'acknowledgement', block: 65535 }],
  ['an acknowledgement with bytes behind it', '\0\x04\0\x07xyz', { type: 'acknowledgement', block: 7 }],
  ['an error', '\0\x05\0\x01File not found\0', { type: 'error', code: 1, message: 'File not found' }],
  ['an error without its closing NUL', '\0\x05\0\x02no', { type: 'error', code: 2, message: 'no' }],
  ['an error without words', '\0\x05\0\0', { type: 'error', code: 0, message: '' }],
  [
    'an error whose words would steer a terminal',
    '\0\x05\0\0\x1b[2Jgone\r\n\0',
    { type: 'error', code: 0, message: '?[2Jgone??' },
  ],
  ['an agreement', '\0\x06blksize\x001024\0', { type: 'agreement', options: new Map([['blksize', '1024']]) }],
  ['an agreement to nothing', '\0\x06', { type: 'agreement', options: new Map() }],
  ['nothing', '', { type: 'malformed', why: '0 bytes are no packet' }],
  ['one byte', '\0', { type: 'malformed', why: '1 bytes are no packet' }],
  ['an opcode that does not exist', '\0\x07abc', { type: 'malformed', why: 'opcode 7' }],
  ['an opcode in the wrong byte order', '\x03\0\0\x01abc', { type: 'malformed', why: 'opcode 768' }],
  ['a block cut off in its number', '\0\x03\0', { type: 'malformed', why: 'DATA without a block number' }],
  ['an acknowledgement cut off', '\0\x04\0', { type: 'malformed', why: 'ACK without a block number' }],
  ['an error cut off', '\0\x05', { type: 'malformed', why: 'ERROR without a code' }],
  [
    'a request cut off in its mode',
    '\0\x01a\0oct',
    { type: 'malformed', why: 'request without its closing NUL' },
  ],
  ['a request without a name', '\0\x01\0octet\0', { type: 'malformed', why: 'request without a file name' }],
  ['an empty request', '\0\x01', { type: 'malformed', why: 'request without a file name' }],
  ['a request without a mode', '\0\x01a\0', { type: 'malformed', why: 'request without a mode' }],
  [
    'a request with an option that has no value',
    '\0\x01a\0octet\0tsize\0',
    { type: 'malformed', why: 'request with options that do not come in pairs' },
  ],
  [
    'an agreement that names an option twice',
    '\0\x06tsize\x001\0tsize\x002\0',
    { type: 'malformed', why: 'OACK with options that do not come in pairs' },
  ],
  [
    'a request with more options than there are',
    `\0\x01a\0octet\0${Array.from({ length: 17 }, (_, i) => `x${i}\x001\0`).join('')}`,
    { type: 'malformed', why: 'request without its closing NUL' },
  ],
];

test.for(cases)('reads %s', ([, bytes, expected]) => {
  expect(decodePacket(Buffer.from(bytes, 'latin1'))).toEqual(expected);
});

describe('whatever comes', () => {
  const opcodeFirst = fc
    .tuple(fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 600 }))
    .map(([opcode, rest]) => Buffer.from([0, opcode, ...rest]));
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
    opcodeFirst,
  );

  test('reading it never throws, and says one of the kinds', () => {
    const kinds = ['read', 'write', 'data', 'acknowledgement', 'error', 'agreement', 'malformed'];
    fc.assert(
      fc.property(anything, (bytes) => {
        expect(kinds).toContain(decodePacket(bytes).type);
      }),
      { numRuns: 5_000 },
    );
  });

  test('an error message holds no control character and at most 200 characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const packet = decodePacket(Buffer.from([0, 5, 0, 0, ...bytes]));
        expect(packet.type === 'error' && /^\P{C}{0,200}$/u.test(packet.message)).toBe(true);
      }),
    );
  });
});

describe('what is written is read again', () => {
  const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });
  const options = fc
    .dictionary(
      word.map((name) => name.toLowerCase()),
      word,
      { maxKeys: 5 },
    )
    .map((o) => new Map(Object.entries(o)));

  test('a read request', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), options, (path, asked) => {
        fc.pre(!path.includes('\0'));
        const packet = encodeReadRequest(path, asked);
        expect(Buffer.isBuffer(packet) && decodePacket(packet)).toEqual({
          type: 'read',
          path,
          mode: 'octet',
          options: asked,
        });
      }),
    );
  });

  test('an agreement', () => {
    fc.assert(
      fc.property(options, (agreed) => {
        expect(decodePacket(encodeAgreement(agreed))).toEqual({ type: 'agreement', options: agreed });
      }),
    );
  });

  test('a block, an acknowledgement and an error', () => {
    const number = fc.integer({ min: 0, max: 65535 });
    fc.assert(
      fc.property(number, fc.uint8Array({ maxLength: 512 }), word, (block, bytes, message) => {
        const payload = Buffer.from(bytes);
        expect(decodePacket(encodeData(block, payload))).toEqual({ type: 'data', block, payload });
        expect(decodePacket(encodeAcknowledgement(block))).toEqual({ type: 'acknowledgement', block });
        expect(decodePacket(encodeError(block, message))).toEqual({ type: 'error', code: block, message });
      }),
    );
  });
});

const refusedNames: [title: string, path: string, why: string][] = [
  ['no name', '', 'the name is empty'],
  ['a name with a NUL', 'a\0b', 'the name holds a NUL byte, which TFTP cannot carry'],
  [
    'a name beyond a request',
    'x'.repeat(504),
    'the request for this name has 513 bytes; expected at most 512',
  ],
];

test.for(refusedNames)('refuses to ask for %s', ([, path, why]) => {
  expect(encodeReadRequest(path, new Map())).toBe(why);
});

test('asks for the longest name that fits', () => {
  expect(encodeReadRequest('x'.repeat(503), new Map())).toHaveLength(512);
});

test('writes a plain request byte for byte as RFC 1350 has it', () => {
  expect(encodeReadRequest('1230SIP.cfg', new Map())).toEqual(
    Buffer.from('\0\x011230SIP.cfg\0octet\0', 'latin1'),
  );
});

const blocks: [title: string, block: number, from: number, ahead: number][] = [
  ['the same', 7, 7, 0],
  ['the next', 8, 7, 1],
  ['one before', 6, 7, 65535],
  ['across the wrap', 1, 65534, 3],
];

test.for(blocks)('counts how far a block is ahead: %s', ([, block, from, ahead]) => {
  expect(blocksAhead(block, from)).toBe(ahead);
});

test('block 0 comes after 65535', () => {
  expect([blockAfter(65534), blockAfter(65535), blockAfter(0)]).toEqual([65535, 0, 1]);
});
