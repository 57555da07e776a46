import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import type { DhcpCode } from '../../src/events/dhcp-code.ts';
import { acquireLease, type LeaseOrder, renewLease } from '../../src/network/dhcp.ts';
import { DhcpError } from '../../src/network/dhcp-error.ts';
import type { DhcpFact } from '../../src/network/dhcp-series.ts';
import { INFINITE_S, type Lease } from '../../src/provisioning/lease.ts';
import { dhcpAnswer, type Heard, type ScriptedAnswer, ScriptedLan } from './scripted-lan.ts';

const MAC = '001B4F123001';
const never = new AbortController().signal;

/** In the middle of its range: every wait is its plain number. */
const middling = { ...seededRandom(1), next: () => 0.5 };

interface Story {
  readonly clock: VirtualClock;
  readonly lan: ScriptedLan;
  readonly events: DhcpFact[];
  readonly order: LeaseOrder;
}

function story(
  answersTo: (heard: Heard) => readonly ScriptedAnswer[],
  more: Partial<LeaseOrder> = {},
): Story {
  const clock = new VirtualClock(0);
  const lan = new ScriptedLan(clock, answersTo);
  const events: DhcpFact[] = [];
  const order: LeaseOrder = {
    ...{ clock, random: middling, interfaceName: 'eth9', openWire: lan.openWire },
    identity: { mac: MAC, software: 'SIP' },
    patience: { tries: 4, initialTimeoutS: 4 },
    onFact: (event) => events.push(event),
    ...more,
  };
  return { clock, lan, events, order };
}

/** Runs the story to its end, and holds it to leaving nothing behind. */
async function ending({ clock, lan }: Story, asking: Promise<Lease>): Promise<Lease | DhcpError> {
  let result: Lease | DhcpError | undefined;
  asking.then(
    (lease) => {
      result = lease;
    },
    (error: unknown) => {
      if (!(error instanceof DhcpError)) throw error;
      result = error;
    },
  );
  await clock.runWhile(() => result === undefined, 600_000);
  expect({ open: lan.open, holds: clock.openHolds }).toEqual({ open: 0, holds: 0 });
  if (result === undefined) throw new Error('the phone still waits after ten minutes');
  return result;
}

async function failure(told: Story, asking: Promise<Lease>): Promise<{ code: DhcpCode; message: string }> {
  const result = await ending(told, asking);
  if (!(result instanceof DhcpError))
    throw new Error(`expected a failure, found a lease of ${result.address}`);
  return { code: result.code, message: result.message };
}

/** A server that is there: it offers and acknowledges. */
const good =
  (more: Partial<ScriptedAnswer> = {}) =>
  ({ message }: Heard): readonly ScriptedAnswer[] => [
    { type: message === 'DISCOVER' ? 'OFFER' : 'ACK', ...more },
  ];

const timesOf = ({ lan }: Story) => lan.heard.map(({ message, atMs }) => [message, atMs]);

const plainLease: Lease = {
  ...{ address: '10.77.0.50', mask: '255.255.255.0', dns: [], broadcast: '10.77.0.255', server: '10.77.0.1' },
  ...{ leaseS: 3_600, t1S: 1_800, t2S: 3_150, echoesClass: false },
};

test('takes the lease it is offered, a second after the offer', async () => {
  const told = story(good());
  expect(await ending(told, acquireLease(told.order, never))).toEqual(plainLease);
  expect(timesOf(told)).toEqual([
    ['DISCOVER', 0],
    ['REQUEST', 1_001],
  ]);
  expect(told.events).toEqual([
    { type: 'dhcp.sent', message: 'DISCOVER', waitMs: 4_000 },
    { type: 'dhcp.offered', server: '10.77.0.1', address: '10.77.0.50', leaseS: 3_600 },
    { type: 'dhcp.sent', message: 'REQUEST', waitMs: 4_000 },
  ]);
});

