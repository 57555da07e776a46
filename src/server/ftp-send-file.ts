import type { Socket } from 'node:net';
import type { Clock, Timer } from '../clock/clock.ts';
import { type Answer, bytesBefore, type Cut } from './answer.ts';
import { pushFile } from './file-pushing.ts';
import type { ServedFile } from './file-store.ts';

/** How long a client may take none of the bytes. */
const STALLED_MAX_MS = 60_000;

/** How a file left. `unreadable`: it changed or went away meanwhile. `cut`: a part alone, on purpose. */
export interface Sending {
  readonly result: 'sent' | 'cut' | 'aborted' | 'unreadable';
  readonly bytes: number;
}

export interface FtpSendingOrder {
  readonly file: ServedFile;
  readonly answer: Answer;
  /** The data connection. */
  readonly socket: Socket;
  readonly offset: number;
  readonly clock: Clock;
  /** Breaks the whole session off. */
  readonly reset: () => void;
}

/** Sends a file from `offset` to its end, or to its cut, then closes the connection. */
export function sendFile({ file, answer, socket, offset, clock, reset }: FtpSendingOrder): Promise<Sending> {
  const { cut, bytesPerSecond } = answer;
  const until = Math.max(offset, bytesBefore(cut, file.sizeBytes));
  const how = cut === undefined || until === file.sizeBytes ? 'whole' : cut.how;
  return new Promise((resolve) => {
    const pushed = { bytes: 0 };
    let stalled: Timer;
    const settle = (result: Sending['result']) => {
      clock.clearTimeout(stalled);
      resolve({ result, bytes: Math.min(socket.bytesWritten, pushed.bytes) });
      if (result === 'aborted' || result === 'unreadable') socket.destroy();
    };
    socket.once('finish', () => settle(how === 'whole' ? 'sent' : 'cut'));
    socket.once('close', () => settle('aborted'));
    socket.resume();
    pushFile({
      file,
      from: offset,
      until,
      bytesPerSecond,
      clock,
      out: socket,
      pushed,
      onTurn: () => {
        clock.clearTimeout(stalled);
        stalled = clock.setTimeout(() => settle('aborted'), STALLED_MAX_MS);
      },
      finish: (piece) => {
        if (how === 'stall') clock.clearTimeout(stalled);
        endings[how](piece, socket, reset);
      },
      fail: () => settle('unreadable'),
    });
  });
}

/** How the session goes on behind the last piece that is sent. */
const endings: Readonly<
  Record<'whole' | Cut['how'], (piece: Uint8Array, data: Socket, reset: () => void) => void>
> = {
  whole: (piece, data) => data.end(piece),
  stall: (piece, data) => data.write(piece),
  truncate: (piece, data) => data.end(piece),
  reset: (piece, data, reset) => data.write(piece, reset),
};
