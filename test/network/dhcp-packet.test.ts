import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDhcpAnswer } from '../../src/network/dhcp-answer.ts';
import { decodeOptions, encodeOptions } from '../../src/network/dhcp-options.ts';
import { type DhcpPacket, decodeDhcp, encodeDhcp } from '../../src/network/dhcp-packet.ts';
import { dhcpAnswer } from './scripted-lan.ts';

const packet: DhcpPacket = {
  ...{ direction: 'to-client', xid: 0xdeadbeef, secs: 3, broadcast: true, mac: '001B4F123001' },
  ...{ ciaddr: '1.2.3.4', yiaddr: '10.77.0.50', siaddr: '255.255.255.255', giaddr: '0.0.0.0' },
  options: new Map([[53, Buffer.of(2)]]),
};

test('lays a message out as RFC 2131 draws it', () => {
  const bytes = encodeDhcp(packet);
  expect(bytes).toHaveLength(300);
  expect(bytes.subarray(0, 34).toString('hex')).toBe(
    '02010600deadbeef00038000010203040a4d0032ffffffff00000000001b4f123001',
  );
  expect(bytes.subarray(34, 236)).toEqual(Buffer.alloc(202));
  expect(bytes.subarray(236, 244).toString('hex')).toBe('63825363350102ff');
  expect(bytes.subarray(244)).toEqual(Buffer.alloc(56));
});

test('does not count beyond what secs can hold', () => {
  const read = decodeDhcp(encodeDhcp({ ...packet, secs: 70_000 }));
  expect(read).toEqual({ ok: true, packet: { ...packet, secs: 65_535 } });
});

const arbitraryAddress = fc
  .tuple(...Array.from({ length: 4 }, () => fc.nat(255)))
  .map((groups) => groups.join('.'));
const arbitraryOptions = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 1, max: 254 }).filter((code) => code !== 52),
      fc.uint8Array({ maxLength: 600 }).map((value) => Buffer.from(value)),
    ),
    { selector: ([code]) => code, maxLength: 20 },
  )
  .map((entries) => new Map(entries));

test('reads every message it writes', () => {
  const arbitraryPacket: fc.Arbitrary<DhcpPacket> = fc.record({
    direction: fc.constantFrom('to-server', 'to-client'),
    xid: fc.nat(0xffff_ffff),
    secs: fc.nat(0xffff),
    broadcast: fc.boolean(),
    ...{
      ciaddr: arbitraryAddress,
      yiaddr: arbitraryAddress,
      siaddr: arbitraryAddress,
      giaddr: arbitraryAddress,
    },
    mac: fc
      .uint8Array({ minLength: 6, maxLength: 6 })
      .map((mac) => Buffer.from(mac).toString('hex').toUpperCase()),
    options: arbitraryOptions,
  });
  fc.assert(
    fc.property(arbitraryPacket, (any) => {
      expect(decodeDhcp(encodeDhcp(any))).toEqual({ ok: true, packet: any });
    }),
  );
});

test('never throws, whatever comes', () => {
  const identity = { mac: packet.mac, software: 'SIP' } as const;
  const good = dhcpAnswer(packet, {
    type: 'OFFER',
    options: { 43: Buffer.alloc(300, 'x'), 66: Buffer.from('a') },
  });
  const changed = fc
    .array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) }), { maxLength: 4 })
    .chain((changes) =>
      fc.nat(good.length).map((end) => {
        const bytes = Buffer.from(good);
        for (const { at, byte } of changes) bytes[at] = byte;
        return end % 4 === 0 ? bytes.subarray(0, end) : bytes;
      }),
    );
  const behindHead = fc
    .uint8Array({ maxLength: 300 })
    .map((tail) => Buffer.concat([good.subarray(0, 240), tail]));
  const noise = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(changed, behindHead, noise), (bytes) => {
      expect(['answer', 'not-ours', 'useless']).toContain(readDhcpAnswer(bytes, identity, packet.xid).type);
    }),
    { numRuns: 5_000 },
  );
});

