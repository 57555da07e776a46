import type { FlashContents } from '../device/flash-contents.ts';

/** Bytes of a file that goes into flash together with new contents. */
export interface FileBody {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/**
 * A phone's flash. Everything is synchronous: under virtual time nothing may wait for the host, and one
 * phone's flash is small. Throws nothing but `FlashError`.
 */
export interface Flash {
  read(): FlashContents;
  /** Replaces the contents in one step: after a crash at any moment the old or the new state is whole. */
  write(contents: FlashContents, bodies?: readonly FileBody[]): void;
  /** The bytes of a stored file; undefined when only its name is known. */
  body(sha256: string): Uint8Array | undefined;
  /** Gives a directory's lock back. */
  close(): void;
}

/** The flash could not be read, written or locked. Message names file, line and key where there is one. */
export class FlashError extends Error {
  override readonly name = 'FlashError';
  readonly code: 'LOCKED' | 'INVALID' | 'UNREADABLE' | 'UNWRITABLE';

  constructor(code: FlashError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
