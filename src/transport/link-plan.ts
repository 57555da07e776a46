/** The way between one phone and its server, as it is wanted. Plain data, so that a worker can have it. */
export interface LinkPlan {
  /** One round trip, in ms. Absent: as the network has it; on the loopback that of its server. */
  readonly rttMs?: number;
  /** Each round trip takes up to so much longer, in ms, as chance will have it. */
  readonly jitterMs: number;
  /** What arrives, in bytes a second; absent: no limit. */
  readonly bytesPerSecond?: number;
}
