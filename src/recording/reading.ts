import type { Sighting, Source } from './sighting.ts';

/** What came of one input. Everything in it is a sighting, unread, or counted as about other things. */
export interface Reading {
  /** As it was given. */
  readonly file: string;
  /** A word of `--format`. */
  readonly format: string;
  readonly unit: 'lines' | 'packets';
  /** How many of them it has. */
  readonly lines: number;
  /** In the order of the input. */
  readonly sightings: readonly Sighting[];
  /** The first `UNREAD_LISTED_MAX` that could not be read, and how many there are. */
  readonly unread: readonly Unread[];
  readonly unreadCount: number;
  /** Well-formed, and no request of a file: a login, another program's message. */
  readonly passedOver: number;
  /** It does not tell of files that were asked for and missing. */
  readonly omitsMissing?: boolean;
  /** It tells a file once it has arrived, so that the order may be another than that of the requests. */
  readonly asSent?: boolean;
  /** Sentences about what the input does not say and we took for granted, with the option that says it. */
  readonly assumed: readonly string[];
}

/** A line or packet that ought to be readable and is not. */
export interface Unread {
  readonly source: Source;
  readonly why: string;
}

/** More would bury the rest; all are counted. */
export const UNREAD_LISTED_MAX = 20;
