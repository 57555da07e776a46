import type { Quirks } from '../provisioning/quirks.ts';
import type { ReceivedFile } from './received-file.ts';

/** A file to be read, and all that its reading depends on beside its bytes and its name. */
interface ToRead {
  readonly file: Pick<ReceivedFile, 'name' | 'sha256'>;
  readonly quirks?: Quirks;
  readonly section?: string;
}

/** Readings kept of one kind; many times the files of a site that its phones have in common. */
const READINGS_MAX = 1_000;

/** For readings that no quirk bears on. */
const anyQuirks = {};

/**
 * What files say, each read once: phones fetch the same few files again and again, and the same bytes say the
 * same to all of them. Kept by SHA-256, for the whole process; the one kept longest makes room. A reading is
 * shared, so nobody may change it.
 */
export class Readings<T> {
  readonly #byQuirks = new WeakMap<object, Map<string, T>>();

  /** The reading of a file; `read` is called for one that is not kept, or was never hashed. */
  of({ file, quirks, section = '' }: ToRead, read: () => T): T {
    if (file.sha256 === '') return read();
    const readings = this.#under(quirks ?? anyQuirks);
    const key = `${file.sha256} ${section} ${file.name}`;
    const kept = readings.get(key);
    if (kept !== undefined) return kept;
    const reading = read();
    if (readings.size >= READINGS_MAX) forgetOldest(readings);
    readings.set(key, reading);
    return reading;
  }

  #under(quirks: object): Map<string, T> {
    const readings = this.#byQuirks.get(quirks) ?? new Map<string, T>();
    this.#byQuirks.set(quirks, readings);
    return readings;
  }
}

function forgetOldest(readings: Map<string, unknown>): void {
  for (const key of readings.keys()) {
    readings.delete(key);
    return;
  }
}
