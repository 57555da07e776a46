import type { FileRequest } from './transport.ts';

/** Who is told what an answer says, as it arrives. */
export interface AnswerListener {
  /** Header names in lower case; several of one name as a list. */
  head(status: number, headers: AnswerHeaders): void;
  data(bytes: Uint8Array): void;
}

export type AnswerHeaders = Record<string, string | string[] | undefined>;

/** How far an answer is. `end`: all of it is here. `over`: and more than it. */
export type AnswerProgress = 'more' | 'end' | 'over' | AnswerFault;

/** Why these bytes are no answer of HTTP. */
export class AnswerFault extends Error {
  override readonly name = 'AnswerFault';
}

/** As undici and Node have it, for the head and for what follows the last chunk. */
const HEAD_BYTES_MAX = 16 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const STATUS_LINE = /^HTTP\/(0\.9|1\.0|1\.1|2\.0) ([1-9]\d\d)(?: .*)?$/;
const STATUS_LINE_BEGINS = 'HTTP/';
/**
 * RFC 9110, 5.1 and 5.5: a token, and a value without control characters but the tab. The blanks around it
 * are not part of it; 0xA0, the last byte of `à`, is.
 */
const HEADER = /^([!#$%&'*+\-.^_`|~\dA-Za-z]+):[\t ]*(?:([!-~\x80-\xff]+(?:[\t ]+[!-~\x80-\xff]+)*)[\t ]*)?$/;
/** RFC 9112, 7.1: a size in hex, and extensions that nobody knows. 2^48 bytes are enough. */
const CHUNK_SIZE = /^0*([\dA-Fa-f]{1,12})(?:;[\t -~\x80-\xff]*)?$/;

/**
 * Reads answers of HTTP/1 to GET (RFC 9112), one after the other, from pieces of any size. As strict as
 * undici's parser, so that a server is judged alike over HTTP and HTTPS: lines end with CR LF, a length and
 * chunks exclude each other, nothing stands between a header's name and its colon.
 */
export class AnswerReader {
  readonly #listener: AnswerListener;
  #at: 'status' | 'headers' | 'length' | 'until-close' | 'size' | 'chunk' | 'chunk-end' | 'trailers' =
    'status';
  /** A line that has begun. */
  #line = '';
  #lineBytes = 0;
  #status = 0;
  #version = '1.1';
  #headers = noHeaders();
  /** Bytes of the body, or of its chunk, that are to come. */
  #left = 0;

  constructor(listener: AnswerListener) {
    this.#listener = listener;
  }

  /** The end of the connection is the end of this answer, too. */
  get untilClose(): boolean {
    return this.#at === 'until-close';
  }

  /** Once the answer is whole: the server takes another request on this connection (RFC 9112, 9.3). */
  get persists(): boolean {
    const said = listIn(this.#headers['connection']);
    if (said.includes('close')) return false;
    return this.#version > '1.0' || said.includes('keep-alive');
  }

  /** Takes what has arrived, up to the end of an answer; the next one begins by `again`. */
  take(bytes: Buffer): AnswerProgress {
    let from = 0;
    while (from < bytes.length) {
      switch (this.#at) {
        case 'until-close':
          this.#listener.data(from === 0 ? bytes : bytes.subarray(from));
          return 'more';
        case 'length':
        case 'chunk': {
          const piece = bytes.subarray(from, from + this.#left);
          from += piece.length;
          this.#left -= piece.length;
          this.#listener.data(piece);
          if (this.#left > 0) return 'more';
          if (this.#at === 'length') return from < bytes.length ? 'over' : 'end';
          this.#at = 'chunk-end';
          break;
        }
        default: {
          const lineFeed = bytes.indexOf(LF, from);
          const fault = this.#takeLine(bytes, from, lineFeed);
          if (fault !== undefined) return fault;
          if (lineFeed === -1) return 'more';
          from = lineFeed + 1;
          const progress = this.#endLine();
          if (progress === 'end') return from < bytes.length ? 'over' : 'end';
          if (progress !== 'more') return progress;
        }
      }
    }
    return 'more';
  }

  /** The next answer begins. */
  again(): void {
    this.#at = 'status';
    this.#line = '';
    this.#lineBytes = 0;
  }

  /** As much of a line as there is, without its CR LF. -1: its end is not here yet. */
  #takeLine(bytes: Buffer, from: number, lineFeed: number): AnswerFault | undefined {
    const to = lineFeed === -1 ? bytes.length : lineFeed + 1;
    this.#lineBytes += to - from;
    if (this.#lineBytes > HEAD_BYTES_MAX) return new AnswerFault('the head of the answer is too long');
    this.#line += bytes.toString('latin1', from, to);
    if (this.#at === 'status') return this.#doubtBeginning();
    return undefined;
  }

  /** A banner of another protocol may never end its line. */
  #doubtBeginning(): AnswerFault | undefined {
    const begun = this.#line.slice(0, STATUS_LINE_BEGINS.length);
    const may = STATUS_LINE_BEGINS.startsWith(begun) || begun === '\r' || begun === '\r\n';
    return may ? undefined : nonsense(`it does not begin with ${STATUS_LINE_BEGINS}`);
  }

  #endLine(): 'more' | 'end' | AnswerFault {
    const line = this.#line;
    this.#line = '';
    if (line.charCodeAt(line.length - 2) !== CR) return nonsense('a line that ends without CR');
    const text = line.slice(0, -2);
    switch (this.#at) {
      case 'status':
        return this.#beginHead(text);
      case 'headers':
        return text === '' ? this.#endHead() : this.#takeHeader(text, this.#headers);
      case 'size':
        return this.#beginChunk(text);
      case 'chunk-end':
        if (text !== '') return nonsense('a chunk that is longer than its size');
        this.#at = 'size';
        this.#lineBytes = 0;
        return 'more';
      default:
        return text === '' ? 'end' : this.#takeHeader(text, noHeaders());
    }
  }

  #beginHead(text: string): 'more' | AnswerFault {
    // Left over by servers of old after a body (RFC 9112, 2.2).
    if (text === '') return 'more';
    const [, version = '', status] = STATUS_LINE.exec(text) ?? [];
    if (status === undefined) return nonsense('a status line that is none');
    this.#version = version;
    this.#status = Number(status);
    this.#headers = noHeaders();
    this.#at = 'headers';
    return 'more';
  }

  #takeHeader(text: string, headers: AnswerHeaders): 'more' | AnswerFault {
    const [, name, value = ''] = HEADER.exec(text) ?? [];
    if (name === undefined) return nonsense('a header that is none');
    const key = name.toLowerCase();
    const before = headers[key];
    if (before === undefined) headers[key] = value;
    else if (typeof before === 'string') headers[key] = [before, value];
    else before.push(value);
    return 'more';
  }

  #endHead(): 'more' | 'end' | AnswerFault {
    const status = this.#status;
    this.#lineBytes = 0;
    // RFC 9110, 15.2: 102 and 103 announce an answer. Nobody asked for what 100 and 101 allow.
    if (status === 100 || status === 101) return nonsense(`a ${status} that nobody asked for`);
    if (status < 200) {
      this.#listener.head(status, this.#headers);
      this.again();
      return 'more';
    }
    const body = bodyOf(status, this.#headers);
    if (body instanceof AnswerFault) return body;
    this.#listener.head(status, this.#headers);
    if (body === 0) return 'end';
    this.#at = typeof body === 'number' ? 'length' : body;
    if (typeof body === 'number') this.#left = body;
    return 'more';
  }

  #beginChunk(text: string): 'more' | AnswerFault {
    const [, size] = CHUNK_SIZE.exec(text) ?? [];
    if (size === undefined) return nonsense('a chunk without a size');
    this.#lineBytes = 0;
    this.#left = Number.parseInt(size, 16);
    this.#at = this.#left === 0 ? 'trailers' : 'chunk';
    return 'more';
  }
}

/** A server may well name a header `constructor`. */
function noHeaders(): AnswerHeaders {
  return Object.create(null);
}

/** How long a body is, RFC 9112, 6.3: bytes, in chunks (`size`), or as long as the connection. */
function bodyOf(status: number, headers: AnswerHeaders): number | 'size' | 'until-close' | AnswerFault {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  if (encoding !== undefined && length !== undefined) return nonsense('a length and a Transfer-Encoding');
  if (Array.isArray(length)) return nonsense('more than one Content-Length');
  if (length !== undefined && !/^\d{1,15}$/.test(length))
    return nonsense('a Content-Length that is no number');
  if (status === 204 || status === 304) return 0;
  if (encoding !== undefined) return listIn(encoding).at(-1) === 'chunked' ? 'size' : 'until-close';
  return length === undefined ? 'until-close' : Number(length);
}

function listIn(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return String(value)
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
}

function nonsense(what: string): AnswerFault {
  return new AnswerFault(`not an HTTP answer: ${what}`);
}

/** Tells of a file what the head of its answer says. */
export function tellOpened({ onEvent }: FileRequest, headers: Readonly<AnswerHeaders>): void {
  if (onEvent === undefined) return;
  const length = headers['content-length'];
  const encoding = headers['content-encoding'];
  const modifiedMs = Date.parse(String(headers['last-modified']));
  onEvent({
    type: 'opened',
    ...(length !== undefined && { sizeBytes: Number(length) }),
    ...(!Number.isNaN(modifiedMs) && { modifiedMs }),
  });
  if (encoding === undefined) return;
  const message = `The server sends the file with Content-Encoding: ${encoding}; the phone takes the bytes as they are.`;
  onEvent({ type: 'told', code: 'CONTENT_ENCODING', message });
}
