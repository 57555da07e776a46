import { blockAfter, blocksAhead } from './tftp-packet.ts';

/**
 * Which block comes next, and when it is our turn to speak: after each window of blocks (of one, unless
 * agreed otherwise), or once when a window has a gap.
 */
export class BlockOrder {
  readonly #windowBlocks: number;
  /** As on the wire: 0 comes after 65535. */
  #next = 1;
  /** Blocks taken since the last acknowledgement. */
  #taken = 0;
  /** The server knows of the gap in this window; the rest of the window need not tell it again. */
  #gapTold: boolean = false;

  constructor(windowBlocks: number) {
    this.#windowBlocks = windowBlocks;
  }

  /** The last block taken, which is what an acknowledgement names; 0 before the first. */
  get last(): number {
    return (this.#next - 1) & 0xffff;
  }

  isNext(block: number): boolean {
    return block === this.#next;
  }

  /** Takes the next block. True: the window is complete. */
  take(): boolean {
    this.#next = blockAfter(this.#next);
    this.#gapTold = false;
    return ++this.#taken >= this.#windowBlocks;
  }

  acknowledged(): void {
    this.#taken = 0;
  }

  /**
   * Whether a block that is not the next is one from later in the window, so that something is missing which
   * the server does not know of yet: it is told where to go on (RFC 7440 section 4).
   * One that came before is not answered: whoever answers a duplicate doubles every packet after it (RFC 1123
   * section 4.2.3.1). If it came again because our acknowledgement was lost, the next silence repeats that.
   */
  showsNewGap(block: number): boolean {
    if (this.#gapTold || blocksAhead(block, this.#next) >= this.#windowBlocks) return false;
    this.#gapTold = true;
    return true;
  }
}
