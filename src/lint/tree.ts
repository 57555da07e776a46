import type { ReceivedFile } from '../device/received-file.ts';
import type { TransferCode } from '../events/transfer-code.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { Source } from '../provisioning/section-source.ts';
import type { SectionName } from '../provisioning/words.ts';

/** A file as a phone would ask for it. */
export interface Wanted {
  readonly kind: 'provisioning-file' | SectionName;
  /** Below the root of its source. */
  readonly path: string;
  readonly source: Source;
}

/** A file that is there, or why it does not arrive. */
export type Arrival =
  | {
      readonly arrived: true;
      readonly file: ReceivedFile;
      /** Ms since 1970, where it is known. */
      readonly modifiedMs?: number;
      /** What the server said on the way. */
      readonly problems: readonly Problem[];
    }
  | {
      readonly arrived: false;
      readonly code: TransferCode;
      readonly detail: string;
      /** The same name in another case, which is there. */
      readonly otherCase?: string;
    };

/** A provisioning tree: a folder, or a server. Files are read one at a time and not kept. */
export interface Tree {
  /** As its user named it. */
  readonly name: string;
  /** Every file by its path from the root, sorted; undefined: a server, which cannot be asked. */
  readonly paths: readonly string[] | undefined;
  /** Why `paths` is not complete; empty when it is. */
  readonly limits: readonly string[];
  fetch(wanted: Wanted): Promise<Arrival>;
}