test('says who it is and what it wants as the manual prints it', async () => {
  const told = story(good());
  await ending(told, acquireLease(told.order, never));
  const said = told.lan.heard.map(({ packet, to }) => {
    const { options, xid, ...head } = packet;
    expect(xid).toBe(2 ** 31);
    return { to, head, options: Object.fromEntries([...options].map(([code, value]) => [code, [...value]])) };
  });
  const [none, head] = ['0.0.0.0', { direction: 'to-server', secs: 0, broadcast: true, mac: MAC }];
  const addresses = { ciaddr: none, yiaddr: none, siaddr: none, giaddr: none };
  const usual = {
    61: [1, 0x00, 0x1b, 0x4f, 0x12, 0x30, 0x01],
    12: [...Buffer.from('T001B4F123001')],
    60: [...Buffer.from('Nortel-SIP-Phone-A\0')],
    57: [0x04, 0xa6],
    55: [
      ...[1, 3, 6, 15, 28, 43, 58, 59, 66, 128, 131, 144, 157, 188, 191, 205, 219, 223],
      ...[224, 227, 230, 232, 235, 238, 241, 244, 247, 249, 251, 254],
    ],
  };
  expect(said).toEqual([
    { to: '255.255.255.255', head: { ...head, ...addresses }, options: { ...usual, 53: [1] } },
    {
      to: '255.255.255.255',
      head: { ...head, ...addresses, secs: 1 },
      options: { ...usual, 53: [3], 50: [10, 77, 0, 50], 54: [10, 77, 0, 1] },
    },
  ]);
});

test('a phone on UNIStim names another class', async () => {
  const told = story(good(), { identity: { mac: MAC, software: 'UNIStim' } });
  await ending(told, acquireLease(told.order, never));
  expect(told.lan.heard.map(({ packet }) => Buffer.from(packet.options.get(60) ?? []).toString())).toEqual([
    'Nortel-i2004-A\0',
    'Nortel-i2004-A\0',
  ]);
});

test('reads all that a lease can say', async () => {
  const texts = (text: string) => Buffer.from(text, 'latin1');
  const told = story(
    good({
      options: {
        1: Buffer.of(255, 255, 252, 0),
        3: Buffer.of(10, 77, 0, 1, 10, 77, 0, 2),
        6: Buffer.of(10, 77, 0, 3, 10, 77, 0, 4, 10, 77, 0, 5),
        15: texts('example.com\0'),
        28: Buffer.of(10, 77, 3, 254),
        43: Buffer.of(1, 2, 3),
        58: Buffer.of(0, 0, 1, 0),
        59: Buffer.of(0, 0, 2, 0),
        60: texts('Nortel-SIP-Phone-A'),
        66: texts('http://10.77.0.6/phones\0'),
        128: texts('Nortel-i2004-A,10.0.0.1:4100,1,5.'),
        224: texts('Nortel-SIP-Phone-B,prov=10.77.0.6;x = a=b ;;odd;'),
        254: texts('Nortel-SIP-Phone-B,later=1;'),
      },
    }),
  );
  expect(await ending(told, acquireLease(told.order, never))).toEqual({
    ...{ address: '10.77.0.50', mask: '255.255.252.0', router: '10.77.0.1', server: '10.77.0.1' },
    ...{ dns: ['10.77.0.3', '10.77.0.4'], domain: 'example.com', broadcast: '10.77.3.254' },
    ...{ leaseS: 3_600, t1S: 256, t2S: 512, echoesClass: true },
    provisioningServer: 'http://10.77.0.6/phones',
    infoBlock: {
      entries: [
        { name: 'prov', value: '10.77.0.6' },
        { name: 'x', value: 'a=b' },
      ],
      unread: ['odd'],
    },
  });
});

