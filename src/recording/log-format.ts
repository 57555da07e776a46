import type { Sighting, Source } from './sighting.ts';

/** How a kind of server writes down what it sent. */
export interface LogFormat {
  /** What `--format` calls it. */
  readonly name: string;
  /** Which servers write it. */
  readonly says: string;
  /** Whether a line looks like one of this format and of no other; what it is about does not matter. */
  readonly recognises: (line: string) => boolean;
  /** A reader for one log, from its first line to its last. */
  readonly open: (terms: LogTerms) => LogReader;
}

/** What lines may leave out. */
export interface LogTerms {
  /** Of times without one. A time that would then be ahead of `nowMs` is of the year before. */
  readonly year: number | 'latest';
  /** Of times without one: minutes east of UTC. Absent: UTC, and that is told. */
  readonly zoneMinutes?: number;
  readonly nowMs: number;
}

export interface Lacked {
  /** A year, or a zone, had to be taken for granted. */
  readonly year: boolean;
  readonly zone: boolean;
  /** As in `Reading`. */
  readonly omitsMissing?: boolean;
  readonly asSent?: boolean;
}

export interface LogReader {
  /** `line` has one character a byte. */
  read(line: string, source: Source): LineReading;
  /** What the lines read so far did not tell. */
  readonly lacked: Lacked;
}

/** What a line came to. Some tell how an earlier request ended: these replace its sighting. */
export type LineReading =
  | { readonly kind: 'request'; readonly sighting: Sighting }
  | { readonly kind: 'ending'; readonly of: Sighting; readonly sighting: Sighting }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly why: string };

export const other: LineReading = { kind: 'other' };

export function unreadable(why: string): LineReading {
  return { kind: 'unreadable', why };
}
