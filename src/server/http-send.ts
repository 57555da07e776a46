import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { bytesBefore, type Cut } from './answer.ts';
import { type Pushed, pushFile } from './file-pushing.ts';
import type { ServedFile } from './file-store.ts';
import type { HttpReply } from './http-reply.ts';
import type { ResetConnection } from './reset-connection.ts';

const TEXT_NAMES = /\.(cfg|dat|txt|lng)$/i;

const refusalHeaders: Readonly<Record<number, OutgoingHttpHeaders>> = {
  401: { 'WWW-Authenticate': 'Basic realm="provisioning"' },
  405: { Allow: 'GET, HEAD' },
};

/** A reply on its way. */
export interface HttpSending {
  readonly reply: HttpReply;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clock: Clock;
  readonly resetConnection: ResetConnection;
  /** How much of the file was handed over. */
  readonly sent: Pushed;
}

/** Sends a reply; a file goes at the speed of its reader, or slower. */
export function sendHttpReply(sending: HttpSending): void {
  const { reply, request, response } = sending;
  const { file } = reply.answer;
  const headOnly = request.method === 'HEAD';
  if (reply.status !== 200 || file === undefined) {
    const page = Buffer.from(`${reply.status} ${STATUS_CODES[reply.status] ?? 'Unknown'}\n`);
    response.writeHead(reply.status, {
      'Content-Type': 'text/plain',
      'Content-Length': page.length,
      ...refusalHeaders[reply.status],
    });
    response.end(headOnly ? undefined : page);
    return;
  }
  response.writeHead(200, {
    'Content-Type': TEXT_NAMES.test(reply.name) ? 'text/plain' : 'application/octet-stream',
    'Content-Length': file.sizeBytes,
    'Last-Modified': new Date(file.modifiedMs).toUTCString(),
  });
  if (headOnly) response.end();
  else sendFile(file, sending);
}

function sendFile(file: ServedFile, sending: HttpSending): void {
  const { reply, response, clock, sent } = sending;
  const { cut, bytesPerSecond } = reply.answer;
  const until = bytesBefore(cut, file.sizeBytes);
  const end = endings[cut === undefined || until === file.sizeBytes ? 'whole' : cut.how];
  pushFile({
    file,
    from: 0,
    until,
    bytesPerSecond,
    clock,
    out: response,
    pushed: sent,
    finish: (piece) => end(piece, sending),
    // The phone must not take the part for the whole.
    fail: () => response.destroy(),
  });
}

/** How the connection goes on behind the last piece that is sent. */
const endings: Readonly<Record<'whole' | Cut['how'], (piece: Uint8Array, sending: HttpSending) => void>> = {
  whole: (piece, { response }) => response.end(piece),
  stall: (piece, { request, response }) => {
    request.socket.setTimeout(0);
    response.write(piece);
  },
  truncate: (piece, { request, response }) => response.write(piece, () => request.socket.destroy()),
  reset: (piece, { request, response, resetConnection }) =>
    response.write(piece, () => resetConnection(request.socket)),
};
