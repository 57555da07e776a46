import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { addressAt, parseAddressRange } from '../../src/fleet/address-range.ts';
import { type Arrivals, arrivalMs } from '../../src/fleet/arrival.ts';
import { readIdentities } from '../../src/fleet/identities.ts';
import { indexesOf, macAt } from '../../src/fleet/population.ts';
import { parseShare, sharesTogether } from '../../src/fleet/share.ts';

const shares: [text: string, share: number | undefined][] = [
  ['5%', 0.05],
  ['2.5%', 0.025],
  ['100%', 1],
  ['0%', 0],
  ['101%', undefined],
  ['5', undefined],
  ['-5%', undefined],
  ['', undefined],
];
test.for(shares)('"%s" is the share %s', ([text, share]) => {
  expect(parseShare(text)).toBe(share);
});

test('shares and their sums draw as many phones as they say', () => {
  const drawn = (share: number, count: number) =>
    Array.from({ length: count }, (_, place) => place / count).filter((place) => place < share).length;
  const tenths = Array.from({ length: 1000 }, (_, index) => index + 1);
  for (const tenth of tenths) {
    const share = parseShare(`${Math.floor(tenth / 10)}.${tenth % 10}%`) ?? Number.NaN;
    expect(drawn(share, 1000)).toBe(tenth);
    expect(drawn(sharesTogether(share, 1 - share), 1000)).toBe(1000);
  }
  expect(drawn(sharesTogether(0.1, 0.2), 10)).toBe(3);
});

const arrivals: [title: string, arrivals: Arrivals, times: readonly number[]][] = [
  ['all at once', { kind: 'at-once' }, [0, 0, 0, 0]],
  ['a ramp is spread evenly', { kind: 'ramp', ms: 1000 }, [0, 250, 500, 750]],
  ['a rate is one after the other', { kind: 'rate', perSecond: 50 }, [0, 20, 40, 60]],
  ['chains of a closed fleet begin at once', { kind: 'closed', atOnce: 2 }, [0, 0, 0, 0]],
  [
    'a poll window is the stagger of each phone',
    { kind: 'poll-window', hours: 1, stagger: 'lcg-minutes' },
    [1_080_000, 2_940_000, 1_200_000, 3_000_000],
  ],
];
test.for(arrivals)('%s', ([, how, times]) => {
  const arriving = (number: number) => ({
    number,
    mac: macAt('001B4FA00000', number),
    random: () => seededRandom('1').fork(String(number)),
  });
  expect([0, 1, 2, 3].map((number) => arrivalMs(how, 4, arriving(number)))).toEqual(times);
});

test('Poisson arrivals come at their rate, and gaps between them spread as chance has it', () => {
  const count = 2000;
  const times = Array.from({ length: count }, (_, number) =>
    arrivalMs({ kind: 'poisson', perSecond: 50 }, count, {
      number,
      mac: '',
      random: () => seededRandom('monday').fork(String(number)),
    }),
  ).toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  expect(mean).toBeCloseTo(20, 0);
  // Of an exponential distribution the deviation is the mean.
  expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.9);
  expect(Math.sqrt(variance) / mean).toBeLessThan(1.1);
});

test('every phone is of one shard, and shards keep the order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (first, count, of) => {
        const shardsOf = Array.from({ length: of }, (_, index) => indexesOf({ first, count }, { index, of }));
        expect(shardsOf.flat().toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, number) => first + number),
        );
        for (const [index, shard] of shardsOf.entries())
          expect(shard.every((one) => one % of === index)).toBe(true);
      },
    ),
  );
});

const ranges: [text: string, found: string | readonly [size: number, first: string, last: string]][] = [
  ['127.1.0.0/16', [65_534, '127.1.0.1', '127.1.255.254']],
  ['10.0.0.8/30', [2, '10.0.0.9', '10.0.0.10']],
  ['127.1.0.1/16', '"127.1.0.1/16" begins in the middle of a network; expected 127.1.0.0/16'],
  ['127.1.0.0', '"127.1.0.0" is no range of addresses; expected one such as 127.1.0.0/16'],
  [
    '127.1.0.0/31',
    '"127.1.0.0/31" is no range of addresses; expected one such as 127.1.0.0/16, of /8 to /30',
  ],
  ['127.1.0.256/16', '"127.1.0.256/16" is no range of addresses; expected one such as 127.1.0.0/16'],
];
test.for(ranges)('the range %s', ([text, found]) => {
  const range = parseAddressRange(text);
  const read =
    'message' in range ? range.message : [range.size, addressAt(range, 0), addressAt(range, range.size - 1)];
  expect(read).toEqual(found);
});

