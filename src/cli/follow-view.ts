import type { Timer } from '../clock/clock.ts';
import { blankLcd, type Lcd, redraw } from '../display/lcd.ts';
import { wrap } from '../display/wrap.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { Model } from '../provisioning/words.ts';
import { closingTable } from '../report/closing-table.ts';
import { renderLcd } from '../report/lcd-text.ts';
import type { Outcome } from '../report/outcome.ts';
import { ansiPalette, plainPalette, type Tone } from '../report/palette.ts';
import { foldProgress, type Progress, progressLine } from '../report/progress.ts';
import { withoutSecrets } from '../report/secrets.ts';
import { Timeline } from '../report/timeline.ts';
import { layOutLine } from '../report/timeline-text.ts';
import type { Story } from '../scenario/follow-phone.ts';
import type { CommonValues, LogLevel } from './command.ts';
import type { Io } from './io.ts';

/** Shows one phone's run while it goes on, and its end. */
export interface FollowView {
  begin(run: Readonly<Record<string, unknown>>): void;
  tell(entry: JournalEntry): void;
  end(outcome: Outcome): void;
}

/** The phone that is shown, and how it comes into the story. */
interface Shown {
  readonly model: Model;
  readonly start: Story['start'];
}

export function followView(values: CommonValues, io: Io, shown: Shown): FollowView {
  return values.json ? new JsonView(values, io) : new TerminalView(values, io, shown);
}

/** NDJSON: the run, its facts, its outcome. With --quiet only the outcome. */
class JsonView implements FollowView {
  readonly #quiet: boolean;
  readonly #io: Io;

  constructor({ quiet }: CommonValues, io: Io) {
    this.#quiet = quiet;
    this.#io = io;
  }

  begin(run: Readonly<Record<string, unknown>>): void {
    if (!this.#quiet) this.#line({ type: 'run.started', at: 0, phone: run['mac'], n: 0, ...run });
  }

  tell({ at, phone, n, event }: JournalEntry): void {
    if (!this.#quiet) this.#line({ at, phone, n, ...withoutSecrets(event) });
  }

  end(outcome: Outcome): void {
    this.#line(outcome);
  }

  #line(data: object): void {
    this.#io.out(`${JSON.stringify(data)}\n`);
  }
}

/** Which lines of the timeline a log level lets through. */
const tonesTold: Readonly<Record<LogLevel, readonly Tone[] | 'all'>> = {
  error: ['bad'],
  warning: ['bad', 'doubtful'],
  info: 'all',
  debug: 'all',
};

const PROGRESS_REDRAW_MS = 200;
const ERASE_LINE = '\r\u001b[K';

/**
 * A timeline on stdout, a progress line on stderr when that is a terminal, and at the end the LCD and the
 * closing table.
 */
class TerminalView implements FollowView {
  readonly #values: CommonValues;
  readonly #io: Io;
  readonly #timeline: Timeline;
  /** By the host's time; it moves when the phone's time leaps. */
  #startedAt: number;
  #lcd: Lcd;
  #progress: Progress | undefined;
  #drawn: boolean = false;
  #redrawing: Timer;

  constructor(values: CommonValues, io: Io, { model, start }: Shown) {
    this.#values = values;
    this.#io = io;
    this.#timeline = new Timeline(start);
    this.#lcd = blankLcd(model);
    this.#startedAt = io.clock.now();
  }

  begin(run: Readonly<Record<string, unknown>>): void {
    if (this.#values.quiet) return;
    const said = Object.entries(run).filter(([name]) => name !== 'options' && name !== 'mac');
    const line = said.map(([name, value]) => `${name} ${String(value)}`).join(', ');
    this.#print(wrap(line, this.#io.columns()));
    if (this.#io.drawsProgress) this.#redrawLater();
  }

  tell(entry: JournalEntry): void {
    this.#startedAt = this.#io.clock.now() - entry.at;
    this.#lcd = redraw(this.#lcd, entry.event);
    this.#progress = foldProgress(this.#progress, entry);
    if (this.#values.quiet) return;
    this.#eraseProgress();
    const told = tonesTold[this.#values.logLevel];
    for (const line of this.#timeline.tell(entry)) {
      if (told !== 'all' && !told.includes(line.tone)) continue;
      this.#print(layOutLine(line, this.#layout()));
    }
    if (this.#values.logLevel === 'debug') {
      this.#io.err(`${JSON.stringify({ ...entry, event: withoutSecrets(entry.event) })}\n`);
    }
  }

  end(outcome: Outcome): void {
    this.#io.clock.clearTimeout(this.#redrawing);
    this.#eraseProgress();
    const { letters } = this.#io;
    if (!this.#values.quiet) this.#print(['', ...renderLcd(this.#lcd, letters), '']);
    const table = closingTable(outcome, this.#layout());
    this.#print(this.#values.quiet ? table.slice(table.lastIndexOf('') + 1) : table);
  }

  #layout() {
    const { color, letters } = this.#io;
    return { columns: this.#io.columns(), palette: color ? ansiPalette : plainPalette, letters };
  }

  #print(lines: readonly string[]): void {
    this.#io.out(lines.map((line) => `${line}\n`).join(''));
  }

  #redrawLater(): void {
    this.#redrawing = this.#io.clock.setTimeout(() => {
      this.#drawProgress();
      this.#redrawLater();
    }, PROGRESS_REDRAW_MS);
  }

  #drawProgress(): void {
    if (this.#progress === undefined) return;
    const now = this.#io.clock.now() - this.#startedAt;
    const columns = Math.max(10, this.#io.columns() - 1);
    this.#io.draw(`${ERASE_LINE}${progressLine(this.#progress, { columns, now })}`);
    this.#drawn = true;
  }

  #eraseProgress(): void {
    if (!this.#drawn) return;
    this.#io.draw(ERASE_LINE);
    this.#drawn = false;
  }
}
