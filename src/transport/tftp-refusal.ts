import type { Clock } from '../clock/clock.ts';
import { encodeError, errorCodes } from './tftp-packet.ts';
import type { ResolvedHost, UdpSocket } from './udp-socket.ts';

/**
 * How long ICMP may take to come back; meanwhile others who ask about the same port wait for the same answer.
 */
const ANSWER_MS = 1_000;

interface Question {
  readonly onRefused: Set<() => void>;
}

/**
 * Finds out whether a silent port is closed. The system reports ICMP "port unreachable" to connected sockets
 * only, and the socket of a transfer cannot be one: the server answers from another port. So a second socket
 * connects and sends an ERROR, which every server ignores since nothing is ever sent in answer to an ERROR
 * (RFC 1350 section 7). At most one question a second and server, however many phones have one: the load on a
 * server stays a phone's.
 */
export class RefusalWatch {
  readonly #clock: Clock;
  readonly #openSocket: (family: 4 | 6) => UdpSocket;
  readonly #questions = new Map<string, Question>();

  constructor(clock: Clock, openSocket: (family: 4 | 6) => UdpSocket) {
    this.#clock = clock;
    this.#openSocket = openSocket;
  }

  /** Runs `onRefused` if the port turns out to be closed, and otherwise nothing. The result ends the wait. */
  ask(server: ResolvedHost, port: number, onRefused: () => void): () => void {
    const key = `${port} ${server.address}`;
    const question = this.#questions.get(key) ?? this.#send(key, server, port);
    question.onRefused.add(onRefused);
    return () => question.onRefused.delete(onRefused);
  }

  #send(key: string, server: ResolvedHost, port: number): Question {
    const question: Question = { onRefused: new Set() };
    const socket = this.#openSocket(server.family);
    const close = () => {
      if (this.#questions.get(key) !== question) return;
      this.#questions.delete(key);
      this.#clock.clearTimeout(timer);
      socket.close();
    };
    const heard = (error: Error | null) => {
      if (!error) return;
      close();
      if ('code' in error && error.code === 'ECONNREFUSED') for (const tell of question.onRefused) tell();
    };
    const timer = this.#clock.setTimeout(close, ANSWER_MS);
    this.#questions.set(key, question);
    socket.on('error', heard);
    socket.unref();
    socket.connect(port, server.address, () =>
      socket.send(encodeError(errorCodes.undefined, 'is this port open?'), heard),
    );
    return question;
  }
}
