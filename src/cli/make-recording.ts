import { isoInstant } from '../clock/instant.ts';
import { readingOfCapture } from '../recording/capture-reading.ts';
import { type Input, readInput } from '../recording/input.ts';
import { InputError } from '../recording/input-error.ts';
import { isCapture } from '../recording/pcap-file.ts';
import { readLog } from '../recording/read-log.ts';
import type { Reading } from '../recording/reading.ts';
import { placeOf } from '../recording/sighting.ts';
import { counted } from '../report/result-words.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { RecordValues } from './record.ts';
import { recordingOrder, recordPhones } from './record-phones.ts';

/** Reads all inputs, tells what could not be read, and what was asked for: a list, a scenario, a fleet. */
export async function makeRecording(
  { arguments: paths, values }: Call<RecordValues>,
  io: Io,
): Promise<ExitCode> {
  const order = recordingOrder(paths, values);
  const readings: Reading[] = [];
  for (const path of paths) readings.push(await readingOf(path, values, io));
  for (const reading of readings) if (!values.quiet) io.err(sayReading(reading));
  if (order === undefined || values.json) tellRequests(readings, values.json, io);
  recordPhones(readings, order, values, io);
  return exitCodes.asExpected;
}

function tellRequests(readings: readonly Reading[], asJson: boolean, io: Io): void {
  const sightings = readings.flatMap((reading) => reading.sightings).toSorted((a, b) => a.atMs - b.atMs);
  for (const { atMs, ...sighting } of sightings) {
    const at = isoInstant(atMs);
    const { address, protocol, file, result } = sighting;
    io.out(
      asJson
        ? `${JSON.stringify({ type: 'request.seen', at, ...sighting })}\n`
        : `${at}  ${address}  ${protocol}  ${file}  ${result}\n`,
    );
  }
}

/** One input as what it turns out to be. Throws `UsageError`. */
async function readingOf(path: string, values: RecordValues, io: Io): Promise<Reading> {
  try {
    return read(await readInput(path), values, io);
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message);
    throw error;
  }
}

function read(input: Input, { format, year: given, zone: zoneMinutes }: RecordValues, io: Io): Reading {
  if (format === undefined && isCapture(input.bytes)) return readingOfCapture(input);
  return readLog(input, {
    year: given ?? 'latest',
    nowMs: io.clock.now(),
    ...(zoneMinutes !== undefined && { zoneMinutes }),
    ...(format !== undefined && { format }),
  });
}

function sayReading(reading: Reading): string {
  const { file, format, unit, lines, sightings, unread, unreadCount, assumed } = reading;
  const more = unreadCount - unread.length;
  return [
    `${file}: ${format}, ${counted(lines, unit.slice(0, -1))}, ${counted(sightings.length, 'request')}`,
    ...assumed.map((sentence) => `note: ${file}: ${sentence}`),
    ...unread.map(({ source, why }) => `warning: ${placeOf(source)}: not read: ${why}`),
    ...(more > 0
      ? [
          `warning: ${file}: ${counted(more, `more ${unit.slice(0, -1)}`)} that ${more === 1 ? 'was' : 'were'} not read`,
        ]
      : []),
    '',
  ].join('\n');
}
