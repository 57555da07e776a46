/** What a capture lacks, or what of it was left out; each kind is counted. */
export type CaptureNoteCode =
  | 'CUT_OFF_FILE'
  | 'CUT_OFF_PACKETS'
  | 'UNKNOWN_LINK'
  | 'NOT_IP'
  | 'BAD_PACKET'
  | 'LOST_FRAGMENTS'
  | 'LOST_BYTES'
  | 'LIMIT';

export interface CaptureNote {
  readonly code: CaptureNoteCode;
  /** Of the first of its kind. */
  readonly message: string;
  /** The packet that told the first, from 1. */
  readonly packet: number;
  readonly count: number;
}

/** Gathers notes while a capture is read. */
export class CaptureNotes {
  readonly #notes = new Map<CaptureNoteCode, CaptureNote>();

  get all(): readonly CaptureNote[] {
    return [...this.#notes.values()];
  }

  tell(code: CaptureNoteCode, packet: number, message: string): void {
    const first = this.#notes.get(code) ?? { code, message, packet, count: 0 };
    this.#notes.set(code, { ...first, count: first.count + 1 });
  }
}
