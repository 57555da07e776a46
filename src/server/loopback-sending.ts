import { BLOCK_BYTES } from '../transport/tftp-packet.ts';
import { WAITS_MS } from '../transport/tftp-patience.ts';
import { bytesBefore, type Cut, goingAway } from './answer.ts';
import type { Sending } from './loopback-asking.ts';
import type { Pace } from './loopback-pace.ts';
import { failureOf } from './loopback-refusal.ts';
import type { LoopbackVisit } from './loopback-visit.ts';

/** A chunk is at most so large and takes at most so long, while `CHUNKS_MAX` allows. */
const CHUNK_BYTES = 64 * 1024;
const CHUNK_MS = 1_000;
/** A chunk costs a timer; in virtual time that is all a file costs. */
const CHUNKS_MAX = 64;

/** The file's bytes as they arrive. Ends only when it is whole. */
export async function* send(
  visit: LoopbackVisit,
  { file, answer, pace }: Sending,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { sizeBytes } = file;
  const { protocol, limits } = visit.request;
  const sentBytes = bytesBefore(answer.cut, sizeBytes, protocol === 'tftp' ? BLOCK_BYTES : 1);
  const fittingBytes = Math.min(sentBytes, limits.sizeBytes);
  const chunkBytes = chunkSize(sizeBytes, pace.endedMs(sizeBytes) - pace.answeredMs);
  for (let offset = 0; offset < fittingBytes; offset += chunkBytes) {
    const end = Math.min(offset + chunkBytes, fittingBytes);
    await visit.until(pace.arrivedMs(end));
    const chunk = file.read(offset, end - offset);
    if (chunk.length < end - offset) throw visit.failure('TRUNCATED', 'the file changed meanwhile');
    yield chunk;
  }
  if (fittingBytes < sentBytes) {
    await visit.until(pace.arrivedMs(fittingBytes + 1));
    throw visit.failure('TOO_LARGE', `more than ${fittingBytes} bytes`);
  }
  if (answer.cut !== undefined && sentBytes < sizeBytes)
    await endings[answer.cut.how](visit, pace, sentBytes);
  await visit.until(pace.endedMs(sizeBytes));
}

/** Small enough for memory, and often enough for a progress bar; large enough to set few timers. */
function chunkSize(sizeBytes: number, durationMs: number): number {
  const wanted = Math.max(Math.ceil(sizeBytes / CHUNK_BYTES), Math.ceil(durationMs / CHUNK_MS), 1);
  return Math.max(1, Math.ceil(sizeBytes / Math.min(wanted, CHUNKS_MAX)));
}

/** What a phone sees of a file that breaks off after so many bytes. */
type Ending = (visit: LoopbackVisit, pace: Pace, sentBytes: number) => Promise<never>;

const endings: Readonly<Record<Cut['how'], Ending>> = { stall, truncate, reset };

async function stall(visit: LoopbackVisit, pace: Pace, sentBytes: number): Promise<never> {
  const { protocol, limits } = visit.request;
  const heardMs = sentBytes === 0 ? pace.answeredMs : pace.arrivedMs(sentBytes);
  if (protocol !== 'tftp') return visit.tooLate(heardMs + limits.idleMs, `silent after ${sentBytes} bytes`);
  let silentMs = heardMs;
  for (const [index, waitMs] of WAITS_MS.entries()) {
    if (index > 0) visit.tellSilence('acknowledgement', index);
    silentMs += waitMs;
    await visit.until(silentMs);
  }
  const sent = `the acknowledgement at byte ${sentBytes}, sent ${WAITS_MS.length} times`;
  throw visit.failure('TIMEOUT', `no answer to ${sent}`);
}

async function truncate(visit: LoopbackVisit, pace: Pace, sentBytes: number): Promise<never> {
  const { request } = visit;
  if (request.protocol === 'tftp') {
    // The ERROR comes in place of the next block.
    await visit.until(pace.arrivedMs(sentBytes + 1));
    throw failureOf(request, goingAway, sentBytes);
  }
  await visit.until(sentBytes === 0 ? pace.answeredMs : pace.arrivedMs(sentBytes));
  if (request.protocol === 'ftp') throw failureOf(request, goingAway, sentBytes);
  throw visit.failure('TRUNCATED', `connection closed after ${sentBytes} bytes`);
}

/** A datagram has no connection to reset: whoever is gone is silent. */
async function reset(visit: LoopbackVisit, pace: Pace, sentBytes: number): Promise<never> {
  if (visit.request.protocol === 'tftp') return stall(visit, pace, sentBytes);
  await visit.until(sentBytes === 0 ? pace.answeredMs : pace.arrivedMs(sentBytes));
  throw visit.failure('TRUNCATED', `ECONNRESET after ${sentBytes} bytes`, { connection: 'reset' });
}
