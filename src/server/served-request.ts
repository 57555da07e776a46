import type { Protocol } from '../provisioning/words.ts';

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
}

export type ServedRequestListener = (request: ServedRequest) => void;

/** A listening server; `close` ends it with every connection it has. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}
