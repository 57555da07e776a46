import { wrap } from '../display/wrap.ts';
import type { ShareProgress } from '../fleet/share-run.ts';
import { visible } from '../provisioning/quote.ts';
import { figuresText } from '../report/fleet/closing-text.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import {
  type LiveMoment,
  type LiveRun,
  liveLines,
  type Outlook,
  rateSince,
} from '../report/fleet/live-line.ts';
import { plainPalette } from '../report/palette.ts';
import type { FleetValues } from './fleet-options.ts';
import { type Lasting, outlookOf } from './fleet-outlook.ts';
import type { Io } from './io.ts';

/** As much of the command line's side as a view needs. */
export type ViewIo = Pick<
  Io,
  'out' | 'err' | 'draw' | 'drawsProgress' | 'letters' | 'progressColumns' | 'progressRows' | 'clock'
>;

/** Shows a fleet while it runs, on stderr. */
export interface FleetView {
  readonly tell: (progress: ShareProgress) => void;
  /** Figures that somebody asked for. */
  readonly dump: (figures: FleetFigures) => void;
  /** From now on no phone begins. */
  drain(): void;
  /** Says something to somebody at the terminal. */
  say(text: string): void;
  /** Writes to stdout, past what is drawn. */
  print(text: string): void;
  /** Leaves the terminal clean for what comes. */
  end(): void;
}

/** Lines that live where stderr is a terminal; a plain line every so often elsewhere; quiet: nothing. */
export function fleetView(
  { values }: { readonly values: { readonly quiet: boolean; readonly every: FleetValues['every'] } },
  io: ViewIo,
  plan: Lasting,
): FleetView {
  if (values.quiet) return new PlainView(io, plan, 'never');
  return io.drawsProgress ? new LiveView(io, plan) : new PlainView(io, plan, values.every);
}

class PlainView implements FleetView {
  readonly #io: ViewIo;
  readonly #plan: Lasting;
  readonly #everyMs: number | 'never';
  #isDraining: boolean = false;
  #nextMs: number;
  #before: LiveMoment | undefined;

  constructor(io: ViewIo, plan: Lasting, everyMs: number | 'never') {
    this.#io = io;
    this.#plan = plan;
    this.#everyMs = everyMs;
    this.#nextMs = everyMs === 'never' ? Number.POSITIVE_INFINITY : io.clock.now() + everyMs;
  }

  readonly tell = (progress: ShareProgress): void => {
    if (this.#everyMs === 'never' || this.#io.clock.now() < this.#nextMs) return;
    this.#nextMs = this.#io.clock.now() + this.#everyMs;
    const outlook = outlookOf(this.#plan, progress, this.#isDraining);
    this.say(liveLines(liveRun(progress, this.#before, outlook)).join('; '));
    this.#before = rateSince(this.#before, progress);
  };

  readonly dump = (figures: FleetFigures): void => this.say(figureText(figures, this.#io));

  drain(): void {
    this.#isDraining = true;
  }

  say(text: string): void {
    if (this.#everyMs !== 'never') this.#io.err(`${text}\n`);
  }

  print(text: string): void {
    this.#io.out(text);
  }

  end(): void {}
}

/** From the start of a line of the terminal to its end, and the lines below. */
const ERASE_BELOW = '\r\u001b[J';

class LiveView implements FleetView {
  readonly #io: ViewIo;
  readonly #plan: Lasting;
  #before: LiveMoment | undefined;
  #now: LiveRun | undefined;
  #isDraining: boolean = false;
  #drawn: readonly string[] = [];

  constructor(io: ViewIo, plan: Lasting) {
    this.#io = io;
    this.#plan = plan;
  }

  readonly tell = (progress: ShareProgress): void => {
    const outlook = outlookOf(this.#plan, progress, this.#isDraining);
    this.#now = liveRun(progress, this.#before, outlook);
    this.#before = rateSince(this.#before, progress);
    this.#redraw('');
  };

  readonly dump = (figures: FleetFigures): void => this.say(figureText(figures, this.#io));

  drain(): void {
    this.#isDraining = true;
    this.#now &&= { ...this.#now, outlook: { kind: 'draining' } };
  }

  say(text: string): void {
    this.#redraw(`${text}\n`);
  }

  print(text: string): void {
    this.#io.draw(this.#erasing());
    this.#io.out(text);
    this.#redraw('');
  }

  end(): void {
    this.#io.draw(this.#erasing());
    this.#now = undefined;
  }

  /** `above`: what is to stay. */
  #redraw(above: string): void {
    const erasing = this.#erasing();
    if (this.#now !== undefined) {
      const columns = Math.max(1, this.#io.progressColumns() - 1);
      // What has scrolled away can be drawn over no more; the last row is the cursor's.
      const rows = Math.max(1, this.#io.progressRows() - 1);
      this.#drawn = liveLines(this.#now)
        .flatMap((line) => wrap(line, columns))
        .slice(0, rows);
    }
    this.#io.draw(`${erasing}${visible(above)}${this.#drawn.map((line) => `${line}\n`).join('')}`);
  }

  /** A terminal that was made narrower in between has wrapped the lines. */
  #erasing(): string {
    const columns = Math.max(1, this.#io.progressColumns());
    const rows = this.#drawn.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / columns)), 0);
    this.#drawn = [];
    return rows === 0 ? '' : `\u001b[${rows}A${ERASE_BELOW}`;
  }
}

function figureText(figures: FleetFigures, io: ViewIo): string {
  const layout = { columns: io.progressColumns(), palette: plainPalette, letters: io.letters };
  return figuresText(figures, layout).join('\n');
}

function liveRun(
  { atMs, glance, phones }: ShareProgress,
  before: LiveMoment | undefined,
  outlook: Outlook | undefined,
): LiveRun {
  const now = { atMs, glance };
  return { now, phones, ...(before && { before }), ...(outlook && { outlook }) };
}
