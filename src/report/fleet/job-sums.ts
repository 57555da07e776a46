import { Distribution } from './distribution.ts';
import type { JobFigures } from './figures.ts';

/** The figures of boots, or of checks of one kind, while they are being counted. */
export class JobSums {
  due = 0;
  begun = 0;
  done = 0;
  failed = 0;
  readonly latency = new Distribution();
  readonly service = new Distribution();
  readonly lateness = new Distribution();

  add(stored: JobFigures): void {
    this.due += stored.due;
    this.begun += stored.begun;
    this.done += stored.done;
    this.failed += stored.failed;
    this.latency.add(Distribution.from(stored.latency));
    this.service.add(Distribution.from(stored.service));
    this.lateness.add(Distribution.from(stored.lateness));
  }

  stored(): JobFigures {
    const { due, begun, done, failed } = this;
    return {
      due,
      begun,
      done,
      failed,
      unfinished: due - done - failed,
      latency: this.latency.stored(),
      service: this.service.stored(),
      lateness: this.lateness.stored(),
    };
  }
}
