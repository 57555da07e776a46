import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { Connection } from './pcap-tcp-connections.ts';
import { StreamBuilder } from './pcap-tcp-stream.ts';

/** A server on loopback that says what a captured one said, and remembers all connections to it. */
export interface Replay {
  readonly port: number;
  /** As a capture would have them, in the order of their opening. */
  connections(): readonly Connection[];
  /** When the phone has closed all of them. */
  ended(): Promise<unknown>;
  close(): Promise<void>;
}

/** One end of a connection to a replay. */
export interface ReplayLine {
  readonly socket: Socket;
  say(bytes: Buffer | string): void;
}

const LOOPBACK = '127.0.0.1';
/** A client of ours sends no more than a few requests. */
const HEARD_BYTES_MAX = 1024 * 1024;

/** Listens; `begin` is told of each connection, and what it returns of each chunk from the phone. */
export async function startReplay(
  clock: Clock,
  begin: (line: ReplayLine) => (chunk: Buffer) => void,
): Promise<Replay> {
  const recorded: Recorded[] = [];
  const server = createServer((socket) => {
    const one = new Recorded(clock, socket);
    recorded.push(one);
    const say = (bytes: Buffer | string) => {
      const sent = Buffer.from(bytes);
      one.answered.add(sent);
      socket.write(sent);
    };
    const hear = begin({ socket, say });
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      one.asked.add(chunk);
      if (one.asked.length > HEARD_BYTES_MAX) socket.destroy();
      else hear(chunk);
    });
  });
  const port = await listen(server);
  return {
    port,
    connections: () => recorded.map((one) => one.end()),
    ended: () => Promise.all(recorded.map((one) => one.closed)),
    close: async () => {
      for (const { socket } of recorded) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The port it got, on loopback. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('A TCP server without a port');
      resolve(address.port);
    });
  });
}

class Recorded {
  readonly socket: Socket;
  readonly asked: RecordedSide;
  readonly answered: RecordedSide;
  readonly closed: Promise<void>;
  readonly #openedAtMs: number;
  #closedAtMs: number | undefined;

  constructor(clock: Clock, socket: Socket) {
    this.socket = socket;
    this.asked = new RecordedSide(clock);
    this.answered = new RecordedSide(clock);
    this.#openedAtMs = clock.now();
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#closedAtMs = clock.now();
        resolve();
      });
    });
  }

  end(): Connection {
    return {
      client: { address: LOOPBACK, port: this.socket.remotePort ?? 0 },
      server: { address: LOOPBACK, port: this.socket.localPort ?? 0 },
      openedAtMs: this.#openedAtMs,
      packet: 0,
      opening: 'open',
      asked: this.asked.end(),
      answered: this.answered.end(),
      ...(this.#closedAtMs !== undefined && { closedAtMs: this.#closedAtMs }),
    };
  }
}

class RecordedSide {
  readonly #clock: Clock;
  readonly #stream = new StreamBuilder();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stream.begin(0);
  }

  get length(): number {
    return this.#stream.length;
  }

  add(bytes: Buffer): void {
    const sequence = this.#stream.length;
    this.#stream.add({ atMs: this.#clock.now(), packet: 0, sequence, bytes, missing: 0 });
  }

  end() {
    return this.#stream.end();
  }
}
