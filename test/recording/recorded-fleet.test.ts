import { expect, test } from 'vitest';
import { readIdentities } from '../../src/fleet/identities.ts';
import { namesIn, offersOf } from '../../src/recording/offers.ts';
import { phonesOf } from '../../src/recording/phones.ts';
import type { Reading } from '../../src/recording/reading.ts';
import { fleetOf } from '../../src/recording/recorded-fleet.ts';
import { playedFleet } from './played-fleet.ts';
import { readRecorded, recordedLogs } from './recorded-logs.ts';
import { recordedTree } from './recorded-tree.ts';
import { sightingsOf } from './sightings.ts';

/** The fleet of logs against a folder, and the phones in them. */
function fleetIn(readings: readonly Reading[], folder: string) {
  const offers = offersOf(folder);
  const sightings = readings.flatMap((reading) => reading.sightings);
  const { phones } = phonesOf(sightings, namesIn(offers));
  return { phones, fleet: fleetOf({ readings, phones, offers, server: { folder } }, 'phones.csv') };
}

test.for(recordedLogs)('a fleet of $name asks for the same files', async ({ name, protocol, lacks }) => {
  const { phones, fleet } = fleetIn([readRecorded(name)], await recordedTree(protocol));
  const { asked, missed } = await playedFleet(fleet);
  expect(missed).toEqual([]);
  if (lacks.includes('missing files')) {
    expect(fleet.text).toContain('# No threshold for how much is asked for, since ');
    return;
  }
  const inLog = phones.map(({ visits }) =>
    visits.flatMap(({ requests }) => requests.map(({ file }) => file)),
  );
  const inFleet = Object.values(asked).map((files) => files.map(({ file }) => file));
  expect(inFleet.map((files) => files.toSorted())).toEqual(inLog.map((files) => files.toSorted()));
});

const THREE = ['0 10.0.0.1', '0.5 10.0.0.2', '90 10.0.0.3'];
const provisioning = (lines: readonly string[]) => lines.map((line) => `${line} tftp 1230SIP.cfg NOT_FOUND`);

test('phones begin, and come again, when they did', async () => {
  const readings = [
    readingOf(provisioning([...THREE, '86400 10.0.0.1', '86401 10.0.0.1', '172800 10.0.0.1'])),
  ];
  const { fleet } = fleetIn(readings, await recordedTree('tftp'));
  expect(fleet.phones).toBe(
    [
      'mac,model,software,protocol,at,versions',
      '02:00:00:00:00:00,1230,,tftp,0s 86400s 86401s 172800s,',
      '02:00:00:00:00:01,1230,,tftp,0.5s,',
      '02:00:00:00:00:02,1230,,tftp,90s,',
      '',
    ].join('\n'),
  );
  const noFile = fleet.text.replace(/files: .*/, 'files: { nothing.txt: "" }');
  const { asked } = await playedFleet({ ...fleet, text: noFile });
  // In the second in which they asked, however often.
  const seconds = Object.values(asked).map((all) => [
    ...new Set(all.map(({ atMs }) => Math.floor(atMs / 1000))),
  ]);
  expect(seconds).toEqual([[0, 86_400, 86_401, 172_800], [0], [90]]);
});

test('a phone that came twice in one second comes twice', async () => {
  const readings = [readingOf(provisioning(['0 10.0.0.1', '5 10.0.0.2', '5 10.0.0.2', '5 10.0.0.2']))];
  const { fleet } = fleetIn(readings, await recordedTree('tftp'));
  expect(fleet.phones.split('\n')[2]).toBe('02:00:00:00:00:01,1230,,tftp,5s 5.001s 5.002s,');
  const noFile = fleet.text.replace(/files: .*/, 'files: { nothing.txt: "" }');
  const { asked } = await playedFleet({ ...fleet, text: noFile });
  expect(Object.values(asked).map((all) => all.length)).toEqual([1, 3]);
});

