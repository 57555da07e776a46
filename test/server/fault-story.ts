import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import type { TransferCode } from '../../src/events/transfer-code.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { type LoopbackOptions, loopbackTransport } from '../../src/server/loopback.ts';
import { faultsFor } from '../../src/server/phone-faults.ts';
import { type FileRequest, type TransferEvent, TransportError } from '../../src/transport/transport.ts';

/** How one file ended, in ms since it was asked for. */
export interface Ended {
  readonly end: 'whole' | TransferCode;
  readonly ms: number;
  readonly bytes: number;
  /** What was told on the way, as `request: no answer for 1 s`; absent if nothing was. */
  readonly told?: readonly string[];
}

export const RTT_MS = 10;
export const FILE_BYTES = 5_000;

const files = { 'a.bin': new Uint8Array(FILE_BYTES), 'b.cfg': new Uint8Array(100) };

/** One phone asks for files one after the other; a round trip takes 10 ms, and bytes take no time. */
export async function storyOf(
  rules: readonly FaultRule[],
  requests: readonly Partial<FileRequest>[],
  options: Partial<LoopbackOptions> = {},
): Promise<readonly Ended[]> {
  const clock = new VirtualClock(0);
  const transport = loopbackTransport({
    store: memoryStore(files),
    rttMs: RTT_MS,
    faults: faultsFor('001B4F123001', {
      seed: 'seed',
      rules,
      olderTrees: new Map([['old', memoryStore(files)]]),
    }),
    ...options,
    clock,
  });
  const run = (async () => {
    const ended: Ended[] = [];
    for (const request of requests) ended.push(await fetchOne(clock, transport, request));
    return ended;
  })();
  await clock.runWhile(() => true, 10 ** 9);
  return run;
}

/** One file under one rule for all files. */
export async function fetchUnder(
  rule: FaultRule,
  protocol: Protocol,
  request: Partial<FileRequest> = {},
): Promise<Ended> {
  const [ended] = await storyOf([rule], [{ protocol, ...request }]);
  if (ended === undefined) throw new Error('Nothing was asked for');
  return ended;
}

async function fetchOne(
  clock: VirtualClock,
  transport: ReturnType<typeof loopbackTransport>,
  request: Partial<FileRequest>,
): Promise<Ended> {
  const startMs = clock.now();
  const told: string[] = [];
  const onEvent = (event: TransferEvent) => {
    if (event.type === 'repeated') told.push(`${event.what}: ${event.why}`);
  };
  const asked: FileRequest = { ...defaults, onEvent, ...request };
  let bytes = 0;
  const ended = (end: Ended['end']): Ended => ({
    end,
    ms: Math.round((clock.now() - startMs) * 1_000) / 1_000,
    bytes,
    ...(told.length > 0 && { told }),
  });
  try {
    for await (const chunk of transport.fetch(asked, new AbortController().signal)) bytes += chunk.length;
    return ended('whole');
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return ended(error.code);
  }
}

const defaults: FileRequest = {
  protocol: 'http',
  host: '10.0.0.1',
  port: 80,
  path: 'a.bin',
  userAgent: '',
  retriesOf503: 5,
  limits: { connectMs: 10_000, idleMs: 30_000, totalMs: 120_000, sizeBytes: 1 << 20 },
};