test('beyond the last address or MAC there is none', () => {
  expect(() => addressAt({ text: '10.0.0.8/30', first: 0, size: 2 }, 2)).toThrow(
    '10.0.0.8/30 has no address 2',
  );
  expect(macAt('001B4FFFFFFE', 1)).toBe('001B4FFFFFFF');
  expect(() => macAt('001B4FFFFFFE', 2)).toThrow('001B4FFFFFFE has no MAC 2');
});

test('a list of phones is read by its columns, in any order', () => {
  const text =
    '\uFEFFmodel,MAC,software,address,protocol,at,versions\r\n1220,00:1b:4f:12:30:01,,127.0.0.2,TFTP,,\r\n\r\n,001B4F123002,SIP12x004.00.04.00,,,500ms 1.5s 1d,TONES=01 FW=SIP12x004.00.04.00\n';
  expect(readIdentities(text)).toEqual({
    identities: [
      { mac: '001B4F123001', model: '1220', address: '127.0.0.2', protocol: 'tftp' },
      {
        mac: '001B4F123002',
        software: 'SIP12x004.00.04.00',
        at: [500, 1_500, 86_400_000],
        versions: { TONES: '01', FW: 'SIP12x004.00.04.00' },
      },
    ],
  });
});

const lists: [title: string, text: string, problems: readonly string[]][] = [
  ['a misspelt column', 'mac,modell\n', ['1: "modell" is no column; did you mean model?']],
  ['no column of MACs', 'model\n1230\n', ['1: has no column mac']],
  ['no phone', 'mac\n', ['1: has no phone; expected a line each']],
  ...['', '\uFEFF', ' \r\n\r\n'].map((text): [string, string, string[]] => [
    `an empty file, ${JSON.stringify(text)}`,
    text,
    [
      '1: is empty; expected a line of columns (mac and any of model, software, address, protocol, at, versions), then a line a phone',
    ],
  ]),
  [
    'a column without a name',
    'mac,\n001B4F123001,\n',
    ['1: "" is no column; expected mac, model, software, address, protocol, at, versions'],
  ],
  [
    'columns named twice',
    'mac,model,MAC,Model ,mac\n001B4F123001,1230,001B4F123002,1220,\n',
    ['1: has several columns mac; expected one', '1: has several columns model; expected one'],
  ],
  [
    'a MAC that is none',
    'mac\n00:1B\n',
    ['2: mac is "00:1B"; expected 12 hex digits such as 00:1B:4F:12:30:01'],
  ],
  ['a MAC that is missing', 'mac,model\n,1230\n', ['2: has no mac']],
  ['a phone twice', 'mac\n001B4F123001\n00:1B:4F:12:30:01\n', ['3: 001B4F123001 is that of line 2 too']],
  [
    'a value too much',
    'mac\n001B4F123001,1230\n',
    ['2: has 2 values; expected 1, as many as there are columns'],
  ],
  [
    'values that no phone has',
    'mac,model,software,address,protocol\n001B4F123001,1140,SIP1140e04.00.04.00,300.1.1.1,gopher\n',
    ['2: model is "1140"; expected 1210, 1220, 1230'],
  ],
  [
    'moments that are none, or not later and later',
    'mac,at\n001B4F123001,soon\n001B4F123002,2s 1s\n001B4F123003,1s  1s\n',
    ['soon', '2s 1s', '1s  1s'].map(
      (at, index) =>
        `${index + 2}: at is "${at}"; expected a moment from the start of the run such as 90s, or several, later and later`,
    ),
  ],
  [
    'versions of no section, of none, or two of one',
    'mac,versions\n001B4F123001,TONE=1\n001B4F123002,TONES\n001B4F123003,TONES=1 TONES=2\n',
    ['TONE=1', 'TONES', 'TONES=1 TONES=2'].map(
      (versions, index) =>
        `${index + 2}: versions is "${versions}"; expected sections and what is stored of them, such as DEVICE_CONFIG=000002 TONES=000001`,
    ),
  ],
];
test.for(lists)('told of a list: %s', ([, text, problems]) => {
  const reading = readIdentities(text);
  expect('problems' in reading && reading.problems.map(({ line, message }) => `${line}: ${message}`)).toEqual(
    problems,
  );
});
