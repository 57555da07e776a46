import {
  BLOCK_BYTES,
  BLOCK_BYTES_MAX,
  BLOCK_BYTES_MIN,
  type TftpOptions,
  TIMEOUT_S_MAX,
  WINDOW_MAX,
} from './tftp-packet.ts';

/** What a phone asks of a server beyond RFC 1350. Nothing, as far as anybody has seen. */
export interface AskedOptions {
  /** Bytes in a block, 8 to 65464. RFC 2348. */
  readonly blksize?: number;
  /** Blocks for one acknowledgement, 1 to 65535. RFC 7440. */
  readonly windowsize?: number;
  /** Asks the server how large the file is. RFC 2349. */
  readonly tsize?: boolean;
  /** After how many seconds the server repeats a block, 1 to 255; the phone's own waits stay. RFC 2349. */
  readonly timeoutS?: number;
}

/** How a transfer runs once the server has answered. */
export interface Agreement {
  readonly blockBytes: number;
  readonly windowBlocks: number;
  /** Of the whole file, when the server said so. */
  readonly sizeBytes?: number;
}

/** RFC 1350 alone: what holds when nothing was asked for, or the server took no notice. */
export const plainAgreement: Agreement = { blockBytes: BLOCK_BYTES, windowBlocks: 1 };

/**
 * The options of a request, in the order we send them. Throws on a value that no RFC allows: that is our
 * mistake.
 */
export function optionsOf(asked: AskedOptions): TftpOptions {
  const { blksize, windowsize, tsize, timeoutS } = asked;
  const options = new Map<string, string>();
  if (blksize !== undefined) {
    options.set('blksize', within('blksize', blksize, BLOCK_BYTES_MIN, BLOCK_BYTES_MAX));
  }
  if (tsize) options.set('tsize', '0');
  if (timeoutS !== undefined) options.set('timeout', within('timeout', timeoutS, 1, TIMEOUT_S_MAX));
  if (windowsize !== undefined) options.set('windowsize', within('windowsize', windowsize, 1, WINDOW_MAX));
  return options;
}

/** What an OACK comes to, or in words what is wrong with it: RFC 2347 wants ERROR 8 then. */
export function agree(asked: TftpOptions, offered: TftpOptions): Agreement | string {
  for (const [name, value] of offered) {
    if (!asked.has(name)) return `option "${name}" was not asked for`;
    if (!/^\d{1,15}$/.test(value)) return `${name} is "${value}"; expected a number`;
  }
  const blockBytes = numberOf(offered, 'blksize') ?? BLOCK_BYTES;
  const windowBlocks = numberOf(offered, 'windowsize') ?? 1;
  const timeout = offered.get('timeout');
  const sizeBytes = numberOf(offered, 'tsize');
  const blockBytesMax = numberOf(asked, 'blksize') ?? BLOCK_BYTES;
  const windowMax = numberOf(asked, 'windowsize') ?? 1;
  if (offered.has('blksize') && (blockBytes < BLOCK_BYTES_MIN || blockBytes > blockBytesMax)) {
    return `blksize is ${blockBytes}; expected ${BLOCK_BYTES_MIN} to ${blockBytesMax}`;
  }
  if (windowBlocks < 1 || windowBlocks > windowMax) {
    return `windowsize is ${windowBlocks}; expected 1 to ${windowMax}`;
  }
  if (timeout !== undefined && Number(timeout) !== numberOf(asked, 'timeout')) {
    return `timeout is ${timeout}; expected ${asked.get('timeout')}`;
  }
  return { blockBytes, windowBlocks, ...(sizeBytes !== undefined && { sizeBytes }) };
}

function numberOf(options: TftpOptions, name: string): number | undefined {
  const value = options.get(name);
  return value === undefined ? undefined : Number(value);
}

function within(name: string, value: number, low: number, high: number): string {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`TFTP ${name} is ${value}; expected a whole number from ${low} to ${high}`);
  }
  return String(value);
}
