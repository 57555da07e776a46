import type { ServedFile } from './file-store.ts';

/** What stands where a phone asks: a server, or one of the ways in which there is none. */
export type LoopbackServer = 'serving' | 'refusing' | 'silent' | 'unknown-host';

/** What a server does about one request for a file, as data. Faults make another one of it. */
export interface Answer {
  readonly server: LoopbackServer;
  /** What the server's first word on the file takes beyond the network's time; infinite: it never comes. */
  readonly latencyMs: number;
  /** Undefined: there is none. */
  readonly file: ServedFile | undefined;
  /** Said instead of the file. */
  readonly refusal: Refusal | undefined;
  /** Where the file breaks off; one of at most so many bytes arrives whole. */
  readonly cut: Cut | undefined;
}

/** A refusal in the numbers of each protocol: HTTP status, FTP reply, TFTP ERROR. */
export interface Refusal {
  readonly http: number;
  readonly ftp: number;
  readonly tftp: number;
}

export interface Cut {
  readonly afterBytes: number;
  /** `stall`: nothing more is said. `truncate`: the server goes away. */
  readonly how: 'stall' | 'truncate';
}

export const notFound: Refusal = { http: 404, ftp: 550, tftp: 1 };
/** The user is not let in. */
export const notAdmitted: Refusal = { http: 401, ftp: 530, tftp: 2 };
/** The server goes away: TFTP has no word for it, and HTTP breaks off without one. */
export const goingAway: Refusal = { http: 500, ftp: 426, tftp: 0 };
