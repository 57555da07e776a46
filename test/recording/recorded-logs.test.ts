import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Sighting } from '../../src/recording/sighting.ts';
import { type RecordedLog, readRecorded, recordedLogs } from './recorded-logs.ts';

const image = 'firmware/SIP12x004.04.09.00.bin';
const own = 'languages/My Own.lng';
const first = ['1230SIP.cfg', image, '1230SIP.cfg', 'DeviceConfig.cfg', 'languages/French.lng', own];

/** What the README of the fixtures tells, by address. */
const story: Readonly<Record<string, readonly string[]>> = {
  '127.0.10.1': [...first, 'SIP001B4F123001.cfg'],
  '127.0.10.2': ['1220SIP.cfg', 'DeviceConfig.cfg', 'languages/French.lng', own, 'SIP001B4F123002.cfg'],
  '127.0.10.3': [
    ...[...first, 'SIP001B4F123003.cfg'],
    ...['1230SIP.cfg', 'languages/French.lng', own, 'SIP001B4F123003.cfg'],
  ],
};
const missing = [own, 'SIP001B4F123001.cfg', 'SIP001B4F123003.cfg'];

test.for(recordedLogs)('$name tells the story, as far as its server does', (log) => {
  const { format, sightings, unreadCount } = readRecorded(log.name);
  expect({ format, unreadCount }).toEqual({ format: log.format, unreadCount: 0 });
  expect(sightings.every(({ protocol }) => protocol === log.protocol)).toBe(true);
  expect(byAddress(sightings)).toEqual(
    Object.fromEntries(
      Object.entries(story).map(([address, files]) => [
        address,
        files.flatMap((file) => told(file, log)).sort(),
      ]),
    ),
  );
});

/** Sorted, since dnsmasq tells a file when it has arrived, and one that is missing at once. */
function byAddress(sightings: readonly Sighting[]): Record<string, string[]> {
  const lines: Record<string, string[]> = {};
  for (const { address, file, result } of sightings) {
    const name = file.replace(/^(\/srv\/phones)?\//, '');
    lines[address] = [...(lines[address] ?? []), `${name} ${result}`].sort();
  }
  return lines;
}

function told(file: string, { lacks }: RecordedLog): string[] {
  const isMissing = missing.includes(file);
  const name = lacks.includes('blanks') ? file.replaceAll(' ', '_') : file;
  if (isMissing) {
    if (lacks.includes('missing files')) return [];
    return [`${name} ${lacks.includes('endings') ? 'unknown' : 'NOT_FOUND'}`];
  }
  return [`${name} ${lacks.includes('endings') || lacks.includes('arrivals') ? 'unknown' : 'ok'}`];
}

test('Apache answers 400 to byte 17 in the User-Agent and forgets it, and takes ff', () => {
  const { sightings } = readRecorded('apache-odd-bytes.log');
  expect(sightings.slice(0, 2).map(({ result, userAgent }) => ({ result, userAgent }))).toEqual([
    { result: 'PROTOCOL', userAgent: undefined },
    { result: 'ok', userAgent: 'AVAYA/SIP12x0\xff/04.01.13.00' },
  ]);
});

test('every log of the folder is read', () => {
  const files = readdirSync(join(import.meta.dirname, '../../fixtures/recorded')).filter((name) =>
    name.endsWith('.log'),
  );
  expect(files.sort()).toEqual([...recordedLogs.map(({ name }) => name), 'apache-odd-bytes.log'].sort());
});
