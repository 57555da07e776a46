import type { LineReading } from './log-format.ts';
import type { Source } from './sighting.ts';

/** A line of syslog, taken apart. */
export interface SyslogMessage {
  readonly atMs: number;
  /** `in.tftpd` */
  readonly program: string;
  /** The program with its process: `in.tftpd[23199]`. */
  readonly process: string;
  readonly text: string;
}

/** How one program's messages are read. One that is opened remembers what its log said before. */
export interface MessageReader {
  readonly programs: readonly string[];
  /** As in `Reading`. */
  readonly asSent?: boolean;
  readonly open: () => (message: SyslogMessage, source: Source) => LineReading;
}
