import type { ConnectionEnd, TransferCode } from '../events/transfer-code.ts';
import { isLocalLimit } from './local-limit.ts';

/** One answer on the control connection; `message` holds all its lines, code included. */
export interface FtpReply {
  readonly code: number;
  readonly message: string;
}

/** Why an FTP transfer ended, before the door says whose request it was; `message` becomes its detail. */
export class FtpFailure extends Error {
  override readonly name = 'FtpFailure';
  readonly code: TransferCode;
  /** The reply that told it: then client and server still agree on where they are. */
  readonly reply: FtpReply | undefined;
  /** How the connection went, where that says more than the code. */
  readonly connection: ConnectionEnd | undefined;

  constructor(
    code: TransferCode,
    detail: string,
    options: ErrorOptions & { readonly reply?: FtpReply; readonly connection?: ConnectionEnd } = {},
  ) {
    super(detail, options);
    this.code = code;
    this.reply = options.reply;
    this.connection = options.connection;
  }
}

/** RFC 959 section 4.2.1. Anything else a server refuses with is `PROTOCOL`. */
const codesOfReplies: ReadonlyMap<number, TransferCode> = new Map([
  [332, 'ACCESS_DENIED'],
  [421, 'BUSY'],
  [426, 'TRUNCATED'],
  [451, 'TRUNCATED'],
  [530, 'ACCESS_DENIED'],
  [532, 'ACCESS_DENIED'],
  [550, 'NOT_FOUND'],
]);

/** What a reply that is not the hoped-for one means. Its number alone counts, its text is for people. */
export function failureOfReply(command: string, reply: FtpReply, bytesReceived = 0): FtpFailure {
  const code = bytesReceived > 0 ? 'TRUNCATED' : codeOfReply(reply.code);
  return new FtpFailure(code, `${command}: ${printable(reply.message)}`, { reply });
}

/** What a reply that refuses means, by its number. */
export function codeOfReply(code: number): TransferCode {
  return codesOfReplies.get(code) ?? 'PROTOCOL';
}

const codesOfSystemErrors: Readonly<Record<string, TransferCode>> = {
  ETIMEDOUT: 'TIMEOUT',
  ECONNREFUSED: 'UNREACHABLE',
  EHOSTUNREACH: 'UNREACHABLE',
  EHOSTDOWN: 'UNREACHABLE',
  ENETUNREACH: 'UNREACHABLE',
  ENETDOWN: 'UNREACHABLE',
  ENOTFOUND: 'UNREACHABLE',
  EAI_AGAIN: 'UNREACHABLE',
};

/** What an error of a socket means; `otherwise` says it for a connection that just ended (RST, FIN). */
export function failureOfSocket(
  error: NodeJS.ErrnoException,
  otherwise: { readonly code: TransferCode; readonly detail: string; readonly connection?: ConnectionEnd },
): FtpFailure {
  const code = codeOfSocketError(error);
  return code === undefined
    ? new FtpFailure(otherwise.code, otherwise.detail, { ...otherwise, cause: error })
    : new FtpFailure(code, `${error.code}`, { cause: error });
}

function codeOfSocketError(error: NodeJS.ErrnoException): TransferCode | undefined {
  if (isLocalLimit(error)) return 'LOCAL_LIMIT';
  return error.code === undefined ? undefined : codesOfSystemErrors[error.code];
}

const DETAIL_LENGTH_MAX = 200;

/** A server's text in one line a person can read: it may be long, many lines, or no text at all. */
export function printable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, DETAIL_LENGTH_MAX);
}
