import type { Stream } from './pcap-tcp-stream.ts';

/** A request or an answer of HTTP/1.x as a wire saw it. RFC 9112. */
export interface SeenMessage {
  readonly atMs: number;
  readonly packet: number;
  /** The first line. */
  readonly line: string;
  /** Names as they were spelt, in order; values with one character a byte. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of the content, as far as it came. */
  readonly bytes: number;
  readonly content?: Buffer;
  readonly ended: 'whole' | 'cut';
  readonly endedMs: number;
}

const HEAD_BYTES_MAX = 64 * 1024;
const HEADERS_MAX = 200;
/** Of one connection. Our own bound. */
const MESSAGES_MAX = 10_000;

/** What the messages of a direction are taken for. */
interface Expected {
  /** Whether the n-th message has content though its header may speak of some: no answer to HEAD has. */
  readonly hasContent: (index: number, line: string) => boolean;
  /** Whether a message without a length goes on to the end of the connection. */
  readonly untilClose: 'yes' | 'no';
}

/** The messages of one direction, pipelined or not. Stops at what is no message. */
export function messagesIn(stream: Stream, expected: Expected): readonly SeenMessage[] {
  const messages: SeenMessage[] = [];
  for (let offset = 0; offset < stream.bytes.length && messages.length < MESSAGES_MAX; ) {
    const head = headAt(stream, offset);
    if (head === undefined) break;
    const informs = /^HTTP\/1\.\d 1\d\d/.test(head.line);
    const content =
      informs || !expected.hasContent(messages.length, head.line)
        ? { end: head.end, bytes: 0, whole: true }
        : contentAt(stream, head, expected);
    offset = content.end;
    if (informs) continue;
    const { line, headers, begin } = head;
    messages.push({
      atMs: stream.atMs(begin),
      packet: stream.packet(begin),
      line,
      headers,
      bytes: content.bytes,
      ...(content.body && { content: content.body }),
      ended: content.whole ? 'whole' : 'cut',
      endedMs: stream.atMs(Math.max(begin, content.end - 1)),
    });
    if (!content.whole) break;
  }
  return messages;
}

/** A header's value, whatever the case of its name. */
export function headerOf({ headers }: Pick<SeenMessage, 'headers'>, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1];
}

interface Head extends Pick<SeenMessage, 'line' | 'headers'> {
  readonly begin: number;
  readonly end: number;
}

function headAt({ bytes }: Stream, from: number): Head | undefined {
  let begin = from;
  // RFC 9112, 2.2: empty lines before a request are passed over.
  while (bytes[begin] === 0x0d || bytes[begin] === 0x0a) begin += 1;
  const limit = Math.min(bytes.length, begin + HEAD_BYTES_MAX);
  const text = bytes.toString('latin1', begin, limit);
  const blank = /\r?\n\r?\n/.exec(text);
  if (blank === null) return undefined;
  const [line = '', ...fields] = text.slice(0, blank.index).split(/\r?\n/);
  if (!/^(?:[A-Z]+ \S.* HTTP\/1\.\d|HTTP\/1\.\d \d{3}.*)$/.test(line)) return undefined;
  const headers = fields.slice(0, HEADERS_MAX).map((field) => {
    const [, name = field, value = ''] = /^([^:]*):[ \t]*(.*?)[ \t]*$/s.exec(field) ?? [];
    return [name, value] as const;
  });
  return { line, headers, begin, end: begin + blank.index + blank[0].length };
}

interface Content {
  readonly end: number;
  readonly bytes: number;
  readonly whole: boolean;
  readonly body?: Buffer;
}

function contentAt(stream: Stream, head: Head, { untilClose }: Expected): Content {
  if (/chunked\s*$/i.test(headerOf(head, 'transfer-encoding') ?? '')) return chunksAt(stream, head.end);
  const length = headerOf(head, 'content-length');
  const available = stream.bytes.length - head.end;
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    return untilClose === 'yes'
      ? taken(stream, head.end, available, true)
      : { end: head.end, bytes: 0, whole: true };
  }
  return taken(stream, head.end, Math.min(Number(length), available), Number(length) <= available);
}

function taken(stream: Stream, begin: number, length: number, whole: boolean): Content {
  const end = begin + length;
  const kept = whole && stream.whole(begin, end);
  return { end, bytes: length, whole, ...(kept && { body: stream.bytes.subarray(begin, end) }) };
}

/** RFC 9112, 7.1. */
function chunksAt(stream: Stream, begin: number): Content {
  const { bytes } = stream;
  const chunks: Buffer[] = [];
  let [offset, length] = [begin, 0];
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', offset);
    const [, digits] = /^([0-9a-fA-F]{1,8})\s*(?:;|$)/.exec(bytes.toString('latin1', offset, lineEnd)) ?? [];
    if (lineEnd === -1 || digits === undefined) return { end: bytes.length, bytes: length, whole: false };
    const size = Number.parseInt(digits, 16);
    const data = lineEnd + 2;
    if (size === 0) {
      const trailer = bytes.indexOf('\r\n', data);
      const end = trailer === -1 ? bytes.length : trailer + 2;
      const kept = stream.whole(begin, Math.min(end, bytes.length));
      return { end, bytes: length, whole: true, ...(kept && { body: Buffer.concat(chunks) }) };
    }
    if (data + size > bytes.length) return { end: bytes.length, bytes: length, whole: false };
    chunks.push(bytes.subarray(data, data + size));
    length += size;
    offset = data + size + 2;
  }
}
