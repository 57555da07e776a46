import { getEventListeners } from 'node:events';
import { expect, onTestFinished } from 'vitest';
import { type HttpTransportOptions, httpTransport } from '../../src/transport/http.ts';
import {
  type FileRequest,
  type TransferEvent,
  type TransferLimits,
  type Transport,
  TransportError,
} from '../../src/transport/transport.ts';
import { LeapingClock } from './leaping-clock.ts';
import { rawHttpServer } from './raw-http-server.ts';

export const userAgent = 'AVAYA/SIP12x0/04.01.13.00';
export const patient: TransferLimits = {
  connectMs: 10_000,
  idleMs: 10_000,
  totalMs: 20_000,
  sizeBytes: 1 << 20,
};

/** A raw server that ends with the test. */
export async function serverWith(
  ...args: Parameters<typeof rawHttpServer>
): ReturnType<typeof rawHttpServer> {
  const server = await rawHttpServer(...args);
  onTestFinished(() => server.close());
  return server;
}

/** What came of a file, and everything that was told on the way. */
export interface Fetched {
  readonly text: string;
  readonly end: 'whole' | TransportError['code'];
  readonly detail?: string;
  readonly events: readonly TransferEvent[];
}

export interface Phone {
  readonly clock: LeapingClock;
  readonly transport: Transport;
  fetch(port: number, more?: Partial<FileRequest>, signal?: AbortSignal): Promise<Fetched>;
}

/** A phone over HTTP whose waits take no time; its connections end with the test. */
export function phone(options: Partial<HttpTransportOptions> = {}): Phone {
  const clock = new LeapingClock();
  const transport = httpTransport({ clock, connection: 'check', retryAfter: 'ignore', ...options });
  onTestFinished(() => transport.close());
  return {
    clock,
    transport,
    async fetch(port, more = {}, signal = new AbortController().signal) {
      const events: TransferEvent[] = [];
      const request = requestFor(port, { onEvent: (event) => events.push(event), ...more });
      const chunks: Uint8Array[] = [];
      const ending = await readInto(chunks, transport, request, signal);
      expect(clock.holds).toBe(0);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      return { text: Buffer.concat(chunks).toString('latin1'), ...ending, events };
    },
  };
}

export function requestFor(port: number, more: Partial<FileRequest> = {}): FileRequest {
  return {
    protocol: 'http',
    host: '127.0.0.1',
    port,
    path: '1230SIP.cfg',
    userAgent,
    retriesOf503: 5,
    limits: patient,
    ...more,
  };
}

async function readInto(
  chunks: Uint8Array[],
  transport: Transport,
  request: FileRequest,
  signal: AbortSignal,
): Promise<Pick<Fetched, 'end' | 'detail'>> {
  try {
    for await (const chunk of transport.fetch(request, signal)) chunks.push(chunk);
    return { end: 'whole' };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    expect(error.request).toBe(request);
    return { end: error.code, detail: error.detail };
  }
}
