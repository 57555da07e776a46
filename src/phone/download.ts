import { isoInstant } from '../clock/instant.ts';
import type { ReceivedFile } from '../device/received-file.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { UserFileKind } from '../provisioning/user-file.ts';
import type { SectionName } from '../provisioning/words.ts';
import {
  type ConnectionMade,
  type FileRequest,
  type TransferEvent,
  TransportError,
  urlOf,
} from '../transport/transport.ts';
import type { CheckDoor } from './check-door.ts';
import { type Hold, type Intake, intakeFor } from './intake.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { toldProblem } from './told.ts';

/** One file to fetch, and what it is for. */
export interface DownloadOrder {
  readonly unit: PhoneUnit;
  readonly door: CheckDoor;
  readonly check: number;
  /** Absent for the provisioning file itself. */
  readonly section?: SectionName;
  /** 1-based place of the section in the file. */
  readonly index?: number;
  /** What it is of the logged-in user's files; absent: none of them. */
  readonly userFile?: UserFileKind;
  /** The name as the section gives it. */
  readonly file: string;
  readonly request: FileRequest;
  readonly hold: Hold;
}

/** Whether a file is wanted, given what the server says of its age, in ms since 1970. */
export type IsWanted = (modifiedMs: number | undefined) => boolean;

/** At most so many facts about the progress of one large file. */
const PROGRESS_STEPS_MAX = 100;
const PROGRESS_STEP_MIN_BYTES = 32 * 1024;

/**
 * Fetches a file and tells its story. Throws `TransportError`; when the check's door is shut the story ends
 * at that moment.
 */
export async function download(order: DownloadOrder): Promise<ReceivedFile> {
  const story = new TransferStory(order);
  return receive(order, story, order.door.signal);
}

/** Fetches a file, but for one that turns out not to be wanted: `left`, and told, once its age is known. */
export async function downloadIfWanted(
  order: DownloadOrder,
  isWanted: IsWanted,
): Promise<ReceivedFile | 'left'> {
  const leaving = new AbortController();
  const story = new TransferStory(order, (modifiedMs) => {
    if (isWanted(modifiedMs)) return;
    story.left(modifiedMs);
    leaving.abort(UNWANTED);
  });
  try {
    const file = await receive(order, story, AbortSignal.any([order.door.signal, leaving.signal]));
    // A small file may have come with its age.
    return leaving.signal.aborted ? 'left' : file;
  } catch (error) {
    if (leaving.signal.aborted && error instanceof TransportError) return 'left';
    throw error;
  }
}

/** Without it the abort would make an error with a stack trace. */
const UNWANTED = new Error('the phone does not want the file');

async function receive(
  order: DownloadOrder,
  story: TransferStory,
  signal: AbortSignal,
): Promise<ReceivedFile> {
  const { transport } = order.door;
  const transferEnds = order.door.transferBegins(() =>
    story.failed(new TransportError('ABORTED', order.request, 'ended by the phone')),
  );
  const request: FileRequest = {
    ...order.request,
    onEvent: (event) => story.heard(event),
    ...(order.unit.world.tellsConnections === true && { onConnected: (made) => story.connected(made) }),
  };
  try {
    let intake: Intake | undefined;
    for await (const chunk of transport.fetch(request, signal)) {
      intake ??= intakeFor(order.hold, story.content);
      intake.take(chunk);
      story.progressed(intake.sizeBytes);
    }
    const file = (intake ?? intakeFor(order.hold, undefined)).finish(order.file);
    story.received(file);
    return file;
  } catch (error) {
    if (error instanceof TransportError) story.failed(error);
    throw error;
  } finally {
    transferEnds();
  }
}

/** The facts of one transfer. The first ending counts; what comes after it is not told. */
class TransferStory {
  readonly #order: DownloadOrder;
  readonly #request: number;
  readonly #startedAt: number;
  #attempts = 1;
  #bytes = 0;
  #sizeBytes: number | null = null;
  #nextProgressAt: number;
  #content: object | undefined;
  readonly #onAge: ((modifiedMs: number | undefined) => void) | undefined;
  #over: boolean = false;

  /** `onAge`: hears how old the file is, as soon as the server has said so or not. */
  constructor(order: DownloadOrder, onAge?: (modifiedMs: number | undefined) => void) {
    this.#onAge = onAge;
    const { unit, check, section, index, file, request, userFile } = order;
    this.#order = order;
    this.#request = unit.nextRequestNumber();
    this.#startedAt = unit.world.clock.now();
    this.#nextProgressAt = order.hold === 'head' ? PROGRESS_STEP_MIN_BYTES : Number.POSITIVE_INFINITY;
    unit.record({
      type: 'file.requested',
      request: this.#request,
      check,
      section: section ?? null,
      index: index ?? null,
      file,
      url: urlOf(request),
      protocol: request.protocol,
      ...(userFile && { userFile }),
    });
  }

  /** What stands for the file's bytes, once a server in memory has said so. */
  get content(): object | undefined {
    return this.#content;
  }

  heard(event: TransferEvent): void {
    const { unit, file, section, check } = this.#order;
    switch (event.type) {
      case 'opened':
        this.#sizeBytes = event.sizeBytes ?? null;
        this.#content = event.content;
        unit.record({ type: 'file.opened', request: this.#request, sizeBytes: this.#sizeBytes });
        this.#onAge?.(event.modifiedMs);
        break;
      case 'repeated':
        if (event.what === 'request') this.#attempts += 1;
        unit.record({ type: 'file.repeated', request: this.#request, what: event.what, why: event.why });
        break;
      case 'challenged':
        unit.record({ type: 'file.challenged', request: this.#request });
        break;
      case 'told':
        unit.record(
          toldProblem(
            problem(event.code, { file, ...(section && { section }), message: event.message }),
            check,
          ),
        );
        break;
    }
  }

  connected({ ms, tls, lookedUp }: ConnectionMade): void {
    this.#order.unit.record({ type: 'connection.made', request: this.#request, ms, tls, lookedUp });
  }

  progressed(bytes: number): void {
    this.#bytes = bytes;
    if (bytes < this.#nextProgressAt || this.#over) return;
    const step = Math.max(PROGRESS_STEP_MIN_BYTES, (this.#sizeBytes ?? 0) / PROGRESS_STEPS_MAX);
    this.#nextProgressAt = bytes + step;
    this.#order.unit.record({
      type: 'file.progressed',
      request: this.#request,
      bytes,
      sizeBytes: this.#sizeBytes,
    });
  }

  received(file: ReceivedFile): void {
    if (this.#over) return;
    this.#over = true;
    this.#order.unit.record({
      type: 'file.received',
      request: this.#request,
      bytes: file.sizeBytes,
      sha256: file.sha256,
      ms: this.#elapsedMs(),
      attempts: this.#attempts,
    });
  }

  left(modifiedMs: number | undefined): void {
    this.#over = true;
    this.#order.unit.record({
      type: 'file.left',
      request: this.#request,
      modifiedAt: modifiedMs === undefined ? null : isoInstant(modifiedMs),
      ms: this.#elapsedMs(),
    });
  }

  failed(error: TransportError): void {
    if (this.#over) return;
    this.#over = true;
    this.#order.unit.record({
      type: 'file.failed',
      request: this.#request,
      code: error.code,
      detail: error.detail,
      bytes: this.#bytes,
      ms: this.#elapsedMs(),
      attempts: this.#attempts,
      ...(error.connection && { connection: error.connection }),
    });
  }

  #elapsedMs(): number {
    return this.#order.unit.world.clock.now() - this.#startedAt;
  }
}