test('of a capture, whose moments are microseconds, phones come at whole milliseconds', () => {
  const lines = ['0.0009 10.0.0.1', '0.000901 10.0.0.2', '1.9999 10.0.0.2', '2.000001 10.0.0.2'];
  const readings = [readingOf(provisioning(lines))];
  const { phones } = phonesOf(readings.flatMap(({ sightings }) => sightings));
  const fleet = fleetOf({ readings, phones, server: { url: 'tftp://192.0.2.1/' } }, 'phones.csv');
  expect(fleet.text).toContain('All began at once.');
  expect(readIdentities(fleet.phones)).toEqual({
    identities: [
      { mac: '020000000000', model: '1230', protocol: 'tftp', at: [0] },
      { mac: '020000000001', model: '1230', protocol: 'tftp', at: [0, 1_999, 2_000] },
    ],
  });
});

test('what phones had is worked out from what they did not ask for', async () => {
  const lines = ['1230SIP.cfg ok', 'DeviceConfig.cfg ok', 'SIP001B4F123009.cfg NOT_FOUND'];
  const readings = [readingOf(lines.map((line) => `0 10.0.0.9 http ${line} AVAYA/SIP12x0\x14/04.04.09.00`))];
  const { fleet } = fleetIn(readings, await recordedTree('http'));
  expect(fleet.phones.split('\n')[1]).toBe(
    '00:1B:4F:12:30:09,1230,SIP12x004.04.09.00,http,0s,LANGUAGE=000001',
  );
  expect(fleet.text).toContain('phone:\n  userAgentByte: "14"\n');
  const { asked, missed } = await playedFleet(fleet);
  expect(missed).toEqual([]);
  expect(Object.values(asked)).toEqual([
    lines.map((line) => ({ atMs: expect.any(Number), file: line.split(' ')[0] })),
  ]);
});

const sayings: [title: string, lines: readonly string[], says: string][] = [
  ['at once', ['0 10.0.0.1', '0 10.0.0.2'], 'All began at once.'],
  ['one phone', ['0 10.0.0.1'], 'All began at once.'],
  ['one after the other', THREE, 'They began within 1m 30s, as arrivals: { rate: 0.022/s } would.'],
];
test.for(sayings)('phones that came %s: how a larger fleet would', ([, lines, says]) => {
  const readings = [readingOf(provisioning(lines))];
  const { phones } = phonesOf(readings.flatMap(({ sightings }) => sightings));
  const { text } = fleetOf({ readings, phones, server: { url: 'tftp://192.0.2.1/' } }, 'phones.csv');
  expect(text).toContain(says);
  expect(text).toContain('time: { mode: real }\n');
});

test('several junk bytes are none, and the file says so', () => {
  const agents = ['\x14', '\xff'].map((byte) => `AVAYA/SIP12x0${byte}/04.01.13.00`);
  const readings = [
    readingOf(agents.map((agent, index) => `0 10.0.0.${index} http 1230SIP.cfg ok ${agent}`)),
  ];
  const { phones } = phonesOf(readings.flatMap(({ sightings }) => sightings));
  const { text } = fleetOf({ readings, phones, server: { url: 'http://192.0.2.1/' } }, 'phones.csv');
  expect(text).toContain(
    '# Phones had several junk bytes in their User-Agent, or some none: here all have none.\n',
  );
});

test('no phone is no fleet', () => {
  const readings = [readingOf([])];
  expect(() => fleetOf({ readings, phones: [], server: { folder: '.' } }, 'phones.csv')).toThrow(
    'a.log: no phone asked for its files',
  );
});

function readingOf(lines: readonly string[]): Reading {
  return {
    ...{ file: 'a.log', format: 'access', unit: 'lines', lines: lines.length },
    ...{ sightings: sightingsOf(lines), unread: [], unreadCount: 0, passedOver: 0, assumed: [] },
  };
}
