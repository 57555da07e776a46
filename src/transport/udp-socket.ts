/** Where a datagram came from. */
export interface Sender {
  readonly address: string;
  readonly port: number;
}

/** An IP address in the form in which the system reports the sender of a datagram. */
export interface ResolvedHost {
  readonly address: string;
  readonly family: 4 | 6;
}

/** As much of a `dgram.Socket` as a transfer needs. */
export interface UdpSocket {
  bind(port: number, address?: string): unknown;
  connect(port: number, address: string, connected: () => void): void;
  /** Without `sent` an error that the system reports at once is lost. */
  send(packet: Uint8Array, port: number, address: string, sent?: (error: Error | null) => void): void;
  /** For a connected socket. */
  send(packet: Uint8Array, sent: (error: Error | null) => void): void;
  on(event: 'message', listener: (message: Buffer, from: Sender) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Lets the process end while the socket is open. */
  unref(): unknown;
  close(): unknown;
}
