import { BLOCK_BYTES } from '../transport/tftp-packet.ts';
import type { FaultWord } from './faults.schema.ts';
import type { FileStore, ServedFile } from './file-store.ts';

/** What stands where a phone asks: a server, or one of the ways in which there is none. */
export type LoopbackServer = 'serving' | 'refusing' | 'silent' | 'unknown-host';

/** What a server does about one request for a file, as data. Faults make another one of it. */
export interface Answer {
  /** The loopback alone can be without a server; where a socket took the request, one is serving. */
  readonly server: LoopbackServer;
  /** What the server's first word on the file takes beyond the network's time; infinite: it never comes. */
  readonly latencyMs: number;
  /** Undefined: there is none. */
  readonly file: ServedFile | undefined;
  /** Said instead of the file. */
  readonly refusal: Refusal | undefined;
  /** Where the file breaks off; one of at most so many bytes arrives whole. */
  readonly cut: Cut | undefined;
  /** Sent no faster than this; infinite: as fast as it is taken. */
  readonly bytesPerSecond: number;
  /** The faults that made it what it is, in the order of their rules. */
  readonly faults: readonly FaultWord[];
}

/** A refusal in the numbers of each protocol: HTTP status, FTP reply, TFTP ERROR. */
export interface Refusal {
  readonly http: number;
  readonly ftp: number;
  readonly tftp: number;
}

export interface Cut {
  readonly afterBytes: number;
  /** `stall`: nothing more is said. `truncate`: the server goes away. `reset`: without a word (TCP RST). */
  readonly how: 'stall' | 'truncate' | 'reset';
}

export const notFound: Refusal = { http: 404, ftp: 550, tftp: 1 };
/** The user is not let in. */
export const notAdmitted: Refusal = { http: 401, ftp: 530, tftp: 2 };
/** It is there, but the server itself may not read it. */
const notReadable: Refusal = { http: 403, ftp: 550, tftp: 2 };
/** It is there, but the disk does not give it. */
const broken: Refusal = { http: 500, ftp: 451, tftp: 0 };
/** The server goes away: TFTP has no word for it, and HTTP breaks off without one. */
export const goingAway: Refusal = { http: 500, ftp: 426, tftp: 0 };

/** A serving server's answer with nothing wrong on purpose. */
export function answerWith(file: ServedFile | undefined, refusal?: Refusal): Answer {
  return {
    server: 'serving',
    latencyMs: 0,
    file,
    refusal,
    cut: undefined,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    faults: [],
  };
}

/** A serving server's answer with what its store has; what it may not or cannot read is refused. */
export function answerFrom(store: FileStore, path: string): Answer {
  try {
    return answerWith(store.find(path));
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return answerWith(undefined, denied ? notReadable : broken);
  }
}

/** What is said instead of the file; undefined: the file is sent. */
export function refusalIn({ refusal, file }: Answer): Refusal | undefined {
  return refusal ?? (file === undefined ? notFound : undefined);
}

/** How much of a file of `sizeBytes` is sent: all of it, or what comes in whole grains before the cut. */
export function bytesBefore(cut: Cut | undefined, sizeBytes: number, grainBytes = 1): number {
  if (cut === undefined || sizeBytes <= cut.afterBytes) return sizeBytes;
  return cut.afterBytes - (cut.afterBytes % grainBytes);
}

/** TFTP answers with the first block: a cut before it leaves no answer, or an ERROR for one. */
export function byDatagram(answer: Answer): Answer {
  const { file, cut } = answer;
  if (cut === undefined || file === undefined) return answer;
  if (file.sizeBytes <= cut.afterBytes || bytesBefore(cut, file.sizeBytes, BLOCK_BYTES) > 0) return answer;
  return cut.how === 'truncate'
    ? { ...answer, refusal: answer.refusal ?? goingAway }
    : { ...answer, latencyMs: Number.POSITIVE_INFINITY };
}
