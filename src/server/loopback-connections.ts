import type { FileRequest } from '../transport/transport.ts';

/** The connections that a phone keeps between two files: HTTP's, by server and source address. */
export class KeptConnections {
  readonly #idle = new Set<string>();

  take(request: FileRequest): 'kept' | 'new' {
    return this.#idle.delete(keyOf(request)) ? 'kept' : 'new';
  }

  /** After an answer that came to its end. */
  putBack(request: FileRequest): void {
    if (request.protocol === 'http' || request.protocol === 'https') this.#idle.add(keyOf(request));
  }

  end(): void {
    this.#idle.clear();
  }
}

function keyOf({ protocol, host, port, localAddress }: FileRequest): string {
  return `${protocol} ${host} ${port} ${localAddress ?? ''}`;
}
