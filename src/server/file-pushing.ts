import type { Writable } from 'node:stream';
import type { Clock, Timer } from '../clock/clock.ts';
import type { ServedFile } from './file-store.ts';

const PIECE_BYTES = 64 * 1024;
/** A slow file comes in so many pieces a second, for a steady trickle. */
const PIECES_PER_SECOND = 20;

/** One file on its way into a connection. */
export interface FilePushing {
  readonly file: ServedFile;
  /** The first byte, and the one after the last that is sent. */
  readonly from: number;
  readonly until: number;
  /** Infinite: as fast as its reader takes it. */
  readonly bytesPerSecond: number;
  readonly clock: Clock;
  readonly out: Writable;
  /** Counts along. */
  readonly pushed: Pushed;
  /** The reader took what there was, and more follows. */
  readonly onTurn?: () => void;
  /** Sends the last piece, which may be empty, and whatever comes after it. */
  finish(piece: Uint8Array): void;
  /** The file changed or went away meanwhile. */
  fail(): void;
}

/** How much of it was handed to the connection so far. */
export interface Pushed {
  bytes: number;
}

/** Pushes a file, or a part of it, at the speed of its reader or slower. A connection that ends ends it. */
export function pushFile(pushing: FilePushing): void {
  const { file, from, until, bytesPerSecond, out, pushed, onTurn = () => {}, finish, fail } = pushing;
  /** Whether more may be handed over at once. */
  const pushPiece = (pieceBytes: number): boolean => {
    const next = from + pushed.bytes;
    const piece = file.read(next, Math.min(pieceBytes, until - next));
    pushed.bytes += piece.length;
    if (next + piece.length < until && piece.length > 0) return out.write(piece);
    out.off('drain', turn);
    if (next + piece.length < until) fail();
    else finish(piece);
    return false;
  };
  const pushAll = () => {
    while (pushPiece(PIECE_BYTES)) {}
  };
  const push = bytesPerSecond === Number.POSITIVE_INFINITY ? pushAll : slowly(pushing, pushPiece);
  const turn = () => {
    onTurn();
    try {
      push();
    } catch {
      fail();
    }
  };
  out.on('drain', turn);
  turn();
}

/** Hands over each piece when its last byte is due, by the clock since the first turn. */
function slowly(
  { from, until, bytesPerSecond, clock, out, pushed, onTurn = () => {}, fail }: FilePushing,
  pushPiece: (pieceBytes: number) => boolean,
): () => void {
  const pieceBytes = Math.min(PIECE_BYTES, Math.ceil(bytesPerSecond / PIECES_PER_SECOND));
  const startedMs = clock.now();
  let timer: Timer;
  out.once('close', () => clock.clearTimeout(timer));
  const wait = () => {
    const endBytes = Math.min(pushed.bytes + pieceBytes, until - from);
    const dueMs = startedMs + (endBytes * 1_000) / bytesPerSecond;
    timer = clock.setTimeout(onDue, Math.max(0, dueMs - clock.now()));
  };
  const onDue = () => {
    try {
      if (!pushPiece(pieceBytes)) return;
      onTurn();
      wait();
    } catch {
      fail();
    }
  };
  return wait;
}
