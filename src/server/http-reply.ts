import type { IncomingMessage } from 'node:http';
import { type Answer, answerFrom, answerWith, notAdmitted, refusalIn } from './answer.ts';
import type { FileStore } from './file-store.ts';
import type { ServerFaults } from './server-faults.ts';

/** What a request gets, decided before the first byte is sent. */
export interface HttpReply {
  /** 200: the answer's file. */
  readonly status: number;
  /** Of the file; empty when the request named none. */
  readonly name: string;
  readonly answer: Answer;
}

export interface HttpReplyOptions {
  readonly store: FileStore;
  readonly protocol: 'http' | 'https';
  readonly users?: ReadonlyMap<string, string>;
  readonly protect?: boolean;
  readonly faults: ServerFaults;
}

/** GET and HEAD of files; folders are not listed, and nothing else is there. */
export function decideHttpReply(request: IncomingMessage, options: HttpReplyOptions): HttpReply {
  const { store, protocol, faults } = options;
  if (request.method !== 'GET' && request.method !== 'HEAD') return notUnderstood(405);
  const name = nameIn(request.url ?? '');
  if (name === undefined) return notUnderstood(400);
  const plain = isAdmitted(request, options) ? answerFrom(store, name) : answerWith(undefined, notAdmitted);
  const { remoteAddress: address } = request.socket;
  const answer = faults.alter({ protocol, path: name, address }, plain);
  return { status: refusalIn(answer)?.http ?? 200, name, answer };
}

/** No request for a file, so that no rule is about it. */
function notUnderstood(status: 400 | 405): HttpReply {
  return { status, name: '', answer: answerWith(undefined) };
}

/** The path of a request target without its query, decoded; undefined when there is none. */
function nameIn(target: string): string | undefined {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  if (!path.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}

function isAdmitted(request: IncomingMessage, { users, protect = false }: HttpReplyOptions): boolean {
  if (!protect || users === undefined || users.size === 0) return true;
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const [, user = '', password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return password !== undefined && users.get(user) === password;
}
