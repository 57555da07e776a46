import {
  BLOCK_BYTES,
  BLOCK_BYTES_MAX,
  BLOCK_BYTES_MIN,
  type TftpOptions,
  TIMEOUT_S_MAX,
  WINDOW_MAX,
} from '../transport/tftp-packet.ts';

/** How the server sends one file. */
export interface TftpOffer {
  readonly blockBytes: number;
  readonly windowBlocks: number;
  /** After so long without an acknowledgement the window is sent again. */
  readonly repeatAfterMs: number;
  /** What the OACK says; empty: there is none, and block 1 is the answer. */
  readonly agreed: TftpOptions;
}

/** Our own: more blocks in the air than this only fill a phone's receive buffer. */
const WINDOW_SERVED_MAX = 64;
const REPEAT_AFTER_MS = 1_000;

/**
 * What the server makes of the options of a request: RFC 2348 (blksize), 2349 (tsize, timeout), 7440
 * (windowsize). An option it does not know, or with a value outside its bounds, is left out of the OACK (RFC
 * 2347).
 */
export function offerFor(asked: TftpOptions, fileBytes: number): TftpOffer {
  const agreed = new Map<string, string>();
  const take = (name: string, low: number, high: number): number | undefined => {
    const value = wholeNumber(asked.get(name));
    if (value === undefined || value < low) return undefined;
    const taken = Math.min(value, high);
    agreed.set(name, String(taken));
    return taken;
  };
  const blockBytes = take('blksize', BLOCK_BYTES_MIN, BLOCK_BYTES_MAX) ?? BLOCK_BYTES;
  const windowBlocks = take('windowsize', 1, Math.min(WINDOW_SERVED_MAX, WINDOW_MAX)) ?? 1;
  const timeoutS = timeoutOf(asked);
  if (timeoutS !== undefined) agreed.set('timeout', String(timeoutS));
  if (asked.has('tsize')) agreed.set('tsize', String(fileBytes));
  return {
    blockBytes,
    windowBlocks,
    repeatAfterMs: timeoutS === undefined ? REPEAT_AFTER_MS : timeoutS * 1_000,
    agreed,
  };
}

/** A server takes this one as it is or not at all: it may not answer with another number. RFC 2349. */
function timeoutOf(asked: TftpOptions): number | undefined {
  const value = wholeNumber(asked.get('timeout'));
  return value !== undefined && value >= 1 && value <= TIMEOUT_S_MAX ? value : undefined;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
