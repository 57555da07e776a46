import type { TransferCode } from '../events/transfer-code.ts';
import type { Protocol } from '../provisioning/words.ts';

/** A request for a file as a server or a wire saw it. */
export interface Sighting {
  /**
   * Milliseconds since 1970. Most logs tell whole seconds, some of the request's beginning, some of its end.
   */
  readonly atMs: number;
  /** Of the phone: an IP address, or the name that the server looked up for it. */
  readonly address: string;
  readonly protocol: Protocol;
  /** The path as it was asked for, or as the server has it on its disk; percent signs of a URL are undone. */
  readonly file: string;
  /** `unknown`: the source does not tell how it ended. */
  readonly result: 'ok' | TransferCode | 'unknown';
  /** Of the file's content, as far as it was sent. */
  readonly bytes?: number;
  /** The Host header. */
  readonly host?: string;
  /** One character a byte (Latin-1), since phones were seen to put a junk byte into it. */
  readonly userAgent?: string;
  readonly user?: string;
  /** How long it took. */
  readonly ms?: number;
  readonly source: Source;
}

/** Where something stands: a line of a log, or a packet of a capture, from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** `access.log:17` */
export function placeOf({ file, line }: Source): string {
  return `${file}:${line}`;
}
