import type { SntpCode } from '../events/sntp-code.ts';
import { LEAP_UNSYNCHRONISED, MODE_SERVER, NTP_VERSION, type NtpPacket, STRATUM_MAX } from './ntp-packet.ts';

/** What a time server said, measured by the clock of whoever asked. */
export interface SntpAnswer {
  /** To be added to the clock's `now()` to have the server's time. */
  readonly offsetMs: number;
  /** On the network alone: what the server took for itself is not in it. */
  readonly roundTripMs: number;
  /** Steps from a reference clock, 1 to 15. */
  readonly stratum: number;
}

/** Why an answer is of no use. */
export interface SntpRefusal {
  readonly code: Extract<SntpCode, 'KISS_OF_DEATH' | 'UNSYNCHRONISED' | 'PROTOCOL'>;
  readonly detail: string;
}

/** When the question went out and the answer came in, by the clock of whoever asked. */
export interface ExchangeTimes {
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
}

/** Why RFC 4330 section 5 refuses an answer to our question, or undefined. */
export function whyRefused(packet: NtpPacket): SntpRefusal | undefined {
  const { mode, version, stratum, leap } = packet;
  if (mode !== MODE_SERVER) return notProtocol(`mode ${mode}; expected ${MODE_SERVER}, a server`);
  if (version !== NTP_VERSION) return notProtocol(`version ${version}; expected ${NTP_VERSION}`);
  if (stratum === 0) return kissOrNothing(packet.referenceId);
  if (leap === LEAP_UNSYNCHRONISED || stratum === STRATUM_MAX + 1) {
    return { code: 'UNSYNCHRONISED', detail: 'the server says its own clock is not synchronised' };
  }
  if (stratum > STRATUM_MAX) return notProtocol(`stratum ${stratum}; expected 1 to ${STRATUM_MAX}`);
  if (!packet.timed) return notProtocol('no time in the answer');
  if (packet.sentAtMs < packet.receivedAtMs) return notProtocol('sent before the question was received');
  return undefined;
}

/** RFC 4330 section 5: the offset is half of what the two ways differ by. */
export function measure(packet: NtpPacket, { askedAtMs, answeredAtMs }: ExchangeTimes): SntpAnswer {
  const there = packet.receivedAtMs - askedAtMs;
  const back = packet.sentAtMs - answeredAtMs;
  return {
    offsetMs: (there + back) / 2,
    // Two clocks that run at different speeds can make a very short way negative.
    roundTripMs: Math.max(0, there - back),
    stratum: packet.stratum,
  };
}

/** A server without time of its own sends stratum 0 too, without a code (RFC 5905 figure 11). */
function kissOrNothing(referenceId: Buffer): SntpRefusal {
  const code = referenceId.toString('latin1').replace(/\0+$/, '');
  if (/^[A-Z0-9]{1,4}$/.test(code)) {
    return { code: 'KISS_OF_DEATH', detail: `the server refuses to serve, with the code ${code}` };
  }
  return { code: 'UNSYNCHRONISED', detail: 'the server says it has no time (stratum 0 without a code)' };
}

function notProtocol(detail: string): SntpRefusal {
  return { code: 'PROTOCOL', detail };
}
