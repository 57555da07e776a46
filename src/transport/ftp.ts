import type { Clock } from '../clock/clock.ts';
import { FtpControl } from './ftp-control.ts';
import { FtpData } from './ftp-data.ts';
import { FtpDeadline } from './ftp-deadline.ts';
import { FtpFailure, failureOfReply } from './ftp-failure.ts';
import { logIn } from './ftp-log-in.ts';
import { type FtpMode, openData } from './ftp-open-data.ts';
import { directLink, type Link } from './link.ts';
import { type FileRequest, type Transport, TransportError } from './transport.ts';

interface FtpOptions {
  readonly clock: Clock;
  readonly mode: FtpMode;
  /** Nothing but the network if not given. */
  readonly link?: Link;
  /** `file`: a session for each file. `check`: sessions are kept, by server and user, until `close`. */
  readonly session: 'file' | 'check';
}

/**
 * Files over FTP as the phone asks for them: USER, PASS, TYPE I, EPSV, RETR, QUIT and no more. Assumed:
 * nobody has captured a phone's FTP session; `quirks.ftpMode` and `quirks.ftpSession` hold the choices.
 */
export function ftpTransport(options: FtpOptions): Transport {
  let kept = new KeptSessions(options.session);
  return {
    fetch: (request, signal) => fetchFile(request, signal, options, kept),
    close() {
      kept.end();
      kept = new KeptSessions(options.session);
    },
  };
}

async function* fetchFile(
  request: FileRequest,
  signal: AbortSignal,
  { clock, mode, link = directLink }: FtpOptions,
  kept: KeptSessions,
): AsyncGenerator<Uint8Array, void, undefined> {
  refuseControlCharacters(request);
  const release = clock.hold();
  const control = kept.take(request) ?? new FtpControl(clock, link);
  const data = new FtpData(request.limits.sizeBytes, link);
  const stop = (failure: FtpFailure) => {
    control.fail(failure);
    data.fail(failure);
  };
  const deadline = new FtpDeadline(clock, request.limits, (detail, end) => {
    const connection = control.awaitsBanner ? 'no-banner' : end;
    stop(new FtpFailure('TIMEOUT', detail, connection && { connection }));
  });
  const abort = () => stop(new FtpFailure('ABORTED', 'ended by the phone', { cause: signal.reason }));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  let inStep = false;
  try {
    if (!control.loggedIn) await logIn(control, request, deadline);
    await openData(mode, { control, data, deadline, request });
    yield* receive(request, { control, data, deadline });
    inStep = true;
  } catch (error) {
    if (!(error instanceof FtpFailure)) throw error;
    inStep = error.reply !== undefined && error.reply.code !== 421;
    throw new TransportError(error.code, request, error.message, {
      cause: error.cause ?? error,
      connection: error.connection,
    });
  } finally {
    deadline.stop();
    signal.removeEventListener('abort', abort);
    data.close();
    if (inStep) kept.putBack(request, control);
    else control.fail(new FtpFailure('ABORTED', 'given up'));
    release();
  }
}

/** Ends only when both ends of the story are there: the data connection closed, and a 2xx said so. */
async function* receive(
  request: FileRequest,
  { control, data, deadline }: { control: FtpControl; data: FtpData; deadline: FtpDeadline },
): AsyncGenerator<Uint8Array, void, undefined> {
  deadline.silent('answer to RETR');
  const first = await control.ask(`RETR ${request.path}`);
  if (first.code >= 300) throw failureOfReply('RETR', first);
  request.onEvent?.({ type: 'opened', ...announcedSize(first.message) });

  const completion = first.code < 200 ? completed(control, data) : Promise.resolve();
  completion.catch((failure: FtpFailure) => data.fail(failure));
  deadline.silent('data');
  for (let chunk = await data.next(); chunk !== undefined; chunk = await data.next()) {
    deadline.ourTurn();
    yield chunk;
    deadline.silent('data');
  }
  deadline.silent('final answer to RETR');
  await completion;
  if (data.broken !== undefined) throw data.broken;
}

async function completed(control: FtpControl, data: FtpData): Promise<void> {
  let reply = await control.reply();
  while (reply.code < 200) reply = await control.reply();
  if (reply.code >= 300) throw failureOfReply('RETR', reply, data.receivedBytes);
}

/** Not in RFC 959, but what most servers say; good for a progress bar and for nothing else. */
function announcedSize(message: string): { readonly sizeBytes?: number } {
  const digits = /\((\d{1,15}) bytes\)/.exec(message)?.[1];
  return digits === undefined ? {} : { sizeBytes: Number(digits) };
}

/** A line end in a name would start a command of its own. */
function refuseControlCharacters(request: FileRequest): void {
  for (const text of [request.path, request.user, request.password]) {
    if (text !== undefined && /[\r\n\0]/.test(text)) {
      throw new TransportError('PROTOCOL', request, 'CR, LF or NUL in a name or password: not sent');
    }
  }
}

/** Sessions between two files. With `file` none is ever kept. */
class KeptSessions {
  readonly #session: FtpOptions['session'];
  readonly #idle = new Map<string, FtpControl[]>();
  #open = true;

  constructor(session: FtpOptions['session']) {
    this.#session = session;
  }

  take(request: FileRequest): FtpControl | undefined {
    if (this.#session === 'file') return undefined;
    const idle = this.#idle.get(keyOf(request));
    for (let control = idle?.pop(); control !== undefined; control = idle?.pop()) {
      if (control.usable) return control;
      control.quit();
    }
    return undefined;
  }

  putBack(request: FileRequest, control: FtpControl): void {
    if (this.#session === 'check' && this.#open && control.loggedIn) this.#keep(keyOf(request), control);
    else control.quit();
  }

  end(): void {
    this.#open = false;
    for (const control of [...this.#idle.values()].flat()) control.quit();
    this.#idle.clear();
  }

  #keep(key: string, control: FtpControl): void {
    const idle = this.#idle.get(key);
    if (idle === undefined) this.#idle.set(key, [control]);
    else idle.push(control);
  }
}

function keyOf({ host, port, user, password, localAddress }: FileRequest): string {
  return JSON.stringify([host, port, user, password, localAddress]);
}
