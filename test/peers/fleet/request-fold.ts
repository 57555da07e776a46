import type { JournalEntry } from '../../../src/events/journal.ts';
import { causeOf } from '../../../src/report/fleet/cause.ts';

/** What became of the requests of a fleet, as its phones saw it. */
export interface RequestCounts {
  readonly asked: number;
  /** The server began to send, or said that it has no such file. */
  readonly answered: number;
  readonly received: number;
  /** Requests sent once more. */
  readonly repeated: number;
  /** Those without any answer, by cause. */
  readonly unanswered: Readonly<Record<string, number>>;
  /** Those that broke off after the server had begun, by cause. */
  readonly brokenOff: Readonly<Record<string, number>>;
}

/** Counts requests by what their phones told of them. */
export class RequestFold {
  #asked = 0;
  #answered = 0;
  #received = 0;
  #repeated = 0;
  readonly #unanswered = new Map<string, number>();
  readonly #brokenOff = new Map<string, number>();
  /** Phones whose file is on its way; a phone asks for one at a time. */
  readonly #opened = new Set<string>();

  take({ phone, event }: JournalEntry): void {
    switch (event.type) {
      case 'file.requested':
        this.#asked++;
        this.#opened.delete(phone);
        break;
      case 'file.repeated':
        if (event.what === 'request') this.#repeated++;
        break;
      case 'file.opened':
        this.#opened.add(phone);
        this.#answered++;
        break;
      case 'file.received':
        this.#received++;
        break;
      case 'file.failed': {
        const isOpen = this.#opened.has(phone);
        const cause = causeOf(event, isOpen ? 'answered' : 'asked');
        if (isOpen) add(this.#brokenOff, cause);
        else if (cause === 'NOT_FOUND') this.#answered++;
        else add(this.#unanswered, cause);
        break;
      }
      default:
        break;
    }
  }

  counts(): RequestCounts {
    return {
      asked: this.#asked,
      answered: this.#answered,
      received: this.#received,
      repeated: this.#repeated,
      unanswered: Object.fromEntries(this.#unanswered),
      brokenOff: Object.fromEntries(this.#brokenOff),
    };
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
