import { EndingIntake } from '../device/file-ending.ts';
import { HEAD_BYTES, heldFile, type ReceivedFile } from '../device/received-file.ts';

/** Takes in the chunks of one file. */
export interface Intake {
  readonly sizeBytes: number;
  take(chunk: Uint8Array): void;
  /** Nothing is taken after this. */
  finish(name: string): ReceivedFile;
}

/** `head`: the bytes are counted and hashed, and only the first of them held (firmware). */
export type Hold = 'all' | 'head';

/** What came of files by what stands for their bytes. */
const known: Readonly<Record<Hold, WeakMap<object, ReceivedFile>>> = {
  all: new WeakMap(),
  head: new WeakMap(),
};

/**
 * An intake for a file. `content`: what stands for its bytes, if a server in memory says so
 * (`TransferEvent`): the phones of a fleet then hash and hold them once, not each for itself.
 */
export function intakeFor(hold: Hold, content: object | undefined): Intake {
  const before = content && known[hold].get(content);
  if (before !== undefined) return new KnownIntake(before);
  const intake = hold === 'all' ? new WholeIntake() : new HeadIntake();
  return content === undefined ? intake : new LearningIntake(intake, known[hold], content);
}

/** Holds all of a file. It is hashed in one go at the end: a call costs more than most files. */
class WholeIntake implements Intake {
  sizeBytes = 0;
  readonly #held: Uint8Array[] = [];

  take(chunk: Uint8Array): void {
    this.sizeBytes += chunk.length;
    this.#held.push(chunk);
  }

  finish(name: string): ReceivedFile {
    return heldFile(name, Buffer.concat(this.#held));
  }
}

/** Counts and hashes bytes as they pass, and holds the first and the last of them. */
class HeadIntake implements Intake {
  sizeBytes = 0;
  readonly #ending = new EndingIntake();
  readonly #head: Uint8Array[] = [];

  take(chunk: Uint8Array): void {
    if (this.sizeBytes < HEAD_BYTES) this.#head.push(chunk);
    this.sizeBytes += chunk.length;
    this.#ending.take(chunk);
  }

  finish(name: string): ReceivedFile {
    const head = Buffer.concat(this.#head).subarray(0, HEAD_BYTES);
    return { name, sizeBytes: this.sizeBytes, head, ...this.#ending.finish() };
  }
}

/** Keeps what comes of a file for the next phone. */
class LearningIntake implements Intake {
  readonly #intake: Intake;
  readonly #known: WeakMap<object, ReceivedFile>;
  readonly #content: object;

  constructor(intake: Intake, into: WeakMap<object, ReceivedFile>, content: object) {
    this.#intake = intake;
    this.#known = into;
    this.#content = content;
  }

  get sizeBytes(): number {
    return this.#intake.sizeBytes;
  }

  take(chunk: Uint8Array): void {
    this.#intake.take(chunk);
  }

  finish(name: string): ReceivedFile {
    const file = this.#intake.finish(name);
    this.#known.set(this.#content, file);
    return file;
  }
}

/** Counts what passes; all else is known. */
class KnownIntake implements Intake {
  sizeBytes = 0;
  readonly #file: ReceivedFile;

  constructor(file: ReceivedFile) {
    this.#file = file;
  }

  take(chunk: Uint8Array): void {
    this.sizeBytes += chunk.length;
  }

  finish(name: string): ReceivedFile {
    return { ...this.#file, name };
  }
}
