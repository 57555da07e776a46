import type { Socket } from 'node:net';
import { AnswerFault, AnswerReader } from './http-answer.ts';
import type { HttpClient, HttpExchange } from './http-exchange.ts';
import { type Connected, ENDED_BY_PHONE, type HttpSocket } from './http-socket.ts';

/**
 * One GET at a time over plain HTTP, on one connection that is made when it is needed and kept as long as
 * both ends want it. In place of undici, which costs a phone more.
 */
export class HttpWire implements HttpClient {
  readonly #socket: HttpSocket;
  readonly #persistence: 'keep-alive' | 'close';
  readonly #reader: AnswerReader;
  #connection: Socket | undefined;
  #exchange: HttpExchange | undefined;

  constructor(socket: HttpSocket, persistence: 'keep-alive' | 'close') {
    this.#socket = socket;
    this.#persistence = persistence;
    this.#reader = new AnswerReader({
      head: (status, headers) => this.#exchange?.onResponseStart(this, status, headers),
      data: (bytes) => this.#exchange?.onResponseData(this, bytes),
    });
  }

  get busy(): boolean {
    return this.#exchange !== undefined;
  }

  send(exchange: HttpExchange): void {
    this.#exchange = exchange;
    if (this.#connection?.writable) this.#ask(this.#connection);
    else this.#socket.connect(this.#connected);
  }

  pause(): void {
    this.#connection?.pause();
  }

  resume(): void {
    this.#connection?.resume();
  }

  destroy(): void {
    this.#connection = undefined;
    this.#fail(ENDED_BY_PHONE);
  }

  readonly #connected = (...[error, connection]: Connected): void => {
    if (error !== null) {
      this.#fail(error);
      return;
    }
    this.#connection = connection;
    connection.on('data', (bytes: Buffer) => {
      if (this.#connection === connection) this.#take(bytes);
    });
    const ended = () => {
      if (this.#connection === connection) this.#ended();
    };
    connection.once('end', ended);
    connection.once('close', ended);
    this.#ask(connection);
  };

  #ask(connection: Socket): void {
    this.#reader.again();
    this.#exchange?.onRequestStart();
    connection.write(this.#socket.head, 'latin1');
  }

  #take(bytes: Buffer): void {
    const progress = this.#exchange === undefined ? 'over' : this.#reader.take(bytes);
    if (progress === 'more') return;
    const keeps = progress === 'end' && this.#persistence === 'keep-alive' && this.#reader.persists;
    // Nobody asked for more than the answer: whose would it be (RFC 9112, 9.2).
    if (!keeps) this.#hangUp();
    if (progress instanceof AnswerFault) this.#fail(progress);
    else this.#end();
  }

  #ended(): void {
    this.#connection = undefined;
    if (this.#exchange === undefined) return;
    if (this.#reader.untilClose) this.#end();
    else this.#fail(new AnswerFault('the connection ended'));
  }

  #hangUp(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.destroy();
  }

  #end(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.onResponseEnd();
  }

  #fail(error: Error): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.onResponseError(this, error);
  }
}
