import type { Lcd } from '../display/lcd.ts';
import type { JournalEntry } from '../events/journal.ts';
import { FlashFold, type ToldFlash } from '../report/flash-fold.ts';
import { type Outcome, OutcomeFold } from '../report/outcome.ts';
import { PhoneStoryFold } from '../report/phone-story.ts';
import type { PhoneStory, ToldLine } from '../report/result.ts';

/** As `deskphone boot` judges unless it is told otherwise. */
const usualDemands = { failOn: 'error', allow: [] } as const;

/** What one phone told so far, and all that follows from it. */
export class PhoneRecord {
  readonly entries: JournalEntry[] = [];
  readonly #outcome = new OutcomeFold();
  readonly #flash = new FlashFold();
  readonly #story: PhoneStoryFold;
  #noPollBecause: string | undefined;

  constructor(start: 'power-on' | 'resume') {
    this.#story = new PhoneStoryFold(start);
  }

  add(entry: JournalEntry): void {
    const { event } = entry;
    this.entries.push(entry);
    this.#outcome.add(entry);
    this.#flash.add(event);
    this.#story.add(entry);
    if (event.type === 'poll.scheduled') this.#noPollBecause = undefined;
    if (event.type === 'poll.not-scheduled') this.#noPollBecause = event.because;
  }

  /** Undefined: it was never switched on. */
  outcome(): Outcome | undefined {
    return this.#flash.contents() === undefined ? undefined : this.#outcome.outcome(usualDemands);
  }

  /** Flash as the facts tell it. */
  flash(): ToldFlash | undefined {
    return this.#flash.contents();
  }

  story(): PhoneStory {
    return this.#story.story();
  }

  get lcd(): Lcd {
    return this.#story.lcd;
  }

  get screens(): PhoneStory['screens'] {
    return [...this.#story.screens];
  }

  get dnd(): PhoneStory['dnd'] {
    return this.#story.dnd;
  }

  /** Why no poll is ahead, as the phone said last; undefined: one is, or it has not said yet. */
  get noPollBecause(): string | undefined {
    return this.#noPollBecause;
  }

  /** What was told around a moment, for people. */
  linesAround(at: number): readonly ToldLine[] {
    const { lines } = this.#story;
    const after = lines.findIndex((line) => line.at > at);
    const middle = after === -1 ? lines.length : after;
    return lines.slice(Math.max(0, middle - LINES_BEFORE), middle + LINES_AFTER);
  }
}

const LINES_BEFORE = 6;
const LINES_AFTER = 2;
