import { userAgentOf } from '../device/wire-identity.ts';
import type { TransferCode } from '../events/transfer-code.ts';
import { limitsOf } from '../provisioning/limits.ts';
import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { placeOf } from '../provisioning/section-source.ts';
import {
  type FileRequest,
  type TlsSettings,
  type Transport,
  TransportError,
  urlOf,
} from '../transport/transport.ts';
import { receivedFile } from './directory-tree.ts';
import type { Arrival, Tree, Wanted } from './tree.ts';

/** Requests sent for one report. Our own limit: three models, each with the files its sections name. */
const REQUESTS_MAX = 500;

/** A server asked as phones would ask it. */
export function fetchedTree(options: {
  readonly name: string;
  readonly transport: Transport;
  /** The load the requests speak of (User-Agent). */
  readonly software: string;
  readonly tls: TlsSettings;
  readonly signal: AbortSignal;
}): Tree {
  const { name, transport, signal } = options;
  const limits: string[] = [];
  const dead = new Map<string, TransferCode>();
  let requests = 0;
  const fetch = async (wanted: Wanted): Promise<Arrival> => {
    const server = serverOf(wanted);
    const silent = dead.get(server);
    if (silent !== undefined) {
      return {
        arrived: false,
        code: silent,
        detail: `${server} did not answer before and is not asked again`,
      };
    }
    requests++;
    if (requests > REQUESTS_MAX) {
      if (limits.length === 0) limits.push(`only ${REQUESTS_MAX} files are asked for`);
      return { arrived: false, code: 'ABORTED', detail: 'it was not asked for' };
    }
    const arrival = await fetchFile(wanted, requestOf(wanted, options), transport, signal);
    // A phone would try each time (quirks.deadServer); a report need not wait half a minute a file.
    if (!arrival.arrived && deadly.includes(arrival.code)) dead.set(server, arrival.code);
    return arrival;
  };
  return { name, paths: undefined, limits, fetch };
}

const deadly: readonly TransferCode[] = ['TIMEOUT', 'UNREACHABLE'];

function serverOf({ source: { protocol, host, port } }: Wanted): string {
  return `${protocol}://${host}:${port}`;
}

async function fetchFile(
  { kind, path }: Wanted,
  request: FileRequest,
  transport: Transport,
  signal: AbortSignal,
): Promise<Arrival> {
  const problems: Problem[] = [];
  const chunks: Uint8Array[] = [];
  const heard: FileRequest = {
    ...request,
    onEvent: (event) => {
      if (event.type === 'told') problems.push(problem(event.code, { file: path, message: event.message }));
    },
  };
  try {
    for await (const chunk of transport.fetch(heard, signal)) chunks.push(chunk);
    return { arrived: true, file: receivedFile(path, Buffer.concat(chunks), kind), problems };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return { arrived: false, code: error.code, detail: `${urlOf(request)}: ${error.detail}` };
  }
}

function requestOf(
  { kind, path, source }: Wanted,
  { software, tls }: { readonly software: string; readonly tls: TlsSettings },
): FileRequest {
  return {
    ...placeOf(source, path),
    userAgent: userAgentOf(software),
    // A report is not a phone: a server that is not ready is told, not waited for.
    retriesOf503: 0,
    ...(source.protocol === 'https' && { tls }),
    limits: limitsOf(kind, source.protocol),
  };
}
