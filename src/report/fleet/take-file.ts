import type { Fact } from '../../events/phone-event.ts';
import { causeOf, classOf } from './cause.ts';
import type { FigureSums } from './figure-sums.ts';
import { fileKindOf } from './file-kind.ts';
import type { FileSums } from './file-sums.ts';
import { NEVER_US, type PhoneLine } from './phone-line.ts';

// What the facts of a transfer add to the figures. What was asked for before the measuring began is in the
// time series only.

/** Documented: RFC 1350 section 2, a block; no phone was seen to ask for another size. */
const TFTP_BLOCK_BYTES = 512;

export function fileRequested(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  event: Fact<'file.requested'>,
): void {
  line.fileKind = fileKindOf(event, line.standing.state);
  line.fileProtocol = event.protocol;
  line.askedUs = atUs;
  line.fileTurn = 'asked';
  sums.countRequest(event.protocol, atUs);
  sums.sessions(event.protocol).change(sums.grid, atUs, 1);
  const files = measured(sums, line);
  if (files === undefined) return;
  files.asked += 1;
  files.sent += 1;
}

export function connectionMade(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  { ms, tls, lookedUp }: Fact<'connection.made'>,
): void {
  sums.countConnection(line.fileProtocol, atUs);
  if (tls !== 'none') sums.handshakes(tls).count(sums.grid.binOf(atUs));
  const files = measured(sums, line);
  if (files === undefined) return;
  files.connections += 1;
  files.connect.record(Math.round(ms * 1_000));
  if (tls === 'full') files.tlsFull += 1;
  if (tls === 'resumed') files.tlsResumed += 1;
  if (lookedUp) files.lookUps += 1;
}

export function fileOpened(sums: FigureSums, line: PhoneLine, atUs: number): void {
  line.fileTurn = 'answered';
  measured(sums, line)?.firstByte.record(atUs - line.askedUs);
}

export function fileRepeated(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  event: Fact<'file.repeated'>,
): void {
  if (event.what === 'request') sums.countRequest(line.fileProtocol, atUs);
  const files = measured(sums, line);
  if (files === undefined) return;
  files.sent += 1;
  if (event.what === 'request') files.repeatedRequests += 1;
  else files.repeatedAcknowledgements += 1;
}

export function fileChallenged(sums: FigureSums, line: PhoneLine, atUs: number): void {
  sums.countRequest(line.fileProtocol, atUs);
  const files = measured(sums, line);
  if (files === undefined) return;
  files.sent += 1;
  files.challenged += 1;
}

export function fileReceived(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  event: Fact<'file.received'>,
): void {
  const { fileProtocol: protocol, askedUs } = line;
  const serviceUs = atUs - askedUs;
  sums.latencyOverTime(protocol).record(sums.coarseGrid.binOf(askedUs), serviceUs);
  const files = measured(sums, line);
  if (files !== undefined) {
    files.received += 1;
    files.service.record(serviceUs);
    files.latency.record(atUs - (line.jobDueUs === NEVER_US ? askedUs : line.jobDueUs));
    if (protocol === 'tftp') files.sent += Math.floor(event.bytes / TFTP_BLOCK_BYTES) + 1;
  }
  ended(sums, line, atUs, event.bytes);
}

export function fileLeft(sums: FigureSums, line: PhoneLine, atUs: number): void {
  const files = measured(sums, line);
  if (files !== undefined) files.left += 1;
  ended(sums, line, atUs, 0);
}

export function fileFailed(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  event: Fact<'file.failed'>,
): void {
  const { fileKind: kind, fileProtocol: protocol, fileTurn } = line;
  const cause = causeOf(event, fileTurn);
  const files = measured(sums, line);
  if (classOf(cause) === 'server') {
    sums.errors(protocol).count(sums.grid.binOf(atUs));
    if (files !== undefined && kind !== undefined) {
      sums.failures.add({ phone: line.index, atUs, protocol, kind, cause });
    }
  }
  if (files !== undefined) {
    files.failed += 1;
    files.failedBy(cause);
    if (protocol === 'tftp') files.sent += Math.floor(event.bytes / TFTP_BLOCK_BYTES);
  }
  line.jobFailed = true;
  ended(sums, line, atUs, event.bytes);
}

/** The run ends for a phone in the middle of a file, which is on its way no more. */
export function fileGivenUp(sums: FigureSums, line: PhoneLine, atUs: number): void {
  if (line.fileKind !== undefined) sums.sessions(line.fileProtocol).change(sums.grid, atUs, -1);
}

function ended(sums: FigureSums, line: PhoneLine, atUs: number, bytes: number): void {
  const { fileProtocol: protocol } = line;
  sums.bytes(protocol).count(sums.grid.binOf(atUs), bytes);
  sums.sessions(protocol).change(sums.grid, atUs, -1);
  const files = measured(sums, line);
  if (files !== undefined) files.bytes += bytes;
  line.fileKind = undefined;
}

function measured(sums: FigureSums, line: PhoneLine): FileSums | undefined {
  const { fileKind, fileProtocol, askedUs } = line;
  if (fileKind === undefined || askedUs < sums.frame.measuredFromUs) return undefined;
  return sums.files(fileProtocol, fileKind);
}
