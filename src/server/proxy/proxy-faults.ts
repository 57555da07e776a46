/** What a proxy does to everything that passes it. */
export interface ProxyFaults {
  /** What the server says comes so much later. */
  readonly latencyMs: number;
  /** And up to so much later still, drawn for each datagram or chunk. */
  readonly jitterMs: number;
  /** Chance, from 0 to 1, that a packet is lost, whichever way it goes. */
  readonly drop: number;
  /** So many of the connections, from 0 to 1, stop once, in the first KiB that the server says. */
  readonly stall?: { readonly forMs: number; readonly share: number };
  /** Nothing passes either way. `atMs` counts from the start of the proxy. */
  readonly blackouts: readonly { readonly atMs: number; readonly forMs: number }[];
}

export const proxyFaultWords = ['latency', 'jitter', 'drop', 'stall', 'blackout'] as const;
export type ProxyFaultWord = (typeof proxyFaultWords)[number];
