import { getEventListeners } from 'node:events';
import { afterEach, expect } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import {
  type FileRequest,
  type TransferLimits,
  type Transport,
  TransportError,
} from '../../src/transport/transport.ts';
import { body, type Script, type ScriptedFtpServer, scriptedFtpServer } from './scripted-ftp-server.ts';

/** The host's time, which knows whether something is still said to be under way. */
class CountingClock extends SystemClock {
  holds = 0;

  override hold(): () => void {
    this.holds++;
    return () => {
      this.holds--;
    };
  }
}

/** Of a phone whose power stays on. */
export const never: AbortSignal = new AbortController().signal;
const clocks = new WeakMap<Transport, CountingClock>();
const servers: ScriptedFtpServer[] = [];
const transports: Transport[] = [];

afterEach(async () => {
  for (const transport of transports.splice(0)) {
    transport.close();
    expect(clocks.get(transport)?.holds).toBe(0);
  }
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

export async function serverWith(script: Script, host?: string): Promise<ScriptedFtpServer> {
  const server = await scriptedFtpServer(script, host);
  servers.push(server);
  return server;
}

export function phone(options: Partial<Omit<Parameters<typeof ftpTransport>[0], 'clock'>> = {}): Transport {
  const clock = new CountingClock();
  const transport = ftpTransport({ clock, mode: 'epsv', session: 'file', ...options });
  clocks.set(transport, clock);
  transports.push(transport);
  return transport;
}

export const patient: TransferLimits = {
  connectMs: 10_000,
  idleMs: 10_000,
  totalMs: 20_000,
  sizeBytes: 1 << 20,
};

export function requestFor(port: number, more: Partial<FileRequest> = {}): FileRequest {
  return {
    protocol: 'ftp',
    host: '127.0.0.1',
    port,
    path: '1230SIP.cfg',
    userAgent: '',
    retriesOf503: 0,
    limits: patient,
    ...more,
  };
}

export interface Ending {
  readonly text: string;
  readonly end: 'whole' | TransportError['code'];
  readonly detail?: string;
}

/** What came, and how it ended; also that nothing was left behind. */
export async function fetchText(
  transport: Transport,
  request: FileRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<Ending> {
  let text = '';
  try {
    for await (const chunk of transport.fetch(request, signal)) text += Buffer.from(chunk).toString();
    return { text, end: 'whole' };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    expect(error.request).toBe(request);
    return { text, end: error.code, detail: error.detail };
  } finally {
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  }
}

export const whole: Ending = { text: body, end: 'whole' };
