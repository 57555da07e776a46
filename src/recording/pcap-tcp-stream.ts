/** One direction of a TCP connection, put in order. */
export interface Stream {
  readonly bytes: Buffer;
  /** When the byte at `offset` had arrived; of an offset beyond the end: when the last had. */
  atMs(offset: number): number;
  /** Which packet brought it, from 1. */
  packet(offset: number): number;
  /** Whether every byte from `begin` to before `end` was captured; what was not is zero. */
  whole(begin: number, end: number): boolean;
}

/** A segment of it as captured. */
export interface Segment {
  readonly atMs: number;
  readonly packet: number;
  /** 32 bits. */
  readonly sequence: number;
  readonly bytes: Buffer;
  /** Bytes behind these that the capture left out. */
  readonly missing: number;
}

/** Of one direction; beyond it nothing is kept: a firmware image and room to spare. Our own bound. */
export const STREAM_BYTES_MAX = 80 * 1024 * 1024;
/** Segments that wait for one before them. Our own bound. */
const WAITING_MAX = 4_096;
/** A gap that is wider is no loss, but a sequence number from somewhere else. */
const GAP_BYTES_MAX = 4 * 1024 * 1024;

interface Piece extends Pick<Segment, 'atMs' | 'packet' | 'bytes' | 'missing'> {
  readonly offset: number;
}

/** Builds a stream from segments in any order; repeated and overlapping bytes count once, the first ones. */
export class StreamBuilder {
  readonly #pieces: Piece[] = [];
  #waiting: Segment[] = [];
  /** Sequence number of the byte that is expected next. */
  #next: number | undefined;
  #length = 0;
  #lostBytes = 0;

  /** What `end` will hold so far. */
  get length(): number {
    return this.#length;
  }

  /** Bytes that were not captured. */
  get lostBytes(): number {
    return this.#lostBytes;
  }

  /** The sequence number of the first byte, told by SYN. */
  begin(sequence: number): void {
    if (this.#length === 0) this.#next = sequence >>> 0;
  }

  /** Whether this number is that of a SYN which began this very direction. */
  begunBy(sequence: number): boolean {
    return this.#next === undefined || (this.#next - this.#length) >>> 0 === (sequence + 1) >>> 0;
  }

  add(segment: Segment): void {
    if (segment.bytes.length + segment.missing === 0) return;
    this.#next ??= segment.sequence;
    if (!this.#take(segment)) {
      this.#wait(segment);
      return;
    }
    this.#takeWaiting();
  }

  /** The stream as far as it got; what was lost on the way is a hole. */
  end(): Stream {
    while (this.#waiting.length > 0) {
      this.#skipToTheNearest();
      this.#takeWaiting();
    }
    return streamOf(this.#pieces, this.#length);
  }

  /** Whether the segment was used, or is of the past. */
  #take(segment: Segment): boolean {
    const ahead = this.#ahead(segment);
    if (ahead > 0) return false;
    const old = -ahead;
    const wireBytes = segment.bytes.length + segment.missing;
    if (old >= wireBytes) return true;
    if (this.#length + wireBytes - old > STREAM_BYTES_MAX) return true;
    const bytes = segment.bytes.subarray(Math.min(old, segment.bytes.length));
    const missing = wireBytes - old - bytes.length;
    const { atMs, packet } = segment;
    this.#pieces.push({ atMs, packet, bytes, missing, offset: this.#length });
    this.#advance(wireBytes - old);
    this.#lostBytes += missing;
    return true;
  }

  #ahead(segment: Segment): number {
    return (segment.sequence - (this.#next ?? 0)) | 0;
  }

  #advance(bytes: number): void {
    this.#length += bytes;
    this.#next = ((this.#next ?? 0) + bytes) >>> 0;
  }

  #wait(segment: Segment): void {
    if (this.#ahead(segment) > GAP_BYTES_MAX) return;
    if (this.#waiting.length >= WAITING_MAX) {
      this.#skipToTheNearest();
      this.#takeWaiting();
    }
    this.#waiting.push(segment);
  }

  #takeWaiting(): void {
    for (let before = -1; before !== this.#waiting.length && this.#waiting.length > 0; ) {
      before = this.#waiting.length;
      this.#waiting = this.#waiting.filter((segment) => !this.#take(segment));
    }
  }

  /** What would have filled the gap was not captured. */
  #skipToTheNearest(): void {
    const [nearest] = this.#waiting.toSorted((a, b) => this.#ahead(a) - this.#ahead(b));
    if (nearest === undefined) return;
    const gap = Math.max(0, this.#ahead(nearest));
    if (this.#length + gap > STREAM_BYTES_MAX) {
      this.#waiting = [];
      return;
    }
    const { atMs, packet } = nearest;
    this.#pieces.push({ atMs, packet, bytes: Buffer.alloc(0), missing: gap, offset: this.#length });
    this.#advance(gap);
    this.#lostBytes += gap;
  }
}

function streamOf(pieces: readonly Piece[], length: number): Stream {
  const bytes = Buffer.alloc(length);
  for (const piece of pieces) piece.bytes.copy(bytes, piece.offset);
  const holes = pieces
    .filter(({ missing }) => missing > 0)
    .map((piece) => {
      const begin = piece.offset + piece.bytes.length;
      return { begin, end: begin + piece.missing };
    });
  const pieceAt = (offset: number) => pieces[placeOf(pieces, offset)];
  return {
    bytes,
    atMs: (offset) => pieceAt(offset)?.atMs ?? 0,
    packet: (offset) => pieceAt(offset)?.packet ?? 0,
    whole: (begin, end) => end <= length && !holes.some((hole) => hole.begin < end && begin < hole.end),
  };
}

/** The last piece that begins at or before the offset. */
function placeOf(pieces: readonly Piece[], offset: number): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
