import type { Input } from './input.ts';
import { InputError } from './input-error.ts';
import type { LogFormat, LogReader, LogTerms } from './log-format.ts';
import { logFormats, recognise } from './log-formats.ts';
import { type Reading, UNREAD_LISTED_MAX, type Unread } from './reading.ts';
import type { Sighting } from './sighting.ts';

export interface LogOptions extends LogTerms {
  /** Of `logFormats`; absent: by the content. */
  readonly format?: LogFormat;
}

/** Our own limits. A line of a server's log has a few hundred bytes; a request for a file is one line. */
const LINE_BYTES_MAX = 64 * 1024;
const SIGHTINGS_MAX = 2_000_000;

/**
 * Reads a log. Lines that are none of its format are told, not left out. Throws `InputError` for what is no
 * log at all, or none of a format we know.
 */
export function readLog({ name, bytes }: Input, options: LogOptions): Reading {
  if (bytes.subarray(0, LINE_BYTES_MAX).includes(0)) {
    throw new InputError(
      'UNKNOWN_FORMAT',
      name,
      'it holds NUL bytes, so it is no log; expected lines of text',
    );
  }
  const format = options.format ?? recognise(linesOf(bytes));
  if (format === undefined) throw unknownFormat(name);
  const reader = format.open(options);
  const read = readLines(linesOf(bytes), name, reader);
  const { omitsMissing = false, asSent = false } = reader.lacked;
  return {
    ...{ file: name, format: format.name, unit: 'lines', ...read },
    ...{ omitsMissing, asSent, assumed: assumed(reader, options) },
  };
}

/** One character a byte: a log may hold any. The last line break ends a line and begins none. */
function* linesOf(bytes: Buffer): Generator<string, void, undefined> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.toString('latin1', start, Math.min(end, start + LINE_BYTES_MAX + 1));
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    start = end + 1;
  }
}

function readLines(all: Iterable<string>, file: string, reader: LogReader) {
  const sightings: Sighting[] = [];
  const places = new Map<Sighting, number>();
  const unread: Unread[] = [];
  let [lines, unreadCount, passedOver] = [0, 0, 0];
  for (const line of all) {
    lines += 1;
    const source = { file, line: lines };
    const reading = readLine(line, source, reader);
    switch (reading.kind) {
      case 'request':
        places.set(reading.sighting, sightings.push(reading.sighting) - 1);
        if (sightings.length > SIGHTINGS_MAX) {
          throw new InputError(
            'TOO_MANY',
            file,
            `it has more than ${SIGHTINGS_MAX} requests; expected fewer`,
          );
        }
        break;
      case 'ending': {
        const place = places.get(reading.of);
        if (place === undefined) throw new Error('A request ended that was not seen');
        sightings[place] = reading.sighting;
        break;
      }
      case 'other':
        passedOver += 1;
        break;
      case 'unreadable':
        unreadCount += 1;
        if (unread.length < UNREAD_LISTED_MAX) unread.push({ source, why: reading.why });
    }
  }
  return { lines, sightings, unread, unreadCount, passedOver };
}

function readLine(line: string, source: Sighting['source'], reader: LogReader) {
  if (line.trim() === '') return { kind: 'other' } as const;
  if (line.length > LINE_BYTES_MAX) {
    const why = `it is longer than ${LINE_BYTES_MAX} bytes; expected a line of a log`;
    return { kind: 'unreadable', why } as const;
  }
  return reader.read(line, source);
}

function assumed(reader: LogReader, { year, zoneMinutes }: LogOptions): readonly string[] {
  const { lacked } = reader;
  return [
    ...(lacked.year && year === 'latest'
      ? ['its times name no year: the latest that is past was taken (--year YYYY says another)']
      : []),
    ...(lacked.zone && zoneMinutes === undefined
      ? ['its times name no zone: UTC was taken (--zone says another)']
      : []),
  ];
}

function unknownFormat(name: string): InputError {
  const known = logFormats.map((format) => format.name).join(', ');
  return new InputError('UNKNOWN_FORMAT', name, `its lines are of no log we know; expected one of ${known}`);
}
