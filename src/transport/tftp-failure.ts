import type { TransferCode } from '../events/transfer-code.ts';
import { errorCodes } from './tftp-packet.ts';

/** What an ERROR from the server means for a transfer that has had so many bytes. */
export function codeOfError(errorCode: number, receivedBytes: number): TransferCode {
  if (errorCode === errorCodes.notFound) return 'NOT_FOUND';
  if (errorCode === errorCodes.accessDenied) return 'ACCESS_DENIED';
  // Without a number of its own: a server that goes down or loses its file says it so.
  return errorCode === errorCodes.undefined && receivedBytes > 0 ? 'TRUNCATED' : 'PROTOCOL';
}

/**
 * Errors that speak of the way to the server; all others (EMFILE, EADDRNOTAVAIL, ENOBUFS) speak of this
 * machine.
 */
const noWayThere: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPERM',
]);

export function codeOfSystemError(error: Error): TransferCode {
  return noWayThere.has(nameOfSystemError(error)) ? 'UNREACHABLE' : 'LOCAL_LIMIT';
}

/** `EMFILE`, `ENETUNREACH`; the message of an error that has no such name. */
export function nameOfSystemError(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
