import { isIPv6 } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { InboxWait } from './inbox.ts';
import { decodeNtp } from './ntp-packet.ts';
import { measure, type SntpAnswer, whyRefused } from './sntp-answer.ts';
import { SntpError } from './sntp-error.ts';
import { SntpSocket } from './sntp-socket.ts';

export interface SntpQuestion {
  readonly clock: Clock;
  /** Address or host name. */
  readonly server: string;
  /** 123 when absent. */
  readonly port?: number;
  /** Source address of the phone; absent: the system chooses. */
  readonly localAddress?: string;
  readonly timeoutMs: number;
}

const NTP_PORT = 123;

/**
 * Asks a time server once, as RFC 4330 section 5 has it. Packets from other addresses, and those that do not
 * repeat our transmit time, are not heard. Throws nothing but `SntpError`. Meanwhile time does not leap.
 */
export async function askTime(question: SntpQuestion, signal: AbortSignal): Promise<SntpAnswer> {
  const { clock, server, port = NTP_PORT, localAddress, timeoutMs } = question;
  const place = `${isIPv6(server) ? `[${server}]` : server}:${port}`;
  if (signal.aborted) throw aborted(place, signal);
  const release = clock.hold();
  const socket = new SntpSocket({ clock, server, port, place, localAddress });
  try {
    return await answerFrom(socket, place, { clock, untilMs: clock.now() + timeoutMs, signal });
  } catch (thrown) {
    throw thrown instanceof SntpError || !signal.aborted ? thrown : aborted(place, signal);
  } finally {
    socket.close();
    release();
  }
}

async function answerFrom(socket: SntpSocket, place: string, wait: InboxWait): Promise<SntpAnswer> {
  for (let unheard = 0; ; unheard++) {
    const arrival = await socket.arrivals.next(wait);
    if (arrival === undefined) throw new SntpError('TIMEOUT', { server: place, detail: silence(unheard) });
    const packet = decodeNtp(arrival.bytes);
    if (packet === undefined || !socket.isAnsweredBy(packet)) continue;
    const refusal = whyRefused(packet);
    if (refusal) throw new SntpError(refusal.code, { server: place, detail: refusal.detail });
    return measure(packet, { askedAtMs: socket.askedAtMs, answeredAtMs: arrival.atMs });
  }
}

function silence(unheard: number): string {
  const others = unheard === 0 ? '' : `; packets that answered something else: ${unheard}`;
  return `no answer in time${others}`;
}

function aborted(server: string, signal: AbortSignal): SntpError {
  return new SntpError('ABORTED', { server, detail: 'ended before the answer' }, { cause: signal.reason });
}
