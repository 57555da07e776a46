import { expect, test } from 'vitest';
import type { FlashContents, KeptLease } from '../../src/device/flash-contents.ts';
import type { GivenOffer } from '../../src/network/given-dhcp.ts';
import type { DhcpDoor } from '../../src/phone/dhcp-door.ts';
import { INFINITE_S } from '../../src/provisioning/lease.ts';
import type { FileRequest } from '../../src/transport/transport.ts';
import { type BenchOptions, type BenchPhone, benchPhone, image } from './bench-phone.ts';

const HOUR_MS = 3_600_000;
const SERVER_URL = 'http://10.0.0.9:8080/phones';
const OFFER: GivenOffer = {
  address: '10.0.0.5',
  mask: '255.255.255.0',
  router: '10.0.0.1',
  provisioningServer: SERVER_URL,
  leaseS: 3_600,
};
const { provisioningServer: _, ...WITHOUT_66 } = OFFER;
const kept: KeptLease = {
  ...{ address: '10.0.0.5', mask: '255.255.255.0', router: '10.0.0.1', dns: [], domain: null },
  provisioningServer: SERVER_URL,
};

/** A phone whose provisioning server only DHCP knows. */
function dhcpPhone(options: BenchOptions = {}): BenchPhone {
  const files = { 'phones/1230SIP.cfg': '[USER_CONFIG]\nVERSION 000001\nPROTOCOL HTTP\n' };
  return benchPhone({ files, server: 'unknown', offers: [OFFER], ...options });
}

/** A door to servers that acknowledge no renewal. */
const silentAtRenewal = (given: DhcpDoor): DhcpDoor => ({
  ...given,
  renew: async () => ({ ok: false, code: 'NO_ACK', message: 'nobody acknowledged 10.0.0.5' }),
});

const typesOf = (bench: BenchPhone) => bench.facts().map(({ type }) => type);
const settings = (values: Record<string, string>, from: 'file' | 'dhcp' | 'manual' = 'file') =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, from }]),
  ) satisfies FlashContents['settings'];

test('a phone gets its address before its software starts, and the server from option 66', async () => {
  const bench = dhcpPhone();
  await bench.follow('power.on');
  expect(typesOf(bench).slice(0, 12)).toEqual([
    ...['power.on', 'flash.read', 'boot-loader.started', 'dhcp.started', 'dhcp.sent', 'dhcp.offered'],
    ...['dhcp.sent', 'dhcp.leased', 'flash.written', 'software.started', 'network.ready', 'update.started'],
  ]);
  expect(bench.factsOf('network.ready')).toEqual([
    { type: 'network.ready', how: 'dhcp', address: '10.0.0.5' },
  ]);
  expect(bench.outcome()).toMatchObject({
    state: 'login',
    requests: [
      { url: `${SERVER_URL}/1230SIP.cfg`, result: 'ok' },
      { url: `${SERVER_URL}/SIP001B4F123001.cfg`, result: 'NOT_FOUND' },
    ],
    lease: {
      ...{ how: 'leased', ...kept, server: '10.0.0.1', infoBlock: [] },
      ...{ leaseS: 3_600, t1S: 1_800, t2S: 3_150 },
    },
  });
  expect(bench.flash.read().lease).toEqual(kept);
});

test('of several offers within a second of the first the longest is taken', async () => {
  const others = [
    { ...OFFER, address: '10.0.0.6', router: '10.0.0.2', leaseS: 7_200, afterMs: 900 },
    { ...OFFER, address: '10.0.0.7', router: '10.0.0.3', leaseS: 9_000, afterMs: 1_100 },
  ];
  const bench = dhcpPhone({ offers: [OFFER, ...others] });
  await bench.follow('power.on');
  expect(bench.factsOf('dhcp.offered').map(({ address }) => address)).toEqual(['10.0.0.5', '10.0.0.6']);
  expect(bench.outcome().lease).toMatchObject({ address: '10.0.0.6', server: '10.0.0.2', leaseS: 7_200 });
});

