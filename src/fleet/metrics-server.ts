import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { metricsText } from './metrics.ts';
import type { FleetProgress } from './workers-as-one.ts';

/** Where metrics are to be had. */
export interface MetricsPlace {
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Lets Prometheus see a fleet under way. */
export interface MetricsServer {
  readonly port: number;
  /** From now on this is how far it is. */
  readonly tell: (progress: FleetProgress) => void;
  close(): Promise<void>;
}

const PATH = '/metrics';

/** Serves `/metrics` until it is closed. Rejects with what keeps it from listening. */
export async function serveMetrics({ address, port }: MetricsPlace): Promise<MetricsServer> {
  let workers: FleetProgress['workers'] = [];
  const server = createServer((request, response) => {
    answer(request, response, workers).catch((error: unknown) => response.destroy(errorOf(error)));
  });
  server.listen(port, address);
  await once(server, 'listening');
  // A scrape that this machine has no socket left for is lost; the run goes on.
  server.on('error', () => {});
  const bound = server.address();
  return {
    port: bound === null || typeof bound === 'string' ? port : bound.port,
    tell: (progress) => {
      workers = progress.workers;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  workers: FleetProgress['workers'],
): Promise<void> {
  const { method = '', url = '' } = request;
  const [path] = url.split('?');
  if (path !== PATH) {
    refuse(response, 404, `no such page; metrics are at ${PATH}`);
  } else if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    refuse(response, 405, `${method} is not for metrics; expected GET`);
  } else {
    const { contentType, text } = await metricsText(workers);
    response.setHeader('content-type', contentType);
    response.end(text);
  }
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${sentence}\n`);
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
