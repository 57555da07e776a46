import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCapture } from '../../src/recording/capture.ts';
import { encodeReadRequest } from '../../src/transport/tftp-packet.ts';
import * as build from './packets.ts';
import { MAC, pcap, pcapng } from './packets.ts';

const request = encodeReadRequest('1230SIP.cfg', new Map());
const asked = build.udp(40_000, 69, Buffer.from(request));
const v4 = build.ipv4(17, asked);
const v6 = build.ipv6(17, asked);
const atMs = Date.UTC(2026, 10, 23, 8) + 0.125;
const family = (number: number, packet: Buffer, order: 'BE' | 'LE' = 'LE') => {
  const head = Buffer.alloc(4);
  if (order === 'BE') head.writeUInt32BE(number);
  else head.writeUInt32LE(number);
  return Buffer.concat([head, packet]);
};

const forms: [title: string, capture: Buffer, macs?: string[]][] = [
  ['raw IPv4', pcap([{ atMs, bytes: v4 }])],
  ['raw IPv4, by its old number', pcap([{ atMs, bytes: v4 }], { link: 12 })],
  ['raw IPv6 with a hop-by-hop header', pcap([{ atMs, bytes: v6 }])],
  ['big-endian', pcap([{ atMs, bytes: v4 }], { endian: 'big' })],
  ['nanoseconds', pcap([{ atMs, bytes: v4 }], { ticks: 'nano' })],
  ['big-endian nanoseconds', pcap([{ atMs, bytes: v4 }], { ticks: 'nano', endian: 'big' })],
  ['Ethernet', pcap([{ atMs, bytes: build.ethernet(v4) }], { link: 1 }), [MAC]],
  [
    'Ethernet, padded',
    pcap([{ atMs, bytes: Buffer.concat([build.ethernet(v4), Buffer.alloc(9)]) }], { link: 1 }),
    [MAC],
  ],
  ['a VLAN tag', pcap([{ atMs, bytes: build.ethernet(v4, 0x8100) }], { link: 1 }), [MAC]],
  ['two VLAN tags', pcap([{ atMs, bytes: build.ethernet(v6, 0x88a8, 0x8100) }], { link: 1 }), [MAC]],
  ['Linux cooked', pcap([{ atMs, bytes: build.cooked(v4) }], { link: 113 }), [MAC]],
  ['Linux cooked, version 2', pcap([{ atMs, bytes: build.cookedAgain(v6) }], { link: 276 }), [MAC]],
  ['BSD loopback', pcap([{ atMs, bytes: family(2, v4) }], { link: 0 })],
  [
    'BSD loopback, captured on a big-endian machine',
    pcap([{ atMs, bytes: family(30, v6, 'BE') }], { link: 0 }),
  ],
  ['OpenBSD loopback', pcap([{ atMs, bytes: family(24, v6, 'BE') }], { link: 108 })],
  ['pcapng', pcapng([{ atMs, bytes: v4 }])],
  [
    'pcapng, big-endian, Ethernet',
    pcapng([{ atMs, bytes: build.ethernet(v4) }], { endian: 'big', link: 1 }),
    [MAC],
  ],
  [
    'pcapng, nanoseconds and an offset',
    pcapng([{ atMs, bytes: v6 }], { resolution: 9, offsetS: 1_700_000_000 }),
  ],
  ['pcapng, obsolete blocks', pcapng([{ atMs, bytes: v4 }], { block: 'obsolete' })],
];

test.for(forms)('%s', ([, capture, macs = []]) => {
  const { packets, notes, macs: known, tftp } = readCapture(capture);
  expect({ packets, notes, macs: [...known.values()] }).toEqual({ packets: 1, notes: [], macs });
  const [seen] = tftp;
  expect(tftp).toHaveLength(1);
  expect(seen?.file).toBe('1230SIP.cfg');
  expect(seen?.address).toMatch(/^(192\.0\.2\.30|2001:db8::30)$/);
  expect(seen?.atMs).toBeCloseTo(atMs, 2);
});

test('a simple block of pcapng has no time', () => {
  expect(readCapture(pcapng([{ atMs, bytes: v4 }], { block: 'simple' })).tftp[0]?.atMs).toBe(0);
});

