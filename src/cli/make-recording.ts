import { isoInstant } from '../clock/instant.ts';
import { readingOfCapture } from '../recording/capture-reading.ts';
import { type Input, readInput } from '../recording/input.ts';
import { InputError } from '../recording/input-error.ts';
import { isCapture } from '../recording/pcap-file.ts';
import { readLog } from '../recording/read-log.ts';
import type { Reading } from '../recording/reading.ts';
import { placeOf } from '../recording/sighting.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { RecordValues } from './record.ts';

/** Reads all inputs, tells what could not be read, and what was asked for, in order of time. */
export async function makeRecording(
  { arguments: paths, values }: Call<RecordValues>,
  io: Io,
): Promise<ExitCode> {
  const readings: Reading[] = [];
  for (const path of paths) readings.push(await readingOf(path, values, io));
  for (const reading of readings) if (!values.quiet) io.err(sayReading(reading));
  const sightings = readings.flatMap((reading) => reading.sightings).toSorted((a, b) => a.atMs - b.atMs);
  for (const { atMs, ...sighting } of sightings) {
    const at = isoInstant(atMs);
    const { address, protocol, file, result } = sighting;
    io.out(
      values.json
        ? `${JSON.stringify({ type: 'request.seen', at, ...sighting })}\n`
        : `${at}  ${address}  ${protocol}  ${file}  ${result}\n`,
    );
  }
  return exitCodes.asExpected;
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
    `${file}: ${format}, ${lines} ${unit}, ${sightings.length} requests`,
    ...assumed.map((sentence) => `note: ${file}: ${sentence}`),
    ...unread.map(({ source, why }) => `warning: ${placeOf(source)}: not read: ${why}`),
    ...(more > 0 ? [`warning: ${file}: ${more} more ${unit} that were not read`] : []),
    '',
  ].join('\n');
}
