import { describe, expect, test } from 'vitest';
import { protocols } from '../../src/provisioning/words.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import type { ServedRequest } from '../../src/server/served-request.ts';
import { countedBytes } from '../transport/file-request.ts';
import { type FaultStory, faultDoors, type Seen } from './fault-doors.ts';

// Each fault means the same to a phone on the loopback and over real sockets: how its transfers end, and
// which bytes arrived.

const whole = countedBytes(5_000);
const all = { match: '**' } as const;

/** How one file ends over each protocol, and how much of it came; HTTPS as HTTP. */
type Ends = Readonly<Record<'tftp' | 'ftp' | 'http', readonly [end: Seen['end'], bytes: number]>>;

const nowhere = (end: Seen['end']): Ends => ({ tftp: [end, 0], ftp: [end, 0], http: [end, 0] });
const everywhere: Ends = { tftp: ['whole', 5_000], ftp: ['whole', 5_000], http: ['whole', 5_000] };
const cutAt = (tftp: Seen['end'], tcp: Seen['end'], bytes: number): Ends => ({
  tftp: [tftp, bytes - (bytes % 512)],
  ftp: [tcp, bytes],
  http: [tcp, bytes],
});

const swift = { pace: 'swift' } as const;
const cases: [title: string, rule: FaultRule, ends: Ends, more?: Partial<FaultStory>][] = [
  ['missing', { ...all, fault: 'missing' }, nowhere('NOT_FOUND')],
  ['status 404', { ...all, fault: 'status', status: 404 }, nowhere('NOT_FOUND')],
  ['status 401', { ...all, fault: 'status', status: 401 }, nowhere('ACCESS_DENIED')],
  ['status 403', { ...all, fault: 'status', status: 403 }, nowhere('ACCESS_DENIED')],
  ['status 302', { ...all, fault: 'status', status: 302 }, nowhere('PROTOCOL')],
  ['status 500', { ...all, fault: 'status', status: 500 }, nowhere('PROTOCOL')],
  [
    'status 503',
    { ...all, fault: 'status', status: 503 },
    { ...nowhere('BUSY'), tftp: ['PROTOCOL', 0] },
    { request: { retriesOf503: 0 } },
  ],
  [
    'status in words of FTP and TFTP',
    { ...all, fault: 'status', status: 404, ftp: 532, tftp: 2 },
    { ...nowhere('ACCESS_DENIED'), http: ['NOT_FOUND', 0] },
  ],
  ['refuse', { ...all, fault: 'refuse' }, nowhere('UNREACHABLE')],
  ['silence', { ...all, fault: 'silence' }, nowhere('TIMEOUT'), swift],
  ['stall', { ...all, fault: 'stall', afterBytes: 1_100 }, cutAt('TIMEOUT', 'TIMEOUT', 1_100), swift],
  ['stall before the first byte', { ...all, fault: 'stall', afterBytes: 0 }, nowhere('TIMEOUT'), swift],
  ['stall beyond the file', { ...all, fault: 'stall', afterBytes: 5_000 }, everywhere],
  ['truncate', { ...all, fault: 'truncate', afterBytes: 1_100 }, cutAt('TRUNCATED', 'TRUNCATED', 1_100)],
  [
    'truncate before the first byte',
    { ...all, fault: 'truncate', afterBytes: 0 },
    { ...nowhere('TRUNCATED'), tftp: ['PROTOCOL', 0] },
  ],
  [
    'truncate before the last byte',
    { ...all, fault: 'truncate', afterBytes: 4_999 },
    cutAt('TRUNCATED', 'TRUNCATED', 4_999),
  ],
  ['truncate beyond the file', { ...all, fault: 'truncate', afterBytes: 5_000 }, everywhere],
  ['reset', { ...all, fault: 'reset', afterBytes: 1_100 }, cutAt('TIMEOUT', 'TRUNCATED', 1_100), swift],
  [
    'reset before the first byte',
    { ...all, fault: 'reset', afterBytes: 0 },
    { ...nowhere('TRUNCATED'), tftp: ['TIMEOUT', 0] },
    swift,
  ],
  ['reset beyond the file', { ...all, fault: 'reset', afterBytes: 5_000 }, everywhere],
  ['latency', { ...all, fault: 'latency', ms: 200 }, everywhere],
  ['latency beyond patience', { ...all, fault: 'latency', ms: 400_000 }, nowhere('TIMEOUT'), swift],
  ['bandwidth', { ...all, fault: 'bandwidth', bytesPerSecond: 25_000 }, everywhere],
];

for (const [world, fetchAll] of Object.entries(faultDoors)) {
  describe.for(protocols)(`${world}, %s`, (protocol) => {
    test.concurrent.for(cases)('%s', async ([, rule, ends, more]) => {
      const story: FaultStory = { files: { 'a.bin': whole }, rules: [rule], paths: ['a.bin'], ...more };
      const [seen] = await fetchAll(protocol, story);
      const [end, bytes] = ends[protocol === 'https' ? 'http' : protocol];
      expect([seen?.end, seen?.body.equals(whole.subarray(0, seen.body.length))]).toEqual([end, true]);
      // Over FTP the 426, or the reset, may overtake bytes that are there but not read yet.
      if (world === 'wire' && protocol === 'ftp') expect(seen?.body.length).toBeLessThanOrEqual(bytes);
      else expect(seen?.body.length).toBe(bytes);
    });
  });
}