const [head, tail] = [asked.subarray(0, 16), asked.subarray(16)];
const fragments: [title: string, packets: Buffer[]][] = [
  ['IPv4 in two parts', [build.ipv4(17, head, { more: true }), build.ipv4(17, tail, { offset: 16 })]],
  ['the last part first', [build.ipv4(17, tail, { offset: 16 }), build.ipv4(17, head, { more: true })]],
  [
    'a part that came twice',
    [
      build.ipv4(17, head, { more: true }),
      build.ipv4(17, head, { more: true }),
      build.ipv4(17, tail, { offset: 16 }),
    ],
  ],
  [
    'parts that overlap',
    [
      build.ipv4(17, asked.subarray(8, 24), { offset: 8, more: true }),
      build.ipv4(17, head, { more: true }),
      build.ipv4(17, tail, { offset: 16 }),
    ],
  ],
  ['IPv6 in two parts', [build.ipv6(17, head, { more: true }), build.ipv6(17, tail, { offset: 16 })]],
];

test.for(fragments)('fragments: %s', ([, packets]) => {
  const { tftp, notes } = readCapture(pcap(packets.map((bytes) => ({ bytes }))));
  expect(tftp.map(({ file }) => file)).toEqual(['1230SIP.cfg']);
  expect(notes).toEqual([]);
});

const damaged: [title: string, capture: Buffer, code: string][] = [
  ['a part that never came', pcap([{ bytes: build.ipv4(17, head, { more: true }) }]), 'LOST_FRAGMENTS'],
  ['a file that ends within a packet', pcap([{ bytes: v4 }]).subarray(0, -3), 'CUT_OFF_FILE'],
  ['a file that ends within a packet header', pcap([{ bytes: v4 }]).subarray(0, 30), 'CUT_OFF_FILE'],
  ['a pcapng that ends within a block', pcapng([{ bytes: v4 }]).subarray(0, -4), 'CUT_OFF_FILE'],
  ['a packet longer than any', Buffer.concat([pcap([]), Buffer.alloc(16, 0x7f)]), 'CUT_OFF_FILE'],
  ['a short snapshot length', pcap([{ bytes: v4.subarray(0, 40), wireBytes: v4.length }]), 'CUT_OFF_PACKETS'],
  ['a link nobody here reads', pcap([{ bytes: v4 }], { link: 105 }), 'UNKNOWN_LINK'],
  ['ARP', pcap([{ bytes: Buffer.alloc(60, 8) }], { link: 1 }), 'NOT_IP'],
  ['half an IP header', pcap([{ bytes: v4.subarray(0, 12) }]), 'BAD_PACKET'],
  ['half a TCP header', pcap([{ bytes: build.ipv4(6, Buffer.alloc(9)) }]), 'BAD_PACKET'],
  ['half a UDP header', pcap([{ bytes: build.ipv4(17, Buffer.alloc(7)) }]), 'BAD_PACKET'],
];

test.for(damaged)('%s is told', ([, capture, code]) => {
  const { notes, files } = readCapture(capture);
  expect(notes.map((note) => note.code)).toEqual([code]);
  expect(files).toEqual([]);
});

const recorded = readFileSync('fixtures/recorded/demo-ftp-pasv.pcap');

test('any bytes are read without an exception, behind each kind of file header', () => {
  const link = fc.constantFrom(0, 1, 12, 101, 108, 113, 276);
  const packets = fc.array(fc.uint8Array({ maxLength: 120 }), { maxLength: 8 });
  fc.assert(
    fc.property(link, packets, fc.boolean(), (number, all, newer) => {
      const held = all.map((bytes) => ({ bytes: Buffer.from(bytes) }));
      readCapture(newer ? pcapng(held, { link: number }) : pcap(held, { link: number }));
    }),
    { numRuns: 300 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readCapture(Buffer.from(bytes))));
});

test('a recorded capture with any bytes turned over is read without an exception', () => {
  const place = fc.nat(recorded.length - 1);
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 40 }), (changes) => {
      const bytes = Buffer.from(recorded);
      for (const [at, value] of changes) bytes[at] = value;
      readCapture(bytes);
    }),
    { numRuns: 100 },
  );
});