const offers: [title: string, answers: readonly ScriptedAnswer[], chosen: string][] = [
  [
    'the longest lease of the first second',
    [
      { type: 'OFFER', server: '10.0.0.1', leaseS: 600 },
      { type: 'OFFER', server: '10.0.0.2', leaseS: 7_200, afterMs: 999 },
      { type: 'OFFER', server: '10.0.0.3', leaseS: 3_600, afterMs: 500 },
    ],
    '10.0.0.2',
  ],
  [
    'of equal leases the first',
    [
      { type: 'OFFER', server: '10.0.0.2', leaseS: 600, afterMs: 20 },
      { type: 'OFFER', server: '10.0.0.1', leaseS: 600, afterMs: 10 },
    ],
    '10.0.0.1',
  ],
  [
    'none that comes later than a second after the first',
    [
      { type: 'OFFER', server: '10.0.0.1', leaseS: 600, afterMs: 3_000 },
      { type: 'OFFER', server: '10.0.0.2', leaseS: 700, afterMs: 4_000 },
      { type: 'OFFER', server: '10.0.0.3', leaseS: 800, afterMs: 4_001 },
    ],
    '10.0.0.2',
  ],
  [
    'a lease for ever before any other',
    [
      { type: 'OFFER', server: '10.0.0.1', leaseS: INFINITE_S },
      { type: 'OFFER', server: '10.0.0.2', leaseS: INFINITE_S - 1 },
    ],
    '10.0.0.1',
  ],
  [
    'no offer without an address, a server or a time',
    [
      { type: 'OFFER', server: '10.0.0.1', address: '0.0.0.0' },
      { type: 'OFFER', options: { 54: undefined } },
      { type: 'OFFER', server: '10.0.0.3', options: { 51: undefined } },
      { type: 'OFFER', server: '10.0.0.4', leaseS: 0 },
      { type: 'OFFER', server: '10.0.0.5', leaseS: 1 },
    ],
    '10.0.0.5',
  ],
  [
    'nothing that is for another phone, of another series, or no answer at all',
    [
      { type: 'OFFER', server: '10.0.0.1', packet: { mac: '001B4F123002' } },
      { type: 'OFFER', server: '10.0.0.2', packet: { xid: 7 } },
      { type: 'OFFER', server: '10.0.0.3', packet: { direction: 'to-server' } },
      { type: 'ACK', server: '10.0.0.4' },
      { type: 'NAK', server: '10.0.0.5' },
      { type: 13, server: '10.0.0.6' },
      { type: 'OFFER', server: '10.0.0.7', leaseS: 1 },
    ],
    '10.0.0.7',
  ],
];
test.for(offers)('takes %s', async ([, answers, chosen]) => {
  const told = story(({ message, packet }) =>
    message === 'DISCOVER'
      ? answers
      : [{ type: 'ACK', server: [...(packet.options.get(54) ?? [])].join('.') }],
  );
  expect(await ending(told, acquireLease(told.order, never))).toMatchObject({ server: chosen });
});

test('tells what it could not use', async () => {
  const told = story(({ message }) =>
    message === 'REQUEST'
      ? [{ type: 'ACK', options: { 1: undefined, 58: Buffer.of(0, 0, 255, 0) } }]
      : [
          { type: 'OFFER', server: '10.0.0.1', address: '0.0.0.0' },
          { type: 'OFFER', options: { 54: undefined } },
          { type: 13 },
          { type: 'OFFER' },
        ],
  );
  const asking = acquireLease(told.order, never);
  told.clock.setTimeout(() => told.lan.deliver(Buffer.from('noise')), 0);
  await ending(told, asking);
  const unread = { type: 'problem.told', severity: 'note', code: 'DHCP_UNREAD' };
  const doubt = { type: 'problem.told', severity: 'warning', code: 'DHCP_DOUBT' };
  expect(told.events.filter(({ type }) => type === 'problem.told')).toEqual([
    { ...unread, message: '5 bytes; expected at least 240' },
    { ...unread, message: 'offer of 10.0.0.1 holds no address' },
    { ...unread, message: 'message of type 2 names no server (option 54)' },
    { ...unread, message: 'message of type 13 from 10.77.0.1' },
    {
      ...doubt,
      message:
        'lease of 10.77.0.1: there is no network mask; 255.0.0.0, that of the class of 10.77.0.50, is used',
    },
    {
      ...doubt,
      message:
        'lease of 10.77.0.1: T1 is 65280 s and T2 65280 s of a lease of 3600 s; 1800 and 3150 are used',
    },
  ]);
});

