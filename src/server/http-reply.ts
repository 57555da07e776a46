import type { IncomingMessage } from 'node:http';
import type { FileStore, ServedFile } from './file-store.ts';

/** What a request gets, decided before the first byte is sent. */
export type HttpReply =
  | { readonly status: 200; readonly name: string; readonly file: ServedFile }
  | { readonly status: 400 | 401 | 403 | 404 | 405 | 500 };

export interface HttpReplyOptions {
  readonly store: FileStore;
  readonly users?: ReadonlyMap<string, string>;
  readonly protect?: boolean;
}

/** GET and HEAD of files; folders are not listed, and nothing else is there. */
export function decideHttpReply(request: IncomingMessage, options: HttpReplyOptions): HttpReply {
  const { store, users, protect = false } = options;
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405 };
  if (protect && users !== undefined && users.size > 0 && !isUser(users, request.headers.authorization)) {
    return { status: 401 };
  }
  const name = nameIn(request.url ?? '');
  if (name === undefined) return { status: 400 };
  try {
    const file = store.find(name);
    return file === undefined ? { status: 404 } : { status: 200, name, file };
  } catch (error) {
    // It is there, but the disk does not give it.
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return { status: denied ? 403 : 500 };
  }
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

function isUser(users: ReadonlyMap<string, string>, authorization = ''): boolean {
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization) ?? [];
  const [, user = '', password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return password !== undefined && users.get(user) === password;
}
