import type { Random } from '../clock/random.ts';
import type { Answer } from './answer.ts';
import type { FaultSettings, FaultWord } from './faults.schema.ts';
import type { ServedFile } from './file-store.ts';

/**
 * What one fault makes of the answer a server would have given to a request that its rule strikes. The
 * settings are the rule's, the same for every request; what belongs to this one request is its strike.
 */
export type Fault<W extends FaultWord> = (
  answer: Answer,
  settings: FaultSettings<W>,
  strike: Strike,
) => Answer;

/** One request that a rule strikes. */
export interface Strike {
  /** Of this request alone: another for the next one, and for another phone. */
  readonly chance: Random;
  /** Of the file asked for: the same for every phone and every request, since they share a tree. */
  readonly chanceOfFile: Random;
  /** The file asked for, as the older tree `from` has it. */
  olderFile(from: string): ServedFile | undefined;
}
