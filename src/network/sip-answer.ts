import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { SipRequest } from './sip-request.ts';
import { answeredVia } from './sip-via.ts';

/** The answers this phone gives. RFC 3261 section 21, RFC 6665 section 8.3.2 for 489. */
export type SipStatus = 200 | 400 | 405 | 481 | 489;

const reasons: Readonly<Record<SipStatus, string>> = {
  200: 'OK',
  400: 'Bad Request',
  405: 'Method Not Allowed',
  481: 'Call/Transaction Does Not Exist',
  489: 'Bad Event',
};

const ALLOW = 'Allow: NOTIFY, OPTIONS';

/** 405 must say what is allowed (RFC 3261 section 8.2.1), and 489 which events (RFC 6665 table 2). */
const moreHeaders: Readonly<Partial<Record<SipStatus, string>>> = {
  405: ALLOW,
  489: 'Allow-Events: check-sync',
};

/** An answer to a request that came from `from`: what RFC 3261 section 8.2.6 has repeated, and no body. */
export function encodeSipAnswer(
  request: SipRequest,
  status: SipStatus,
  from: { readonly address: string; readonly port: number },
): Buffer {
  const more = status === 200 && request.method === 'OPTIONS' ? ALLOW : moreHeaders[status];
  const lines = [
    `SIP/2.0 ${status} ${reasons[status]}`,
    `Via: ${answeredVia(request.via, from)}`,
    ...request.otherVias.map((via) => `Via: ${via}`),
    `From: ${request.from}`,
    `To: ${taggedTo(request)}`,
    `Call-ID: ${request.callId}`,
    `CSeq: ${request.cseq}`,
    ...(more === undefined ? [] : [more]),
    'Content-Length: 0',
    '',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** A tag made of the request itself, so that its repeat gets the same (RFC 3261 section 8.2.7). */
function taggedTo({ to, callId, cseq, from }: SipRequest): string {
  if (/;\s*tag\s*=/i.test(to.slice(to.lastIndexOf('>') + 1))) return to;
  const tag = createHash('sha256').update(`${callId}\n${from}\n${cseq}`).digest('hex').slice(0, 16);
  return `${to};tag=${tag}`;
}
