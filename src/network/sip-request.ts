import { readSipHead, type SipHead, valuesOf } from './sip-header.ts';
import { parseVia, type SipVia } from './sip-via.ts';

/** As much of a request as its answer repeats or its judge asks for. Text is one character a byte. */
export interface SipRequest {
  readonly method: string;
  readonly uri: string;
  readonly via: SipVia;
  /** The Via header fields after the topmost, as they came. */
  readonly otherVias: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: string;
  /** Event without its parameters; empty if there is none. */
  readonly event: string;
}

export type SipMessage =
  | { readonly type: 'request'; readonly request: SipRequest }
  /** It can be answered, but with 400. */
  | { readonly type: 'bad-request'; readonly request: SipRequest; readonly why: string }
  | { readonly type: 'response' }
  /** Line ends or NULs that keep a way through a firewall open (RFC 5626 section 3.5.1 and others). */
  | { readonly type: 'keep-alive' }
  | { readonly type: 'malformed'; readonly why: string };

/** RFC 3261 section 8.1.1.5. */
const CSEQ_MAX = 2 ** 31 - 1;

/** Reads a datagram as SIP (RFC 3261 section 7). Never throws. */
export function readSipMessage(bytes: Buffer): SipMessage {
  if (bytes.length <= 4 && bytes.every((byte) => [0, 0x0d, 0x0a].includes(byte)))
    return { type: 'keep-alive' };
  const reading = readSipHead(bytes);
  if (!reading.ok) return malformed(reading.why);
  const { head } = reading;
  if (/^SIP\/2\.0 \d{3}(?: |$)/i.test(head.startLine)) return { type: 'response' };
  const [, method, uri] = /^([\w.!%*+`'~-]+) (\S+) SIP\/2\.0$/i.exec(head.startLine) ?? [];
  if (method === undefined || uri === undefined) return malformed('the first line is no request of SIP 2.0');
  return requestOf(head, method, uri);
}

function requestOf(head: SipHead, method: string, uri: string): SipMessage {
  const [topVia, ...otherVias] = valuesOf(head, 'via');
  const via = topVia === undefined ? undefined : parseVia(topVia);
  if (via === undefined) return malformed('no Via that an answer could follow');
  const [from, to, callId, cseq] = ['from', 'to', 'call-id', 'cseq'].map((name) => onlyOne(head, name));
  if (!from || !to || !callId || !cseq)
    return malformed('From, To, Call-ID and CSeq are not there once each');
  const event = (valuesOf(head, 'event')[0] ?? '').split(';')[0]?.trim() ?? '';
  const request = { method, uri, via, otherVias, from, to, callId, cseq, event };
  const why = complaintAbout(head, request);
  return why === undefined ? { type: 'request', request } : { type: 'bad-request', request, why };
}

function complaintAbout(head: SipHead, { method, cseq }: SipRequest): string | undefined {
  const [, number, cseqMethod] = /^(\d{1,10})[ \t]+(\S+)$/.exec(cseq) ?? [];
  if (number === undefined || Number(number) > CSEQ_MAX) return 'CSeq is no number and method';
  if (cseqMethod !== method) return 'CSeq names another method than the first line';
  const length = onlyOne(head, 'content-length');
  if (length === undefined) return undefined;
  // RFC 3261 section 18.3: a body may end early, which is an error, or be followed by what is dropped.
  if (!/^\d{1,9}$/.test(length) || Number(length) > head.bodyBytes) return 'the body is shorter than it says';
  return undefined;
}

/** A field that is there twice is as unclear as one that is missing. */
function onlyOne(head: SipHead, name: string): string | undefined {
  const values = valuesOf(head, name);
  return values.length === 1 ? values[0] : undefined;
}

function malformed(why: string): SipMessage {
  return { type: 'malformed', why };
}
