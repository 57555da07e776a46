import { InvalidArgumentError, Option } from 'commander';
import type { MetricsPlace, MetricsServer } from '../fleet/metrics-server.ts';
import { UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { urlOf, whyNotListening } from './listening.ts';
import * as read from './values.ts';

/** Where a fleet under way shows its figures to Prometheus. */
export interface MetricsValues {
  readonly prometheus?: MetricsPlace;
}

/** Figures of a run are for nobody else, unless an address says so. */
const ADDRESS = '127.0.0.1';

export function metricsOptions(): readonly Option[] {
  return [
    new Option(
      '--prometheus <[ADDRESS:]PORT>',
      `serve /metrics for Prometheus while it runs, such as :9464; on ${ADDRESS} without an address`,
    ).argParser(metricsPlace),
  ];
}

/** Opens the place that was asked for; undefined: none was. Throws `UsageError` when it is not to be had. */
export async function openMetrics(
  { prometheus, quiet }: MetricsValues & { readonly quiet: boolean },
  io: Io,
): Promise<MetricsServer | undefined> {
  if (prometheus === undefined) return undefined;
  const { serveMetrics } = await import('../fleet/metrics-server.ts');
  const server = await serveMetrics(prometheus).catch((error: unknown) => {
    const why = error instanceof Error ? whyNotListening(error) : undefined;
    if (why === undefined) throw error;
    throw new UsageError(`--prometheus ${placeText(prometheus)}: ${why}`);
  });
  if (!quiet) io.err(`metrics: ${urlOf('http', { ...prometheus, port: server.port })}metrics\n`);
  return server;
}

/** `:9464`, `9464`, `0.0.0.0:9464`, `[::1]:9464`. */
function metricsPlace(text: string): MetricsPlace {
  try {
    return { address: ADDRESS, ...read.listenPlace(text.replace(/^:/, '')) };
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new InvalidArgumentError('Expected a port such as :9464, or ADDRESS:PORT such as 0.0.0.0:9464.');
  }
}

function placeText({ address, port }: MetricsPlace): string {
  return `${hostText(address)}:${port}`;
}

/** An address as it stands before a port. */
export function hostText(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
