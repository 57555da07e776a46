import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ServedFile } from './file-store.ts';
import type { HttpReply } from './http-reply.ts';

const PIECE_BYTES = 64 * 1024;
const TEXT_NAMES = /\.(cfg|dat|txt|lng)$/i;

const reasons: Readonly<Record<Exclude<HttpReply['status'], 200>, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
};

const refusalHeaders: Readonly<Partial<Record<HttpReply['status'], OutgoingHttpHeaders>>> = {
  401: { 'WWW-Authenticate': 'Basic realm="provisioning"' },
  405: { Allow: 'GET, HEAD' },
};

/** How much of a file was handed to the connection so far. */
export interface Sent {
  readonly bytes: number;
}

/** Sends a reply; a file goes at the speed of its reader. */
export function sendHttpReply(reply: HttpReply, request: IncomingMessage, response: ServerResponse): Sent {
  const headOnly = request.method === 'HEAD';
  if (reply.status !== 200) {
    const page = Buffer.from(`${reply.status} ${reasons[reply.status]}\n`);
    response.writeHead(reply.status, {
      'Content-Type': 'text/plain',
      'Content-Length': page.length,
      ...refusalHeaders[reply.status],
    });
    response.end(headOnly ? undefined : page);
    return NOTHING_SENT;
  }
  const { name, file } = reply;
  response.writeHead(200, {
    'Content-Type': TEXT_NAMES.test(name) ? 'text/plain' : 'application/octet-stream',
    'Content-Length': file.sizeBytes,
    'Last-Modified': new Date(file.modifiedMs).toUTCString(),
  });
  if (!headOnly) return sendFile(file, response);
  response.end();
  return NOTHING_SENT;
}

const NOTHING_SENT: Sent = { bytes: 0 };

function sendFile(file: ServedFile, response: ServerResponse): Sent {
  const sent = { bytes: 0 };
  const push = () => {
    try {
      while (pushPiece()) {}
    } catch {
      response.destroy();
    }
  };
  const pushPiece = () => {
    const piece = file.read(sent.bytes, PIECE_BYTES);
    sent.bytes += piece.length;
    if (sent.bytes >= file.sizeBytes) response.end(piece);
    // The file shrank meanwhile: the phone must not take the part for the whole.
    else if (piece.length === 0) response.destroy();
    else return response.write(piece);
    return false;
  };
  response.on('drain', push);
  push();
  return sent;
}
