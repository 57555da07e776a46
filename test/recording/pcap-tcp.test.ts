import { expect, test } from 'vitest';
import { readTraffic } from '../../src/recording/pcap-traffic.ts';
import { ipv4, PHONE, pcap, SERVER, tcp } from './packets.ts';

/** `S1000`, `a1001 text`: a letter (capitals: the server's), a sequence number, and what is carried. */
function connection(...lines: string[]) {
  const packets = lines.map((line, index) => {
    const [, flags = '', number = '', payload = ''] = /^(\S*?)(\d+) ?(.*)$/.exec(line) ?? [];
    const back = flags.includes('<');
    const segment = tcp(back ? 80 : 41_000, back ? 41_000 : 80, payload, {
      flags: flags.replace('<', '') || 'A',
      sequence: Number(number),
    });
    const ends = back ? { from: SERVER, to: PHONE } : {};
    return { atMs: 1_000 * index, bytes: ipv4(6, segment, ends) };
  });
  return readTraffic(pcap(packets));
}

const asked = ({ connections }: ReturnType<typeof connection>) =>
  connections.map((one) => one.asked.bytes.toString('latin1').replaceAll('\0', '_'));

const orders: [title: string, lines: string[], streams: string[], codes?: string[]][] = [
  ['in order', ['S100', '101 GET', '104 /a'], ['GET/a']],
  ['out of order', ['S100', '104 /a', '101 GET'], ['GET/a']],
  ['three out of order', ['S100', '107 .c', '104 /ab', '101 GET'], ['GET/ab.c']],
  ['sent again', ['S100', '101 GET', '101 GET', '104 /a'], ['GET/a']],
  ['sent again, longer', ['S100', '101 GET', '101 GET/a'], ['GET/a']],
  ['overlapping: the first bytes count', ['S100', '101 GET', '102 xx/a'], ['GET/a']],
  ['an overlap that came early', ['S100', '103 T/a', '101 GET'], ['GET/a']],
  ['the sequence wraps', ['S4294967293', '4294967294 GET', '1 /a'], ['GET/a']],
  ['the sequence wraps, out of order', ['S4294967293', '1 /a', '4294967294 GET'], ['GET/a']],
  ['without its beginning', ['501 GET', '504 /a'], ['GET/a']],
  ['lost bytes are a hole', ['S100', '101 GET', '106 a', '107 b'], ['GET__ab'], ['LOST_BYTES']],
  ['a number from somewhere else is no loss', ['S100', '101 GET', '90000000 a'], ['GET']],
  ['the same ports again', ['S100', '101 GET', 'F104', '<F700', 'S900', '901 PUT'], ['GET', 'PUT']],
  ['the same ports again, unclosed', ['S100', '101 GET', 'S900', '901 PUT'], ['GET', 'PUT']],
  ['a SYN sent again opens nothing new', ['S100', 'S100', '101 GET'], ['GET']],
  ['a SYN that carries bytes', ['S100 GET', '104 /a'], ['GET/a']],
];

test.for(orders)('%s', ([, lines, streams, codes = []]) => {
  const traffic = connection(...lines);
  expect(asked(traffic)).toEqual(streams);
  expect(traffic.notes.map(({ code }) => code)).toEqual(codes);
});

const openings: [title: string, lines: string[], opening: string, closedAtMs?: number][] = [
  ['a connection that was taken', ['S100', '<SA700', '101'], 'open'],
  ['closed by both', ['S100', '<SA700', 'FA101', '<FA701'], 'open', 3_000],
  ['closed by one is not closed', ['S100', '<SA700', 'FA101'], 'open'],
  ['reset', ['S100', '<SA700', '<RA701'], 'open', 2_000],
  ['refused', ['S100', '<RA0'], 'refused', 1_000],
  ['never answered', ['S100', 'S100', 'S100'], 'unanswered'],
];

test.for(openings)('%s', ([, lines, opening, closedAtMs]) => {
  const [only] = connection(...lines).connections;
  expect([only?.opening, only?.closedAtMs]).toEqual([opening, closedAtMs]);
  expect([only?.client.address, only?.server.port]).toEqual([PHONE, 80]);
});

test('a stream knows when each byte came, with which packet, and what it lacks', () => {
  const [only] = connection('S100', '101 GET', '106 ab').connections;
  expect([0, 2, 5, 99].map((offset) => only?.asked.atMs(offset))).toEqual([1_000, 1_000, 2_000, 2_000]);
  expect([0, 5].map((offset) => only?.asked.packet(offset))).toEqual([2, 3]);
  expect(only?.asked.whole(0, 3)).toBe(true);
  expect(only?.asked.whole(0, 4)).toBe(false);
  expect(only?.asked.whole(5, 7)).toBe(true);
  expect(only?.asked.whole(5, 8)).toBe(false);
});

test('the end of a segment that was not captured is a hole', () => {
  const whole = ipv4(6, tcp(41_000, 80, 'GET /a', { sequence: 101 }));
  const rest = ipv4(6, tcp(41_000, 80, '.cfg', { sequence: 107 }));
  const cut = { bytes: whole.subarray(0, -3), wireBytes: whole.length };
  const traffic = readTraffic(pcap([cut, { bytes: rest }]));
  expect(asked(traffic)).toEqual(['GET___.cfg']);
  expect(traffic.notes.map(({ code }) => code)).toEqual(['CUT_OFF_PACKETS', 'LOST_BYTES']);
});

test('of a capture that begins within a connection the lower port is the server', () => {
  const packet = ipv4(6, tcp(80, 41_000, 'HTTP/1.1', { sequence: 7 }), { from: SERVER, to: PHONE });
  const [only] = readTraffic(pcap([{ bytes: packet }])).connections;
  expect(only?.server).toEqual({ address: SERVER, port: 80 });
});
