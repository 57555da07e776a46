import type { FileRequest, TransferLimits } from '../../src/transport/transport.ts';

const limits: TransferLimits = {
  connectMs: 10_000,
  idleMs: 30_000,
  totalMs: 120_000,
  sizeBytes: 64 * 1024 * 1024,
};

/** A request for `1230SIP.cfg` over TFTP; whatever a test spells out matters to it. */
export function tftpRequest(
  port: number,
  rest: Partial<Omit<FileRequest, 'limits'>> & { readonly limits?: Partial<TransferLimits> } = {},
): FileRequest {
  return {
    protocol: 'tftp',
    host: '127.0.0.1',
    port,
    path: '1230SIP.cfg',
    userAgent: '',
    retriesOf503: 0,
    ...rest,
    limits: { ...limits, ...rest.limits },
  };
}

/** All bytes of a transfer. */
export async function receiveAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** A signal that nobody aborts. */
export function noSignal(): AbortSignal {
  return new AbortController().signal;
}

/** `length` bytes that tell where they are: a lost, doubled or swapped block shows. */
export function countedBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let offset = 0; offset + 4 <= length; offset += 4) bytes.writeUInt32BE(offset, offset);
  for (let offset = length - (length % 4); offset < length; offset++) bytes[offset] = offset & 0xff;
  return bytes;
}
