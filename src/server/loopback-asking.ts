import { REPEAT_AFTER_MS } from '../transport/http-file.ts';
import { WAITS_MS } from '../transport/tftp-patience.ts';
import { type Answer, notFound, refusalIn } from './answer.ts';
import type { ServedFile } from './file-store.ts';
import { type Link, type Pace, paceOf } from './loopback-pace.ts';
import { failureOf } from './loopback-refusal.ts';
import type { LoopbackVisit } from './loopback-visit.ts';

/** The server's side of one file: what it says to each request for it, and the link that leads there. */
export interface Asking {
  readonly visit: LoopbackVisit;
  /** The server's answer to one more request, with or without the user's name. */
  request(user: 'named' | 'unnamed'): Answer;
  /** The connection that is kept, or a new one. */
  takeLink(): Link;
  /** The connection may serve for the next request. */
  putBack(): void;
}

/** A server that sends the file. */
export interface Sending {
  readonly file: ServedFile;
  readonly answer: Answer;
  readonly pace: Pace;
}

/** Asks until a server sends the file; else throws what a phone would see, in its time. */
export async function ask(asking: Asking): Promise<Sending> {
  const { visit } = asking;
  return visit.request.protocol === 'tftp' ? askByDatagram(asking) : askOnConnection(asking);
}

/** TFTP sends its request again and again; what comes back first counts. */
async function askByDatagram({ visit, request, takeLink }: Asking): Promise<Sending> {
  const link = takeLink();
  let first: { readonly answer: Answer; readonly pace: Pace; readonly atMs: number } | undefined;
  let sentMs = 0;
  for (const [index, waitMs] of WAITS_MS.entries()) {
    if (index > 0) visit.tellSilence('request', index);
    const answer = request('unnamed');
    const pace = paceOf('tftp', link, sentMs, answer);
    const atMs = comesBackAt(answer, pace, index);
    if (first === undefined || atMs < first.atMs) first = { answer, pace, atMs };
    const silentMs = sentMs + waitMs;
    await visit.until(Math.min(first.atMs, silentMs));
    if (first.atMs <= silentMs) return sendingOf(visit, first);
    sentMs = silentMs;
  }
  throw visit.failure('TIMEOUT', `no answer to ${WAITS_MS.length} requests`);
}

function comesBackAt({ server }: Answer, pace: Pace, index: number): number {
  if (server === 'serving') return pace.answeredMs;
  if (server === 'unknown-host') return 0;
  // The phone looks whether the port is closed once, when it was silent for the first time.
  return server === 'refusing' && index === 1 ? pace.reachedMs : Number.POSITIVE_INFINITY;
}

/** FTP asks once. HTTP asks again after a 503, and once more with the user's name after a 401. */
async function askOnConnection(asking: Asking): Promise<Sending> {
  const { visit, putBack } = asking;
  const { protocol, user } = visit.request;
  let as: 'named' | 'unnamed' = protocol === 'ftp' ? 'named' : 'unnamed';
  let busyAnswers = 0;
  for (;;) {
    const { answer, pace } = await askOnce(asking, as);
    const refusal = refusalIn(answer);
    if (refusal !== undefined) putBack();
    const status = protocol === 'ftp' ? undefined : refusal?.http;
    if (status === 503) {
      await waitToRepeat(visit, ++busyAnswers);
    } else if (status === 401 && as === 'unnamed' && user !== undefined) {
      as = 'named';
      visit.tellChallenged();
    } else {
      return sendingOf(visit, { answer, pace });
    }
  }
}

async function askOnce({ visit, request, takeLink }: Asking, as: 'named' | 'unnamed') {
  const { protocol, limits } = visit.request;
  const fromMs = visit.elapsedMs;
  const answer = request(as);
  const link = takeLink();
  const pace = paceOf(protocol, link, fromMs, answer);
  if (answer.server === 'unknown-host') throw visit.unreachable(answer.server);
  if (pace.connectedMs > fromMs && pace.reachedMs > fromMs + limits.connectMs) {
    await visit.tooLate(fromMs + limits.connectMs, 'no connection', { connection: 'not-made' });
  }
  await visit.until(answer.server === 'refusing' ? pace.reachedMs : pace.connectedMs);
  if (answer.server === 'refusing') throw visit.unreachable(answer.server);
  if (link.connection === 'new') visit.tellConnected(pace.connectedMs - fromMs);
  const silentMs = limits.idleMs + (answer.server === 'silent' ? pace.connectedMs : pace.askedMs);
  if (answer.server === 'silent' || pace.answeredMs > silentMs) await visit.tooLate(silentMs, 'no answer');
  await visit.until(pace.answeredMs);
  return { answer, pace };
}

function sendingOf(visit: LoopbackVisit, { answer, pace }: Omit<Sending, 'file'>): Sending {
  const { server, file } = answer;
  if (server === 'refusing' || server === 'unknown-host') throw visit.unreachable(server);
  const refusal = refusalIn(answer);
  if (refusal !== undefined || file === undefined) throw failureOf(visit.request, refusal ?? notFound);
  return { file, answer, pace };
}

/** As `transport/http-file.ts` does it. */
async function waitToRepeat(visit: LoopbackVisit, busyAnswers: number): Promise<void> {
  const { retriesOf503, limits } = visit.request;
  const repeatsMax = retriesOf503 === 'until-total' ? Number.POSITIVE_INFINITY : retriesOf503;
  const atMs = visit.elapsedMs + REPEAT_AFTER_MS;
  if (busyAnswers > repeatsMax || atMs >= limits.totalMs) {
    throw visit.failure('BUSY', `HTTP 503 to ${busyAnswers} requests`);
  }
  await visit.until(atMs);
  visit.tellRepeated('request', 'HTTP 503');
}
