import type { TransferCode } from '../events/transfer-code.ts';
import { headerOf, messagesIn, type SeenMessage } from './capture-http-message.ts';
import type { SeenFile } from './capture-seen.ts';
import type { Connection } from './pcap-tcp-connections.ts';

/** One GET and its answer. */
export interface SeenGet extends SeenFile {
  readonly protocol: 'http';
  /** The value of its Connection header, in small letters. */
  readonly connectionHeader?: string;
  /** As they were spelt, in order. */
  readonly headerNames: readonly string[];
  /** Of the answer; undefined: none came. */
  readonly status?: number;
  readonly answerHeaders: SeenMessage['headers'];
}

/** A connection that spoke HTTP, with its requests in order. */
export interface SeenHttp {
  readonly client: string;
  readonly openedAtMs: number;
  readonly gets: readonly SeenGet[];
}

/** RFC 9110, 9.1, and what a server behind this port would be asked otherwise. */
const begins = /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) /;

/** Reads a connection as HTTP/1.x; undefined: it is none. */
export function seenHttp(connection: Connection): SeenHttp | undefined {
  const { asked, answered, client, openedAtMs } = connection;
  if (!begins.test(asked.bytes.toString('latin1', 0, 8))) return undefined;
  const requests = messagesIn(asked, { hasContent: () => true, untilClose: 'no' });
  const answers = messagesIn(answered, {
    hasContent: (index, line) => !/ (?:204|304)\b/.test(line) && !requests[index]?.line.startsWith('HEAD '),
    untilClose: 'yes',
  });
  const gets = requests.flatMap((request, index) => {
    const [method, target = ''] = request.line.split(' ');
    return method === 'GET' ? [getOf(connection, { request, target, answer: answers[index] })] : [];
  });
  return { client: client.address, openedAtMs, gets };
}

function getOf(
  { client, server, closedAtMs }: Connection,
  {
    request,
    target,
    answer,
  }: { readonly request: SeenMessage; readonly target: string; readonly answer: SeenMessage | undefined },
): SeenGet {
  const [, status] = /^HTTP\/1\.\d (\d{3})/.exec(answer?.line ?? '') ?? [];
  const [userAgent, host] = [headerOf(request, 'user-agent'), headerOf(request, 'host')];
  const user = userIn(headerOf(request, 'authorization'));
  const connectionHeader = headerOf(request, 'connection')?.toLowerCase();
  return {
    protocol: 'http',
    atMs: request.atMs,
    packet: request.packet,
    address: client.address,
    server: server.address,
    file: fileOf(target),
    result: resultOf(answer, Number(status), closedAtMs),
    bytes: status === '200' ? (answer?.bytes ?? 0) : 0,
    ms: (answer?.endedMs ?? request.atMs) - request.atMs,
    attempts: 1,
    pausesMs: [],
    headerNames: request.headers.map(([name]) => name),
    answerHeaders: answer?.headers ?? [],
    ...(connectionHeader !== undefined && { connectionHeader }),
    ...(status !== undefined && { status: Number(status) }),
    ...(status === '200' && answer?.content && { body: answer.content }),
    ...(userAgent !== undefined && { userAgent }),
    ...(host !== undefined && { host }),
    ...(user !== undefined && { user }),
  };
}

/** The path of a request's target, percent signs undone. */
function fileOf(target: string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const codes: Readonly<Record<number, TransferCode>> = {
  401: 'ACCESS_DENIED',
  403: 'ACCESS_DENIED',
  404: 'NOT_FOUND',
  410: 'NOT_FOUND',
  503: 'BUSY',
};

function resultOf(
  answer: SeenMessage | undefined,
  status: number,
  closedAtMs: number | undefined,
): SeenFile['result'] {
  if (answer === undefined) return closedAtMs === undefined ? 'unknown' : 'BUSY';
  if (status !== 200) return codes[status] ?? 'PROTOCOL';
  if (answer.ended === 'whole') return 'ok';
  return closedAtMs === undefined ? 'unknown' : 'TRUNCATED';
}

/** RFC 7617 and 7616; the password is nobody's business. */
function userIn(authorization: string | undefined): string | undefined {
  const [, basic] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '') ?? [];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
  return /^Digest .*\busername="([^"]*)"/i.exec(authorization ?? '')?.[1];
}
