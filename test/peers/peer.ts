import type { Protocol } from '../../src/provisioning/words.ts';

/** A real program of someone else that a test talks to: a server, or a client. */
export interface Need {
  readonly name: string;
  /** Every one of them must be found (`program.ts`). */
  readonly programs: readonly string[];
  /** `root`: it calls chroot, changes its user or listens on port 69. */
  readonly runsAs: 'root' | 'anyone';
  /** What else the machine lacks, in words; absent, or undefined as its answer: nothing. */
  readonly alsoLacks?: () => string | undefined;
}

/** A foreign server. */
export interface Peer extends Need {
  readonly protocol: Protocol;
  /** Whether `log()` of the running server has a line for each file that was sent. */
  readonly logs: 'requests' | 'nothing';
  /** Serves the tree below `root` (see `served-folder.ts`); resolves when it has answered once. */
  start(root: string): Promise<RunningPeer>;
}

/** A foreign server that listens on an address of its own in 127.0.0.0/8, as a child process of the test. */
export interface RunningPeer {
  readonly name: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  /** Its log's lines about requested files so far, in its own words; the first question is left out. */
  log(): string;
  /** CPU of all its processes so far. */
  cpuMs(): number;
  /** Ends the process and removes what it wrote. */
  stop(): Promise<void>;
}
