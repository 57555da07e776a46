import { setFlagsFromString } from 'node:v8';
import { counted } from '../report/result-words.ts';

/** From so many phones in a process on, memory is worth more than CPU. */
const MANY_PHONES = 20_000;
/** Of what lives; V8 by itself waits for one to four times as much. */
const GARBAGE_PERCENT = 30;

/**
 * Has V8 collect garbage sooner in a process of many phones: idle ones live on, so that little of a heap is
 * garbage and much of it would stand. Costs a quarter more CPU; to be said before workers start.
 */
export function boundGarbage(phones: number): void {
  if (phones >= MANY_PHONES) setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
}

/** Whether so many phones had better have a thread, whose end for want of memory can be told. */
export function wantThread(phones: number): boolean {
  return phones >= MANY_PHONES;
}

/** A worker had more phones than memory: nothing is known of the run. */
export class FleetMemoryError extends Error {
  override readonly name = 'FleetMemoryError';

  constructor(
    { phones, workers }: { readonly phones: number; readonly workers: number },
    options: ErrorOptions,
  ) {
    const each = Math.ceil(phones / workers);
    super(
      `a worker of ${workers} ran out of memory, with ${counted(each, 'phone')}; give each more (in MiB: NODE_OPTIONS=--max-old-space-size=8192), or have fewer phones in a process (--shard)`,
      options,
    );
  }
}

/** As Node says it of a thread. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
