import { expect, test } from 'vitest';
import { phonesOf } from '../../src/recording/phones.ts';
import type { Reading } from '../../src/recording/reading.ts';
import type { Recorded } from '../../src/recording/recorded.ts';
import { scenarioText } from '../../src/recording/recorded-scenario.ts';
import { casesIn, run } from '../scenario/scenario-file.ts';
import { recordedIn } from './recorded-in.ts';
import { readRecorded, recordedLogs } from './recorded-logs.ts';
import { recordedTree } from './recorded-tree.ts';
import { sightingsOf } from './sightings.ts';

test.for(recordedLogs)('a scenario of $name passes with the same files', async ({ name, protocol }) => {
  const text = recordedIn([readRecorded(name)], await recordedTree(protocol));
  const { result } = await run(text);
  expect(result.expectations.filter(({ holds }) => !holds)).toEqual([]);
  expect({ verdict: result.verdict, expectations: result.expectations.length }).toEqual({
    verdict: 'passed',
    expectations: 3,
  });
});

test('it fails once the files are others', async () => {
  const tree = await recordedTree('ftp');
  const text = recordedIn([readRecorded('vsftpd.log')], tree).replace(
    /files: .*/,
    `files: [${JSON.stringify(tree)}, { languages/My Own.lng: "it is there now" }]`,
  );
  const { result } = await run(text);
  expect(result.verdict).toBe('failed');
});

test('the scenario of a log, whole', async () => {
  const tree = await recordedTree('http');
  const text = recordedIn([readRecorded('nginx-access.log')], tree).replace(tree, './tree');
  await expect(text).toMatchFileSnapshot('recorded-scenario.yaml');
});

test('an address in place of files is asked in real time', () => {
  const reading = readingOf(['0 192.0.2.7 http /phones/1230SIP.cfg ok']);
  const { phones } = phonesOf(reading.sightings);
  const text = scenarioText({ readings: [reading], phones, server: { url: 'http://192.0.2.1/phones/' } });
  const [one] = casesIn(text);
  expect({ time: one?.time, server: one?.server.kind }).toEqual({ time: 'real', server: 'external' });
});

test('a phone that never asked for its own file gets a MAC that is of no other phone', () => {
  const reading = readingOf([
    ...['0 10.0.0.1 tftp 1230SIP.cfg ok', '0 10.0.0.1 tftp SIP001B4F123002.cfg ok'],
    '1 10.0.0.2 tftp 1230SIP.cfg ok',
  ]);
  const { phones } = phonesOf(reading.sightings);
  const [one] = casesIn(scenarioText({ readings: [reading], phones, server: { url: 'tftp://192.0.2.1' } }));
  expect(one?.phones.map(({ flash }) => flash.mac)).toEqual(['001B4F123002', '020000000001']);
});

test('quotes, colons and lines in names do no harm', () => {
  const name = 'a "b": {c} #d\n- e';
  const reading = readingOf(['0 192.0.2.7 tftp 1230SIP.cfg ok']);
  const odd = reading.sightings.map((one) => ({ ...one, file: name }));
  const all = { ...reading, file: name, sightings: [...reading.sightings, ...odd] };
  const { phones } = phonesOf(all.sightings);
  const [one] = casesIn(scenarioText({ readings: [all], phones, server: { url: 'tftp://192.0.2.1' } }));
  expect(one?.expect[0]?.value).toEqual([
    { file: '1230SIP.cfg', result: 'ok' },
    { file: name, result: 'ok' },
  ]);
});

const refused: [title: string, phones: number, message: string][] = [
  ['no phone', 0, 'a.log: no phone asked for its files'],
  [
    'more phones than a scenario may have',
    101,
    'a.log: 101 phones asked for their files; expected at most 100 in a scenario: more are a fleet (--fleet)',
  ],
];
test.for(refused)('%s is no scenario', ([, count, message]) => {
  const reading = readingOf(
    Array.from({ length: count }, (_, index) => `${index} 10.0.0.${index} tftp 1230SIP.cfg ok`),
  );
  const { phones } = phonesOf(reading.sightings);
  expect(() => scenarioText({ readings: [reading], phones, server: { folder: '.' } })).toThrow(message);
});

test('a hundred phones are one', () => {
  const reading = readingOf(
    Array.from({ length: 100 }, (_, index) => `${index} 10.0.0.${index} tftp 1230SIP.cfg ok`),
  );
  const order: Recorded = {
    readings: [reading],
    phones: phonesOf(reading.sightings).phones,
    server: { url: 'tftp://192.0.2.1' },
  };
  expect(casesIn(scenarioText(order))[0]?.phones).toHaveLength(100);
});

function readingOf(lines: readonly string[]): Reading {
  return {
    ...{ file: 'a.log', format: 'access', unit: 'lines', lines: lines.length },
    ...{ sightings: sightingsOf(lines), unread: [], unreadCount: 0, passedOver: 0, assumed: [] },
  };
}