describe('what comes of a file', () => {
  const old = { 'a.bin': Buffer.from('old a'), 'gone.bin': Buffer.from('gone') };
  const files = { 'a.bin': whole, 'new.bin': Buffer.from('new') };
  const flipped = (...places: readonly number[]) =>
    Buffer.from(whole.map((byte, place) => (places.includes(place) ? byte ^ 0xff : byte)));
  const places = (body: Buffer) => [...body.keys()].filter((place) => body[place] !== whole[place]);

  for (const [world, fetchAll] of Object.entries(faultDoors)) {
    describe.for(protocols)(`${world}, %s`, (protocol) => {
      const bodiesOf = async (story: Omit<FaultStory, 'files' | 'old'>) =>
        (await fetchAll(protocol, { files, old, ...story })).map(({ end, body }) =>
          end === 'whole' ? body : end,
        );

      test('corrupt turns over given bytes, and none beyond the end', async () => {
        const rules: FaultRule[] = [{ ...all, fault: 'corrupt', at: [0, 511, 512, 4_999, 5_000], times: 1 }];
        expect(await bodiesOf({ rules, paths: ['a.bin', 'a.bin'] })).toEqual([
          flipped(0, 511, 512, 4_999),
          whole,
        ]);
      });

      test('corrupt draws its bytes by seed and request', async () => {
        const rules: FaultRule[] = [{ ...all, fault: 'corrupt', bytes: 3 }];
        const bodies = await bodiesOf({ rules, paths: ['a.bin', 'a.bin'] });
        expect(bodies.map((body) => (body instanceof Buffer ? places(body) : body))).toEqual([
          [3_823, 4_537, 4_587],
          [358, 2_849, 2_973],
        ]);
      });

      test('stale: the older tree has it, or it is not there', async () => {
        const rules: FaultRule[] = [{ ...all, fault: 'stale', from: 'old' }];
        expect(await bodiesOf({ rules, paths: ['a.bin', 'new.bin', 'gone.bin'] })).toEqual([
          old['a.bin'],
          'NOT_FOUND',
          old['gone.bin'],
        ]);
      });

      test('half-updated: the same files are old, new or away at each request', async () => {
        const names = Array.from({ length: 12 }, (_, index) => `${index}.cfg`);
        const tree = (state: string) =>
          Object.fromEntries(names.map((name) => [name, Buffer.from(`${state} ${name}`)]));
        const rules: FaultRule[] = [
          { ...all, fault: 'half-updated', from: 'old', updated: '60%', missing: '50%' },
        ];
        const story = { files: tree('new'), old: tree('old'), rules, paths: [...names, ...names] };
        const states = (await fetchAll(protocol, story)).map(({ end, body }) =>
          end === 'whole' ? body.toString().slice(0, 3) : end,
        );
        expect(states.slice(0, 12).join(' ')).toBe(
          'new new new old NOT_FOUND old old NOT_FOUND new old new old',
        );
        expect(states.slice(12)).toEqual(states.slice(0, 12));
      });

      test('a rule counts the requests it is about, and strikes those between after and times', async () => {
        const rules: FaultRule[] = [{ match: 'a.*', fault: 'missing', after: 1, times: 2 }];
        const paths = ['a.bin', 'new.bin', 'a.bin', 'a.bin', 'a.bin'];
        const ends = (await fetchAll(protocol, { files, rules, paths })).map(({ end }) => end);
        expect(ends).toEqual(['whole', 'whole', 'NOT_FOUND', 'NOT_FOUND', 'whole']);
      });

      test('a rule for one protocol is about no other', async () => {
        const rules = protocols.map(
          (one): FaultRule => ({
            ...all,
            fault: 'status',
            protocol: one,
            status: one === protocol ? 403 : 404,
          }),
        );
        const [seen] = await fetchAll(protocol, { files, rules, paths: ['a.bin'] });
        expect(seen?.end).toBe('ACCESS_DENIED');
      });

      test('bandwidth: the last byte does not come before its time', async () => {
        const rules: FaultRule[] = [{ ...all, fault: 'bandwidth', bytesPerSecond: 25_000 }];
        const [seen] = await fetchAll(protocol, { files, rules, paths: ['a.bin'] });
        expect(seen?.end).toBe('whole');
        expect(seen?.ms).toBeGreaterThanOrEqual(199);
      });
    });
  }
});

test('FTP: the server sends all up to the cut', async () => {
  const served = (fault: 'truncate' | 'reset') =>
    new Promise<ServedRequest>((onRequest) => {
      const rules: FaultRule[] = [{ ...all, fault, afterBytes: 1_100 }];
      void faultDoors.wire('ftp', { files: { 'a.bin': whole }, rules, paths: ['a.bin'], onRequest });
    });
  const told = [await served('truncate'), await served('reset')];
  expect(told.map(({ result, bytes, faults }) => ({ result, bytes, faults }))).toEqual([
    { result: 'aborted', bytes: 1_100, faults: ['truncate'] },
    { result: 'aborted', bytes: 1_100, faults: ['reset'] },
  ]);
});

describe.for(Object.entries(faultDoors))('TFTP repeats what is not answered: %s', ([, fetchAll]) => {
  const endOf = async (rule: FaultRule) => {
    const story: FaultStory = { files: { 'a.bin': whole }, rules: [rule], paths: ['a.bin'], pace: 'swift' };
    const [seen] = await fetchAll('tftp', story);
    return [seen?.end, seen?.body.equals(whole)];
  };

  test('each is one more request: five are struck, the sixth is answered', async () => {
    expect(await endOf({ ...all, fault: 'silence', times: 5 })).toEqual(['whole', true]);
  });

  test('the first answer counts, to whichever of them', async () => {
    expect(await endOf({ ...all, fault: 'latency', ms: 20_000 })).toEqual(['whole', true]);
    expect(await endOf({ ...all, fault: 'latency', ms: 40_000, times: 1 })).toEqual(['whole', true]);
  });
});