const silences: [title: string, patience: LeaseOrder['patience'], atS: number[], overS: number][] = [
  ['four times by default', { tries: 4, initialTimeoutS: 4 }, [0, 4, 12, 28], 60],
  ['once', { tries: 1, initialTimeoutS: 10 }, [0], 10],
  ['with at most 64 s in between', { tries: 7, initialTimeoutS: 4 }, [0, 4, 12, 28, 60, 124, 188], 252],
];
test.for(silences)('asks a silent network %s', async ([, patience, atS, overS]) => {
  const told = story(() => [], { patience });
  expect(await failure(told, acquireLease(told.order, never))).toEqual({
    code: 'NO_OFFER',
    message: 'no DHCP server made an offer',
  });
  expect(timesOf(told)).toEqual(atS.map((seconds) => ['DISCOVER', seconds * 1_000]));
  expect(told.lan.heard.map(({ packet }) => packet.secs)).toEqual(atS);
  expect(told.clock.now()).toBe(overS * 1_000);
});

test('takes an offer that comes when it asks for the third time', async () => {
  let discovers = 0;
  const told = story((heard) => (heard.message === 'DISCOVER' && ++discovers < 3 ? [] : good()(heard)));
  expect(await ending(told, acquireLease(told.order, never))).toEqual(plainLease);
  expect(timesOf(told)).toEqual([
    ...[0, 4_000, 12_000].map((atMs) => ['DISCOVER', atMs]),
    ['REQUEST', 13_001],
  ]);
});

test('a late offer to the try before is an offer', async () => {
  const told = story(({ message, atMs }) => {
    if (message === 'REQUEST') return [{ type: 'ACK' }];
    return atMs === 0 ? [{ type: 'OFFER', afterMs: 5_000 }] : [];
  });
  expect(await ending(told, acquireLease(told.order, never))).toEqual(plainLease);
});

test('begins again at once after a refusal, and says why in the end', async () => {
  const told = story(({ message }) =>
    message === 'DISCOVER'
      ? [{ type: 'OFFER' }]
      : [{ type: 'NAK', options: { 56: Buffer.from('address in use\0') } }],
  );
  expect(await failure(told, acquireLease(told.order, never))).toEqual({
    code: 'NAK',
    message: '10.77.0.1 refused 10.77.0.50: address in use',
  });
  expect(timesOf(told)).toEqual(
    [0, 1, 2, 3].flatMap((index) => [
      ['DISCOVER', index * 1_002],
      ['REQUEST', index * 1_002 + 1_001],
    ]),
  );
  expect(told.events.filter(({ type }) => type === 'dhcp.refused')).toHaveLength(4);
});

test('gives up what nobody acknowledges, and hears only the server it asked', async () => {
  const others: readonly ScriptedAnswer[] = [
    { type: 'ACK', server: '10.0.0.9' },
    { type: 'NAK', server: '10.0.0.9' },
    { type: 'OFFER' },
  ];
  const told = story(({ message }) => (message === 'DISCOVER' ? [{ type: 'OFFER' }] : others), {
    patience: { tries: 1, initialTimeoutS: 4 },
  });
  expect(await failure(told, acquireLease(told.order, never))).toEqual({
    code: 'NO_ACK',
    message: 'nobody acknowledged 10.77.0.50',
  });
  expect(told.clock.now()).toBe(5_001);
});

test('ends when it is told to, before and under way', async () => {
  const leaving = new AbortController();
  const told = story(() => []);
  const asking = acquireLease(told.order, leaving.signal);
  told.clock.setTimeout(() => leaving.abort(new Error('power lost')), 2_500);
  expect(await failure(told, asking)).toEqual({ code: 'ABORTED', message: 'ended before there was a lease' });
  expect(told.clock.now()).toBe(2_500);
  expect(await failure(told, acquireLease(told.order, leaving.signal))).toMatchObject({ code: 'ABORTED' });
  expect(told.lan.heard).toHaveLength(1);
});

