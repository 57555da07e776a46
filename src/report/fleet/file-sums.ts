import { type Cause, causes, classOf } from './cause.ts';
import { Distribution } from './distribution.ts';
import type { FileFigures } from './figures.ts';
import { countsOf } from './keyed.ts';

/** The figures of files of one kind over one protocol, while they are being counted. */
export class FileSums {
  asked = 0;
  received = 0;
  left = 0;
  failed = 0;
  bytes = 0;
  repeatedRequests = 0;
  repeatedAcknowledgements = 0;
  challenged = 0;
  sent = 0;
  connections = 0;
  tlsFull = 0;
  tlsResumed = 0;
  lookUps = 0;
  readonly causes = new Map<Cause, number>();
  readonly connect = new Distribution();
  readonly firstByte = new Distribution();
  readonly service = new Distribution();
  readonly latency = new Distribution();

  add(stored: FileFigures): void {
    this.asked += stored.asked;
    this.received += stored.received;
    this.left += stored.left;
    this.failed += stored.failed;
    this.bytes += stored.bytes;
    this.repeatedRequests += stored.repeatedRequests;
    this.repeatedAcknowledgements += stored.repeatedAcknowledgements;
    this.challenged += stored.challenged;
    this.sent += stored.sent;
    this.connections += stored.connections;
    this.tlsFull += stored.tlsFull;
    this.tlsResumed += stored.tlsResumed;
    this.lookUps += stored.lookUps;
    for (const cause of causes) this.failedBy(cause, stored.causes[cause] ?? 0);
    this.connect.add(Distribution.from(stored.connect));
    this.firstByte.add(Distribution.from(stored.firstByte));
    this.service.add(Distribution.from(stored.service));
    this.latency.add(Distribution.from(stored.latency));
  }

  failedBy(cause: Cause, times = 1): void {
    if (times > 0) this.causes.set(cause, (this.causes.get(cause) ?? 0) + times);
  }

  /** Those that the server failed to deliver. */
  get errors(): number {
    return [...this.causes].reduce(
      (sum, [cause, times]) => sum + (classOf(cause) === 'server' ? times : 0),
      0,
    );
  }

  stored(): FileFigures {
    const { asked, received, left, failed } = this;
    return {
      asked,
      received,
      left,
      failed,
      open: asked - received - left - failed,
      bytes: this.bytes,
      repeatedRequests: this.repeatedRequests,
      repeatedAcknowledgements: this.repeatedAcknowledgements,
      challenged: this.challenged,
      sent: this.sent,
      connections: this.connections,
      tlsFull: this.tlsFull,
      tlsResumed: this.tlsResumed,
      lookUps: this.lookUps,
      causes: countsOf(causes, this.causes),
      connect: this.connect.stored(),
      firstByte: this.firstByte.stored(),
      service: this.service.stored(),
      latency: this.latency.stored(),
    };
  }
}
