import type { JournalEntry } from '../events/journal.ts';
import { DAY_MS, dateText, type LocalZone, offsetAt, zoneOf } from '../provisioning/local-time.ts';
import { ofUser } from '../provisioning/user-file.ts';
import { FlashFold } from './flash-fold.ts';

/** Local time of a phone, as its own logs write it. */
export interface LocalTime {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** 0: Sunday. */
  readonly weekday: number;
  /** `03:02:54` */
  readonly time: string;
}

/**
 * What a phone's own clock and version are, as its facts tell them: for logs that the phone itself would
 * write.
 */
export class LogClock {
  readonly #startedAtMs: number;
  readonly #flash = new FlashFold();
  #software = '';
  /** How far the phone's clock is from the world's; it has no battery, so power takes it. */
  #aheadMs = 0;
  #poweredAtMs = 0;

  /** @param startedAtMs when the run began, ms since 1970. */
  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  add({ at, event }: JournalEntry): void {
    this.#flash.add(event);
    if (event.type === 'power.on') {
      this.#aheadMs = 0;
      this.#poweredAtMs = at;
    }
    if (event.type === 'flash.read' || event.type === 'software.started') this.#software = event.software;
    if (event.type === 'clock.set') this.#aheadMs += event.byMs;
  }

  /** The load that runs. */
  get software(): string {
    return this.#software;
  }

  /** Whole seconds with power at a moment of the run. */
  upSeconds(at: number): number {
    return Math.floor((at - this.#poweredAtMs) / 1000);
  }

  /** Local time at a moment of the run, ms since its start. */
  localTime(at: number): LocalTime {
    const { settings = {}, user = null, profiles = {} } = this.#flash.contents() ?? {};
    const zone = zoneOf(settings, ofUser(profiles, user));
    return localTimeOf(this.#startedAtMs + at + this.#aheadMs, zone);
  }
}

function localTimeOf(instantMs: number, zone: LocalZone): LocalTime {
  const localMs = instantMs + offsetAt(zone, instantMs);
  const dayNumber = Math.floor(localMs / DAY_MS);
  const [year = '', month = '', day = ''] = dateText(dayNumber).split('-');
  const seconds = Math.floor((localMs - dayNumber * DAY_MS) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return {
    year,
    month,
    day,
    // 1970-01-01 was a Thursday.
    weekday: (((dayNumber + 4) % 7) + 7) % 7,
    time: parts.map((part) => String(part).padStart(2, '0')).join(':'),
  };
}