test('ends when the network goes away', async () => {
  const told = story(() => []);
  const asking = acquireLease(told.order, never);
  told.clock.setTimeout(() => told.lan.fail(new DhcpError('NO_ROUTE', 'the cable is out')), 2_500);
  expect(await failure(told, asking)).toEqual({ code: 'NO_ROUTE', message: 'the cable is out' });
});

test('draws the number of its series and its waits from the given chance', async () => {
  const told = story(() => [], { random: seededRandom(7), patience: { tries: 3, initialTimeoutS: 4 } });
  await failure(told, acquireLease(told.order, never));
  const waits = told.events.map((event) => (event.type === 'dhcp.sent' ? event.waitMs : 0));
  for (const [index, waitMs] of waits.entries())
    expect(Math.abs(waitMs - 4_000 * 2 ** index)).toBeLessThan(1_000);
  expect(new Set(told.lan.heard.map(({ packet }) => packet.xid)).size).toBe(1);
});

// Nobody has the address of this lease on the machine where this runs.
test.for(['renewing', 'rebinding'] as const)(
  'a lease whose address is not here is asked for as after a restart: %s',
  async (phase) => {
    const told = story(good({ leaseS: 7_200 }));
    const renewed = await ending(told, renewLease(told.order, { lease: plainLease, phase }, never));
    expect(renewed).toEqual({ ...plainLease, leaseS: 7_200, t1S: 3_600, t2S: 6_300 });
    const [{ packet, to } = expect.unreachable(), ...others] = told.lan.heard;
    expect(others).toEqual([]);
    expect({ to, ciaddr: packet.ciaddr, broadcast: packet.broadcast }).toEqual({
      ...{ to: '255.255.255.255', ciaddr: '0.0.0.0', broadcast: true },
    });
    expect([[...(packet.options.get(50) ?? [])], packet.options.get(54)]).toEqual([
      [10, 77, 0, 50],
      undefined,
    ]);
  },
);

// This machine has 127.0.0.1.
test.for<[phase: 'renewing' | 'rebinding', to: string]>([
  ['renewing', '10.77.0.1'],
  ['rebinding', '255.255.255.255'],
])('a lease whose address is here is asked for from it: %s', async ([phase, to]) => {
  const lease = { ...plainLease, address: '127.0.0.1' };
  const told = story(good({ address: '127.0.0.1', server: '10.77.0.8' }));
  expect(await ending(told, renewLease(told.order, { lease, phase }, never))).toMatchObject({
    server: '10.77.0.8',
  });
  const [{ packet, to: sentTo } = expect.unreachable()] = told.lan.heard;
  expect({ to: sentTo, ciaddr: packet.ciaddr, broadcast: packet.broadcast }).toEqual({
    ...{ to, ciaddr: '127.0.0.1', broadcast: false },
  });
  expect([packet.options.get(50), packet.options.get(54)]).toEqual([undefined, undefined]);
});

test.for<[title: string, answers: readonly ScriptedAnswer[], code: DhcpCode]>([
  ['is not answered', [], 'NO_ACK'],
  ['is refused', [{ type: 'NAK' }], 'NAK'],
])('a renewal that %s is asked for once', async ([, answers, code]) => {
  const told = story(() => answers);
  const renewing = renewLease(told.order, { lease: plainLease, phase: 'renewing' }, never);
  expect(await failure(told, renewing)).toMatchObject({ code });
  expect(told.lan.heard).toHaveLength(1);
});

test('keeps what a storm of offers brings within bounds', async () => {
  const told = story(good());
  const asking = acquireLease(told.order, never);
  told.clock.setTimeout(() => {
    const [heard] = told.lan.heard;
    if (heard === undefined) throw new Error('no DISCOVER yet');
    const offer = dhcpAnswer(heard.packet, { type: 'OFFER', server: '10.0.0.66', leaseS: 1 });
    for (let count = 0; count < 10_000; count++) told.lan.deliver(offer);
  }, 500);
  expect(await ending(told, asking)).toEqual(plainLease);
  expect(told.events.length).toBeLessThan(1_000);
});