const unreadable: [title: string, bytes: Buffer, why: string][] = [
  ['nothing', Buffer.alloc(0), '0 bytes; expected at least 240'],
  ['a head that is cut', encodeDhcp(packet).subarray(0, 239), '239 bytes; expected at least 240'],
  ['another cookie', changedAt(239, 0), 'no magic cookie: BOOTP, or something else'],
  ['another op', changedAt(0, 3), 'op 3; expected 1 or 2'],
  ['Token Ring', changedAt(1, 6), 'its hardware address is not of Ethernet'],
  ['a long hardware address', changedAt(2, 16), 'its hardware address is not of Ethernet'],
  ['an option that is cut', withOptions([53, 2, 1]), 'option 53 runs over its end'],
  ['an option without a length', withOptions([0, 53]), 'option 53 runs over its end'],
];
test.for(unreadable)('says what is wrong with %s', ([, bytes, why]) => {
  expect(decodeDhcp(bytes)).toEqual({ ok: false, why });
});

const areas: [title: string, areas: number[][], expected: [number, number[]][]][] = [
  ['nothing', [[]], []],
  ['an area without END', [[1, 1, 7]], [[1, [7]]]],
  ['nothing behind END', [[1, 1, 7, 255, 2, 1, 8]], [[1, [7]]]],
  ['no padding', [[0, 0, 1, 1, 7, 0]], [[1, [7]]]],
  ['an option of no bytes', [[80, 0, 255]], [[80, []]]],
  [
    'pieces of an option as one',
    [[66, 1, 97, 1, 1, 7, 66, 2, 98, 99]],
    [
      [66, [97, 98, 99]],
      [1, [7]],
    ],
  ],
  [
    'pieces across areas, each with its END',
    [
      [66, 1, 97, 255],
      [66, 1, 98, 255],
    ],
    [[66, [97, 98]]],
  ],
];
test.for(areas)('reads %s', ([, given, expected]) => {
  const reading = decodeOptions(given.map((bytes) => Uint8Array.from(bytes)));
  expect(reading).toEqual({
    ok: true,
    options: new Map(expected.map(([code, value]) => [code, Buffer.from(value)])),
  });
});

test.for([0, 1, 255, 256, 510, 511])('writes an option of %i bytes in pieces of at most 255', (length) => {
  const value = Buffer.alloc(length, 'a');
  const bytes = encodeOptions(new Map([[66, value]]));
  expect(bytes).toHaveLength(length + 2 * Math.max(1, Math.ceil(length / 255)) + 1);
  expect(decodeOptions([bytes])).toEqual({ ok: true, options: new Map([[66, value]]) });
});

const overloads: [title: string, overload: number, expected: string][] = [
  ['neither', 0, 'a'],
  ['file', 1, 'ab'],
  ['sname', 2, 'ac'],
  ['both, file first', 3, 'abc'],
];
test.for(overloads)('option 52 lets options go on in %s', ([, overload, expected]) => {
  const bytes = withOptions([52, 1, overload, 66, 1, 97, 255]);
  Buffer.of(66, 1, 98, 255).copy(bytes, 108);
  Buffer.of(66, 1, 99, 255).copy(bytes, 44);
  const reading = decodeDhcp(bytes);
  expect(reading).toMatchObject({ ok: true, packet: { options: new Map([[66, Buffer.from(expected)]]) } });
});

test('an overloaded field that is cut spoils the message', () => {
  const bytes = withOptions([52, 1, 2, 255]);
  Buffer.of(66, 64).copy(bytes, 44);
  expect(decodeDhcp(bytes)).toEqual({ ok: false, why: 'option 66 runs over its end' });
});

function changedAt(at: number, byte: number): Buffer {
  const bytes = encodeDhcp(packet);
  bytes[at] = byte;
  return bytes;
}

function withOptions(options: readonly number[]): Buffer {
  return Buffer.concat([encodeDhcp(packet).subarray(0, 240), Buffer.from(options)]);
}
