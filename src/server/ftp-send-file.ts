import type { Socket } from 'node:net';
import type { Clock, Timer } from '../clock/clock.ts';
import type { ServedFile } from './file-store.ts';

const PIECE_BYTES = 64 * 1024;
/** How long a client may take none of the bytes. */
const STALLED_MAX_MS = 60_000;

/** How a file left. `unreadable`: it changed or went away meanwhile. */
export interface Sending {
  readonly result: 'sent' | 'aborted' | 'unreadable';
  readonly bytes: number;
}

/** Sends a file from `offset` to its end at the speed of its reader, then closes the connection. */
export function sendFile(
  file: ServedFile,
  { socket, offset, clock }: { readonly socket: Socket; readonly offset: number; readonly clock: Clock },
): Promise<Sending> {
  return new Promise((resolve) => {
    let next = offset;
    let stalled: Timer;
    const settle = (result: Sending['result']) => {
      clock.clearTimeout(stalled);
      resolve({ result, bytes: Math.min(socket.bytesWritten, next - offset) });
      if (result !== 'sent') socket.destroy();
    };
    const push = () => {
      clock.clearTimeout(stalled);
      stalled = clock.setTimeout(() => settle('aborted'), STALLED_MAX_MS);
      try {
        while (pushPiece()) {}
      } catch {
        settle('unreadable');
      }
    };
    const pushPiece = () => {
      const piece = file.read(next, PIECE_BYTES);
      next += piece.length;
      if (next < file.sizeBytes && piece.length > 0) return socket.write(piece);
      if (next < file.sizeBytes) settle('unreadable');
      else socket.end(piece);
      return false;
    };
    socket.on('drain', push);
    socket.once('finish', () => settle('sent'));
    socket.once('close', () => settle('aborted'));
    socket.resume();
    push();
  });
}
