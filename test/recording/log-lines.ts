import type { LogFormat } from '../../src/recording/log-format.ts';
import { type LogOptions, readLog } from '../../src/recording/read-log.ts';
import type { Reading } from '../../src/recording/reading.ts';
import type { Sighting } from '../../src/recording/sighting.ts';

/** 2026-11-23T12:00:00Z: what "now" is for lines without a year. */
export const NOW_MS = Date.UTC(2026, 10, 23, 12);

/** Lines of a log, one character a byte. */
export function readLines(lines: readonly string[], options: Partial<LogOptions> = {}): Reading {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return readLog({ name: 'a.log', bytes }, { year: 'latest', nowMs: NOW_MS, ...options });
}

/** What one line of a format comes to: its sighting without where it stands, or why it has none. */
export function read(
  line: string,
  format: LogFormat,
  terms: Partial<LogOptions> = {},
): Omit<Sighting, 'source'> | string {
  const { sightings, unread } = readLines([line], { format, ...terms });
  const [sighting] = sightings;
  if (sighting === undefined) return unread[0]?.why ?? 'about something else';
  const { source, ...rest } = sighting;
  return rest;
}
