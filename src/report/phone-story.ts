import { blankLcd, type Lcd, redraw } from '../display/lcd.ts';
import type { JournalEntry } from '../events/journal.ts';
import { phaseAfter } from './phase.ts';
import { RequestLog } from './request-outcomes.ts';
import type { PhoneStory, ToldLine } from './result.ts';
import { Timeline } from './timeline.ts';

/** So many changes of each kind are kept; a story of years has more. */
const CHANGES_MAX = 5_000;

type Screen = PhoneStory['screens'][number];

/** Lays one phone's facts out in time, for pictures and for those who ask what happened around a moment. */
export class PhoneStoryFold {
  #lcd: Lcd = blankLcd('1230');
  readonly #timeline: Timeline;
  readonly #requests = new RequestLog();
  readonly #states: PhoneStory['states'] = [{ at: 0, state: 'off' }];
  readonly #phases: PhoneStory['phases'] = [{ at: 0, phase: 'off' }];
  readonly #dnd: PhoneStory['dnd'] = [{ at: 0, on: false }];
  readonly #screens: Screen[] = [];
  readonly #lines: ToldLine[] = [];
  #left = 0;

  constructor(start: 'power-on' | 'resume') {
    this.#timeline = new Timeline(start);
  }

  /** The panel as of now. */
  get lcd(): Lcd {
    return this.#lcd;
  }

  /** Every panel so far, each as long as it was another. */
  get screens(): readonly Screen[] {
    return this.#screens;
  }

  /** Do Not Disturb as it was shown, each as long as it was another. */
  get dnd(): PhoneStory['dnd'] {
    return this.#dnd;
  }

  get lines(): readonly ToldLine[] {
    return this.#lines;
  }

  add(entry: JournalEntry): void {
    const { at, phone } = entry;
    this.#requests.add(entry);
    this.#lcd = redraw(this.#lcd, entry.event);
    const { state } = this.#lcd.seen.standing;
    if (this.#states.at(-1)?.state !== state) this.#keep(this.#states, { at, state });
    const before = this.#phases.at(-1)?.phase ?? 'off';
    const phase = phaseAfter(before, entry.event, state);
    if (phase !== before) this.#keep(this.#phases, { at, phase });
    const on = this.#lcd.indicators.dnd;
    if (this.#dnd.at(-1)?.on !== on) this.#keep(this.#dnd, { at, on });
    const screen = { at, lines: [...this.#lcd.lines], softKeys: [...this.#lcd.softKeys] };
    if (!sameScreen(this.#screens.at(-1), screen)) this.#keep(this.#screens, screen);
    for (const { subject, text, tone, hint } of this.#timeline.tell(entry)) {
      this.#keep(this.#lines, { at, phone, subject, text, tone, ...(hint !== undefined && { hint }) });
    }
  }

  story(): PhoneStory {
    const transfers = this.#requests.all.map(({ requestedAt, outcome }) => ({
      at: requestedAt,
      ms: outcome.ms,
      file: outcome.file,
      protocol: outcome.protocol,
      result: outcome.result,
      bytes: outcome.bytes,
    }));
    const kept = transfers.slice(0, CHANGES_MAX);
    return {
      states: this.#states,
      phases: this.#phases,
      dnd: this.#dnd,
      screens: this.#screens,
      transfers: kept,
      lines: this.#lines,
      left: this.#left + transfers.length - kept.length,
    };
  }

  #keep<T>(list: T[], change: T): void {
    if (list.length < CHANGES_MAX) list.push(change);
    else this.#left++;
  }
}

function sameScreen(before: Screen | undefined, now: Screen): boolean {
  return before?.lines.join('\n') === now.lines.join('\n') && before.softKeys.join() === now.softKeys.join();
}
