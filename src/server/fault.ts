import type { Answer } from './answer.ts';
import type { FaultSettings, FaultWord } from './faults.schema.ts';

/** What one fault makes of the answer a server would have given to a request that its rule strikes. */
export type Fault<W extends FaultWord> = (answer: Answer, settings: FaultSettings<W>) => Answer;
