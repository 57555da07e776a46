import { readCapture } from './capture.ts';
import type { SeenFile } from './capture-seen.ts';
import type { Input } from './input.ts';
import type { CaptureNote } from './pcap-notes.ts';
import { isPcapng } from './pcapng-file.ts';
import type { Reading } from './reading.ts';
import type { Sighting } from './sighting.ts';

/** A capture as logs are read: what was asked for, and what could not be read. Never throws. */
export function readingOfCapture({ name, bytes }: Input): Reading {
  const { packets, files, notes } = readCapture(bytes);
  const unread = notes.filter(({ code }) => code !== 'NOT_IP');
  return {
    file: name,
    format: isPcapng(bytes) ? 'pcapng' : 'pcap',
    unit: 'packets',
    lines: packets,
    sightings: files.map((file) => sightingOf(file, name)),
    unread: unread.map((note) => ({ source: { file: name, line: note.packet }, why: sentenceOf(note) })),
    unreadCount: unread.length,
    passedOver: notes.find(({ code }) => code === 'NOT_IP')?.count ?? 0,
    assumed: [],
  };
}

function sentenceOf({ message, count }: CaptureNote): string {
  return count === 1 ? message : `${message} (the first of ${count})`;
}

function sightingOf(seen: SeenFile, name: string): Sighting {
  const { atMs, address, protocol, file, result, bytes, ms, host, userAgent, user, packet } = seen;
  return {
    atMs,
    address,
    protocol,
    file,
    result,
    bytes,
    ms,
    ...(host !== undefined && { host }),
    ...(userAgent !== undefined && { userAgent }),
    ...(user !== undefined && { user }),
    source: { file: name, line: packet },
  };
}
