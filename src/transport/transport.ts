import type { ConnectionEnd, TlsHandshake, TransferCode } from '../events/transfer-code.ts';
import type { ProblemCodeName } from '../provisioning/problem-codes.ts';
import type { Protocol } from '../provisioning/words.ts';

/** Limits of one transfer. All of them are the phone's own, in milliseconds and bytes. */
export interface TransferLimits {
  readonly connectMs: number;
  /** Longest silence once connected. TFTP has its own series of waits and does not use it. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly sizeBytes: number;
}

/** What a transfer has to say on its way; rare, never once a chunk. */
export type TransferEvent =
  /**
   * The server agreed to send; `sizeBytes` when it said how much (tsize, SIZE is never asked,
   * Content-Length), `modifiedMs` when it said how old it is (Last-Modified; ms since 1970). `content` stands
   * for the bytes: the same object, the same file, if it arrives whole; no network can say so.
   */
  | {
      readonly type: 'opened';
      readonly sizeBytes?: number;
      readonly modifiedMs?: number;
      readonly content?: object;
    }
  /** The request, or the last acknowledgement, went out once more. `request`: a 503 or an unanswered RRQ. */
  | { readonly type: 'repeated'; readonly what: 'request' | 'acknowledgement'; readonly why: string }
  /** HTTP 401: the request goes out once more, as its user. */
  | { readonly type: 'challenged' }
  /** A fact for the user, with a code of `provisioning/problem-codes.ts`. */
  | { readonly type: 'told'; readonly code: ProblemCodeName; readonly message: string };

/** A connection that stands, which files after this one may use too. */
export interface ConnectionMade {
  /** From the first packet to the end of the handshake. */
  readonly ms: number;
  readonly tls: TlsHandshake;
  /** The host is a name, not an address. */
  readonly lookedUp: boolean;
}

/** TLS as the phone would set it up for an https request. */
export interface TlsSettings {
  /** Roots to trust, PEM; none: the platform's. */
  readonly ca: readonly string[];
  /** `accept-any` only by the user's explicit --insecure. */
  readonly verify: 'verify' | 'accept-any';
  /** The phone's device certificate, PEM. */
  readonly client?: { readonly certificate: string; readonly key: string };
}

/**
 * One file as a phone asks for it: where, as whom, from which address, and how long it is willing to wait.
 */
export interface FileRequest {
  readonly protocol: Protocol;
  /** Host name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  /**
   * Relative to the server's root, no leading slash, not percent-encoded: `firmware/SIP12x004.01.13.00.bin`.
   */
  readonly path: string;
  readonly user?: string;
  readonly password?: string;
  /** Source address of the phone; absent: the system chooses. */
  readonly localAddress?: string;
  /** HTTP only; Latin-1, one character a byte, so that a captured junk byte can be part of it. */
  readonly userAgent: string;
  /**
   * HTTP only: more tries after a 503 (the first is not counted); `until-total`: as long as `totalMs` allows.
   */
  readonly retriesOf503: number | 'until-total';
  readonly tls?: TlsSettings;
  readonly limits: TransferLimits;
  readonly onEvent?: (event: TransferEvent) => void;
  /** A connection was made for this file; TFTP has none. */
  readonly onConnected?: (made: ConnectionMade) => void;
}

/** The door for files. TFTP, FTP, HTTP and the in-memory loopback all look like this. */
export interface Transport {
  /**
   * The file's bytes as they arrive. Throws nothing but `TransportError`; ends only when the file is whole.
   */
  fetch(request: FileRequest, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Ends what is kept open between files (HTTP: one connection a check and server). A closed transport may be
   * used again.
   */
  close(): void;
}

/**
 * A transfer that did not arrive. Match on `code`, which is stable; `cause` keeps the library's own error.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransferCode;
  readonly request: FileRequest;
  /** What the server or the system said, without the URL: `HTTP 503`, `ERROR 1 "File not found"`. */
  readonly detail: string;
  /** How the connection went, where that says more than the code. */
  readonly connection: ConnectionEnd | undefined;

  constructor(code: TransferCode, request: FileRequest, detail: string, options: TransportErrorOptions = {}) {
    // Servers end their sentences (`530 Login incorrect.`); here it is a part of ours.
    const clause = detail.replace(/\.+$/, '');
    super(`${urlOf(request)}: ${clause}`, options);
    this.code = code;
    this.request = request;
    this.detail = clause;
    this.connection = options.connection ?? connectionEndIn(options.cause);
  }
}

export interface TransportErrorOptions extends ErrorOptions {
  /** Absent: as the system's error among the causes says. */
  readonly connection?: ConnectionEnd | undefined;
}

const endsBySystemCode: Readonly<Record<string, ConnectionEnd>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ENOTFOUND: 'no-name',
  EAI_AGAIN: 'no-name',
};

/** A library's error, ours around it, and the like. */
const CAUSES_MAX = 4;

function connectionEndIn(cause: unknown): ConnectionEnd | undefined {
  let error = cause;
  for (let depth = 0; depth < CAUSES_MAX && error instanceof Error; depth++) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    const end = endsBySystemCode[code];
    if (end !== undefined) return end;
    error = error.cause;
  }
  return undefined;
}

/** The URL of a request, without credentials; the port is always named. */
export function urlOf(request: Pick<FileRequest, 'protocol' | 'host' | 'port' | 'path'>): string {
  const host = request.host.includes(':') ? `[${request.host}]` : request.host;
  return `${request.protocol}://${host}:${request.port}/${encodePath(request.path)}`;
}

/**
 * Percent-encodes a path for a URL and for an HTTP request line; slashes stay, and so do the characters that
 * RFC 3986 section 3.3 allows as they are: a user's file is asked for as `1001@example.org.cfg`.
 */
export function encodePath(path: string): string {
  return encodeURIComponent(path).replace(/%(?:2F|40|3A|24|26|2B|2C|3B|3D)/g, decodeURIComponent);
}
