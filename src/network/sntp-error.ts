import type { SntpCode } from '../events/sntp-code.ts';
import { nameOfSystemError } from './system-error.ts';

/** A question for the time without an answer. Match on `code`, which is stable; `cause` is the system's. */
export class SntpError extends Error {
  override readonly name = 'SntpError';
  readonly code: SntpCode;
  /** As asked: `192.0.2.1:123`. */
  readonly server: string;
  /** What the server or the system said, without the server's name. */
  readonly detail: string;

  constructor(
    code: SntpCode,
    about: { readonly server: string; readonly detail: string },
    options?: ErrorOptions,
  ) {
    super(`${about.server}: ${about.detail}`, options);
    this.code = code;
    this.server = about.server;
    this.detail = about.detail;
  }
}

/** Errors that speak of the way to the server; all others speak of this machine. */
const noWayThere: readonly string[] = [
  ...['ECONNREFUSED', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH', 'EPERM', 'EACCES'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL'],
];

/** What the system says about the way to a server. */
export function sntpErrorOf(server: string, cause: Error): SntpError {
  const detail = nameOfSystemError(cause);
  const code = noWayThere.includes(detail) ? 'UNREACHABLE' : 'LOCAL_LIMIT';
  return new SntpError(code, { server, detail }, { cause });
}
