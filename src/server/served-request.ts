import type { Protocol } from '../provisioning/words.ts';
import type { Answer } from './answer.ts';
import type { FaultWord } from './faults.schema.ts';

/** One request as a server saw it, told when it ended. */
export interface ServedRequest {
  readonly protocol: Protocol;
  /** `address:port` of the phone. */
  readonly peer: string;
  /** As asked for. */
  readonly path: string;
  /** `sent`, or why not in the protocol's own words: `404`, `550`, `ERROR 1`, `aborted`. */
  readonly result: string;
  readonly bytes: number;
  readonly ms: number;
  /** The faults that struck it, in the order of their rules; absent: none did. */
  readonly faults?: readonly FaultWord[];
}

/** What a request is told with when faults made its answer. */
export function onPurpose({ faults }: Answer): Pick<ServedRequest, 'faults'> {
  return faults.length === 0 ? {} : { faults };
}

export type ServedRequestListener = (request: ServedRequest) => void;

/** A listening server; `close` ends it with every connection it has. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}