test('a silent network is asked four times a series, ten series long, and then the boot is over', async () => {
  const bench = dhcpPhone({ offers: [] });
  await bench.follow('power.on');
  const sent = bench.factsOf('dhcp.sent');
  expect(sent).toHaveLength(40);
  for (const [index, { message, waitMs }] of sent.entries()) {
    const usualMs = 4_000 * 2 ** (index % 4);
    expect(message).toBe('DISCOVER');
    expect(Math.abs(waitMs - usualMs)).toBeLessThanOrEqual(1_000);
  }
  expect(bench.factsOf('dhcp.started').map(({ series }) => series)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(bench.factsOf('dhcp.failed').map(({ follows }) => follows)).toEqual([
    ...Array(9).fill('series'),
    'nothing',
  ]);
  expect(bench.outcome()).toMatchObject({
    ok: false,
    state: 'no-address',
    lease: null,
    failures: [{ code: 'NO_OFFER', message: 'the phone has no address: no DHCP server made an offer' }],
  });
  const before = bench.entries.length;
  await bench.clock.runFor(24 * HOUR_MS);
  expect(bench.entries).toHaveLength(before);
});

test('a phone that gave up begins anew when it is reset', async () => {
  const bench = dhcpPhone({ offers: [] });
  await bench.follow('power.on', 'phone.reset');
  expect(
    bench
      .factsOf('dhcp.started')
      .map(({ series }) => series)
      .slice(9, 12),
  ).toEqual([10, 1, 2]);
});

test('the settings of a file shape the series', async () => {
  const flash = { settings: settings({ DHCP_NUMBER_OF_RETRIES: '2', DHCP_INITIAL_TIMEOUT: '10' }) };
  const bench = dhcpPhone({ offers: [], flash });
  await bench.follow('power.on');
  const waitsS = bench.factsOf('dhcp.sent').map(({ waitMs }) => Math.round(waitMs / 10_000));
  expect(waitsS).toEqual(Array(10).fill([1, 2]).flat());
});

const lastAddresses: [title: string, cached: string, lease: KeptLease | null, state: string][] = [
  ['with CACHED_IP_ENABLED YES the last address is used', 'YES', kept, 'login'],
  ['with CACHED_IP_ENABLED NO it is not', 'NO', kept, 'no-address'],
  ['a phone that never had one has none to use', 'YES', null, 'no-address'],
];
test.for(lastAddresses)('no offer: %s', async ([, CACHED_IP_ENABLED, lease, state]) => {
  const flash = { settings: settings({ CACHED_IP_ENABLED }), lease };
  const bench = dhcpPhone({ offers: [], flash });
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe(state);
  const used = bench.factsOf('dhcp.cached').map(({ lease: { address } }) => address);
  expect(used).toEqual(state === 'login' ? ['10.0.0.5'] : []);
  expect(
    bench
      .outcome()
      .requests.map(({ url }) => url)
      .slice(0, 1),
  ).toEqual(state === 'login' ? [`${SERVER_URL}/1230SIP.cfg`] : []);
});

const servers: [title: string, offer: GivenOffer, lease: KeptLease | null, server: string | undefined][] = [
  [
    'a dotted address is a TFTP server',
    { ...OFFER, provisioningServer: '10.0.0.8' },
    null,
    'tftp://10.0.0.8:69/',
  ],
  ['a bare name is a TFTP server', { ...OFFER, provisioningServer: 'prov' }, null, 'tftp://prov:69/'],
  [
    'option 66 wins over the one received before',
    { ...OFFER, provisioningServer: '10.0.0.8' },
    kept,
    'tftp://10.0.0.8:69/',
  ],
  ['what DHCP does not say is as it was received last', WITHOUT_66, kept, 'http://10.0.0.9:8080/'],
  [
    'what cannot be read is as it was received last',
    { ...OFFER, provisioningServer: 'gopher://x' },
    kept,
    'http://10.0.0.9:8080/',
  ],
  ['nobody said it', WITHOUT_66, null, undefined],
];
test.for(servers)('the provisioning server: %s', async ([, offer, lease, server]) => {
  const bench = dhcpPhone({ offers: [offer], flash: { lease } });
  await bench.follow('power.on');
  expect(bench.factsOf('update.started').map((fact) => fact.server)).toEqual(
    server === undefined ? [] : [server],
  );
});

test('an option 66 that cannot be read is told, without its password', async () => {
  const bench = dhcpPhone({ offers: [{ ...OFFER, provisioningServer: 'gopher://me:secret@10.0.0.9' }] });
  await bench.follow('power.on');
  expect(bench.outcome().problems).toContainEqual({
    ...{ severity: 'error', code: 'DHCP_SERVER_ADDRESS' },
    message:
      'DHCP option 66: server address "gopher://me:***@10.0.0.9": "gopher" is no protocol of this phone; expected tftp, ftp, http or https',
  });
});

test('a provisioning server set by hand wins over option 66, told', async () => {
  const bench = dhcpPhone({ server: 'known' });
  await bench.follow('power.on');
  expect(bench.factsOf('update.started').map(({ server }) => server)).toEqual(['http://127.0.0.1:80/']);
  expect(bench.outcome().problems.map(({ code }) => code)).toContain('MANUAL_SERVER_STAYS');
});

const NOT_HERE = { sourceFor: () => null };
const sources: [title: string, more: Partial<DhcpDoor>, source: string | undefined, told: boolean][] = [
  ['requests leave from the address of the lease', {}, '10.0.0.5', false],
  ['a machine without that address chooses another, told', NOT_HERE, undefined, true],
];
test.for(sources)('%s', async ([, more, source, told]) => {
  const requests: FileRequest[] = [];
  const bench = dhcpPhone({
    dhcp: (given) => ({ ...given, ...more }),
    door: (loopback) => ({
      fetch: (request, signal) => {
        requests.push(request);
        return loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
  });
  await bench.follow('power.on');
  expect(requests.map(({ localAddress }) => localAddress)).toEqual([source, source]);
  expect(bench.outcome().problems.some(({ code }) => code === 'FOREIGN_ADDRESS')).toBe(told);
});

const BLOCK = 'Nortel-SIP-Phone-B,BANNER=ACME;TIMEZONE_OFFSET=3600;HTTP_RETRY_NUMBER=many;FOO=1;odd;';

test('settings of the info block win over files and lose against those made by hand', async () => {
  const bench = dhcpPhone({
    offers: [{ ...OFFER, infoBlock: BLOCK }],
    flash: { settings: settings({ TIMEZONE_OFFSET: '0' }, 'manual') },
    files: {
      'phones/1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
      'phones/d.cfg': 'BANNER of the file\nDEF_LANG French\n',
    },
  });
  await bench.follow('power.on');
  expect(bench.flash.read().settings).toEqual({
    BANNER: { value: 'ACME', from: 'dhcp' },
    TIMEZONE_OFFSET: { value: '0', from: 'manual' },
    DEF_LANG: { value: 'French', from: 'file' },
  });
  const told = bench.outcome().problems.map(({ code, file = '', message }) => `${file} ${code}: ${message}`);
  expect(told.filter((line) => /DHCP|INFO_BLOCK|Phone-B/.test(line))).toEqual([
    'Nortel-SIP-Phone-B MANUAL_VALUE_STAYS: TIMEZONE_OFFSET was set by hand to "0" and stays so; the value received is not taken',
    expect.stringMatching(/^Nortel-SIP-Phone-B BAD_VALUE: HTTP_RETRY_NUMBER is "many"; expected /),
    'Nortel-SIP-Phone-B UNKNOWN_PARAMETER: "FOO" is no parameter this phone knows',
    'd.cfg DHCP_VALUE_STAYS: BANNER is "ACME" by DHCP and stays so; the value in the file is not taken',
    ' INFO_BLOCK: "odd" in the DHCP info block is no name=value',
  ]);
});

test('a setting that leaves the info block stays until a file brings another', async () => {
  const bench = dhcpPhone({ flash: { settings: settings({ BANNER: 'ACME' }, 'dhcp') } });
  await bench.follow('power.on');
  expect(bench.flash.read().settings).toEqual({ BANNER: { value: 'ACME', from: 'file' } });
});

test('an unchanged lease is not written again', async () => {
  const bench = dhcpPhone();
  await bench.follow('power.on', 'phone.reset');
  await bench.clock.runFor(10 * HOUR_MS);
  const leases = bench
    .factsOf('flash.written')
    .filter(({ changes }) => changes.some(({ change }) => change === 'lease'));
  expect(bench.factsOf('dhcp.leased')).toHaveLength(2);
  expect(leases).toHaveLength(1);
});

/** Facts of DHCP after the first lease, with their minute since it began. */
function afterLease(bench: BenchPhone): (readonly [type: string, minute: number])[] {
  const leasedAt = bench.entries.find(({ event }) => event.type === 'dhcp.leased')?.at ?? Number.NaN;
  return bench.entries
    .filter(({ event, at }) => event.type.startsWith('dhcp.') && at > leasedAt)
    .map(({ event, at }) => [event.type, Math.round((at - leasedAt) / 60_000)] as const);
}

test('a lease is renewed at half its time, again and again', async () => {
  const bench = dhcpPhone();
  await bench.follow('power.on');
  await bench.clock.runFor(1.9 * HOUR_MS);
  expect(afterLease(bench)).toEqual(
    [30, 60, 90].flatMap((minute) => [
      ['dhcp.sent', minute],
      ['dhcp.renewed', minute],
    ]),
  );
});

test('a lease that nobody renews is asked about more and more often, is over, and another is asked for', async () => {
  const bench = dhcpPhone({ dhcp: silentAtRenewal });
  await bench.follow('power.on');
  await bench.clock.runFor(1.1 * HOUR_MS);
  const facts = afterLease(bench);
  const tries = facts.filter(([type]) => type === 'dhcp.failed').map(([, minute]) => minute);
  expect(tries.slice(0, 5)).toEqual([30, 41, 47, 50, 51]);
  expect(facts.slice(-6)).toEqual([
    ['dhcp.lost', 60],
    ...['started', 'sent', 'offered', 'sent', 'leased'].map((what) => [`dhcp.${what}`, 60]),
  ]);
  expect(bench.factsOf('dhcp.lost')).toEqual([{ type: 'dhcp.lost', address: '10.0.0.5', why: 'expired' }]);
  expect(bench.outcome()).toMatchObject({ state: 'login', lease: { address: '10.0.0.5' } });
});

test('from T2 on any server may renew it', async () => {
  const bench = dhcpPhone({
    dhcp: (given) => ({
      ...given,
      renew: (order, one, signal) =>
        one.phase === 'renewing'
          ? silentAtRenewal(given).renew(order, one, signal)
          : given.renew(order, one, signal),
    }),
  });
  await bench.follow('power.on');
  await bench.clock.runFor(HOUR_MS);
  expect(afterLease(bench).at(-1)).toEqual(['dhcp.rebound', 53]);
});

test('a lease that is refused at its renewal is lost at once', async () => {
  const bench = dhcpPhone({
    dhcp: (given) => ({ ...given, renew: async () => ({ ok: false, code: 'NAK', message: 'no' }) }),
  });
  await bench.follow('power.on');
  await bench.clock.runFor(HOUR_MS / 2 + 10_000);
  expect(afterLease(bench).map(([type]) => type)).toEqual(
    ['lost', 'started', 'sent', 'offered', 'sent', 'leased'].map((what) => `dhcp.${what}`),
  );
});

test('a phone that is up and lost its lease asks without end', async () => {
  const network: { cable: 'in' | 'out' } = { cable: 'in' };
  const bench = dhcpPhone({
    dhcp: (given) => ({
      ...silentAtRenewal(given),
      acquire: (order, signal) =>
        network.cable === 'in'
          ? given.acquire(order, signal)
          : Promise.resolve({ ok: false, code: 'NO_ROUTE', message: 'the cable is out' }),
    }),
  });
  await bench.follow('power.on');
  network.cable = 'out';
  await bench.clock.runFor(2 * HOUR_MS);
  expect(bench.factsOf('dhcp.started').at(-1)).toMatchObject({ seriesMax: null });
  expect(bench.factsOf('dhcp.started').length).toBeGreaterThan(300);
  expect(bench.outcome()).toMatchObject({ state: 'login', lease: null });
  network.cable = 'in';
  await bench.clock.runFor(60_000);
  expect(bench.outcome()).toMatchObject({ state: 'login', lease: { address: '10.0.0.5' } });
});

test('a lease for ever is left alone', async () => {
  const bench = dhcpPhone({ offers: [{ ...OFFER, leaseS: INFINITE_S }] });
  await bench.follow('power.on');
  expect(await bench.clock.runWhile(() => true, 365 * 24 * HOUR_MS)).toBe('idle');
  expect(afterLease(bench)).toEqual([]);
});

test.for([0, 500, 2_000])('power cut %d ms after it came: nothing is asked any more', async (afterMs) => {
  const bench = dhcpPhone();
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runFor(afterMs);
  bench.phone.send({ type: 'power.off' });
  const before = bench.entries.length;
  await bench.clock.runFor(10 * HOUR_MS);
  expect(bench.entries.slice(before)).toEqual([]);
  expect(bench.clock.openHolds).toBe(0);
});

test('a phone that is already up has its address before it is at rest', async () => {
  const bench = dhcpPhone({ flash: { user: '1@a.b' } });
  await bench.follow('phone.resume', 'updates.check');
  expect(typesOf(bench)).not.toContain('boot-loader.started');
  expect(bench.outcome()).toMatchObject({
    state: 'idle',
    trigger: 'soft-key',
    lease: { address: '10.0.0.5' },
  });
});

test('each restart asks for an address again', async () => {
  const bench = dhcpPhone();
  await bench.follow('power.on', 'phone.reset', 'power.off', 'power.on');
  const about = ['boot-loader.started', 'dhcp.leased', 'dhcp.lost'];
  expect(typesOf(bench).filter((type) => about.includes(type))).toEqual(
    Array(3).fill(['boot-loader.started', 'dhcp.leased']).flat(),
  );
});

test('the boot loader recovers an image from the server of option 66, by TFTP', async () => {
  const load = 'SIP12x004.04.09.00';
  const bench = dhcpPhone({
    flash: { image: 'writing' },
    files: {
      '1230Boot.cfg': `[FW]\nVERSION ${load}\nFILENAME ${load}.bin\nPROTOCOL TFTP\n`,
      [`${load}.bin`]: image(load),
    },
  });
  await bench.follow('power.on');
  expect(bench.outcome().requests[0]).toMatchObject({ url: 'tftp://10.0.0.9:69/1230Boot.cfg', result: 'ok' });
  expect(bench.flash.read()).toMatchObject({ software: load, image: 'ok' });
});

test("a user's own files come from the server of option 66", async () => {
  const login = { SIP_DOMAIN1: 'a.b', SERVER_IP1_1: '192.0.2.1', AUTOLOGIN_ENABLE: 'YES' };
  const bench = dhcpPhone({
    files: { 'phones/1230SIP.cfg': '[IMAGES]\nVERSION 000001\n', 'phones/1@a.b.cfg': '[files]\n' },
    flash: { user: '1@a.b', settings: settings({ ...login, USER_FILE_ENABLE: 'YES' }) },
  });
  await bench.follow('power.on');
  expect(bench.outcome().requests.map(({ url }) => url)).toContain(`${SERVER_URL}/1@a.b.cfg`);
});

test('a factory reset forgets the lease', async () => {
  const bench = dhcpPhone({ offers: [WITHOUT_66], flash: { lease: kept, user: '1@a.b' } });
  await bench.follow('phone.resume', 'factory.reset');
  expect(bench.flash.read().lease).toEqual({ ...kept, provisioningServer: null });
});

test('power that goes as the first question is about to leave keeps it from leaving', async () => {
  const bench = benchPhone({ server: 'unknown', offers: [] });
  bench.journal.listen(({ event }) => {
    if (event.type === 'dhcp.started') bench.phone.send({ type: 'power.off' });
  });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runFor(60_000);
  expect(bench.facts().at(-1)).toEqual({ type: 'power.off' });
  expect(bench.clock.pendingTimers).toBe(0);
});
