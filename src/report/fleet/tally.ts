import type { PhoneEvent } from '../../events/phone-event.ts';
import type { Protocol } from '../../provisioning/words.ts';
import { FigureSums } from './figure-sums.ts';
import type { FleetFigures, PhoneEnd } from './figures.ts';
import type { FleetGlance } from './glance.ts';
import type { LiveFigures } from './live-figures.ts';
import { PhoneLine } from './phone-line.ts';
import type { Release } from './release-sums.ts';
import { takeFact } from './take-fact.ts';
import { fileGivenUp } from './take-file.ts';
import { jobDue } from './take-job.ts';

/** What the figures of a fleet are to be taken of; the same in all its parts. Times are from the start. */
export interface TallyPlan {
  /** What was due or asked for earlier is in the time series only. */
  readonly measureFromMs: number;
  /** A release whose way to the phones is watched; absent: none. */
  readonly release?: Omit<Release, 'publishedUs'> & { readonly publishedMs: number };
}

/**
 * Counts and measures the phones of one worker, from their facts. Holds a few numbers for each phone that is
 * there, and histograms and series that do not grow with the fleet.
 */
export class FleetTally {
  readonly #sums: FigureSums;
  readonly #lines = new Map<number, PhoneLine>();

  constructor({ measureFromMs, release }: TallyPlan) {
    this.#sums = new FigureSums({
      measuredFromUs: toUs(measureFromMs),
      ...(release && {
        release: {
          section: release.section,
          version: release.version,
          publishedUs: toUs(release.publishedMs),
        },
      }),
    });
  }

  /** A boot of a phone is due at that time; called before the first fact of it. */
  scheduled(phone: number, atMs: number, protocol: Protocol): void {
    const line = this.#lines.get(phone) ?? this.#newLine(phone, protocol);
    jobDue(this.#sums, line, toUs(atMs), 'boot');
  }

  /** One more boot of a phone is due, after it lost power. */
  dueAgain(phone: number, atMs: number): void {
    jobDue(this.#sums, this.#lineOf(phone), toUs(atMs), 'boot');
  }

  /** A fact, in the order the phone tells them; `atMs` from the start of the run. */
  take(phone: number, atMs: number, event: PhoneEvent): void {
    const atUs = toUs(atMs);
    this.#sums.reach(atUs);
    takeFact(this.#sums, this.#lineOf(phone), atUs, event);
  }

  /** The run ends for a phone: nothing may be told of it any more. */
  left(phone: number, atMs: number, end: PhoneEnd): void {
    const { ends, release } = this.#sums;
    const line = this.#lineOf(phone);
    this.#sums.reach(toUs(atMs));
    fileGivenUp(this.#sums, line, toUs(atMs));
    release?.left(line);
    // Phones may come and go for days: what is kept of them must not add up.
    this.#lines.delete(phone);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }

  /** What is shown on the way; cheap enough to be asked for every second. */
  glance(): FleetGlance {
    return this.#sums.glance();
  }

  /** What is exported on the way; cheap enough for every second too. */
  live(): LiveFigures {
    return this.#sums.live();
  }

  /** All figures up to now; may be asked for at any time. */
  figures(): FleetFigures {
    return this.#sums.stored(this.#lines.values());
  }

  #newLine(phone: number, protocol: Protocol): PhoneLine {
    const line = new PhoneLine(phone, protocol);
    this.#lines.set(phone, line);
    this.#sums.scheduled += 1;
    if (this.#sums.release !== undefined) this.#sums.release.phones += 1;
    return line;
  }

  #lineOf(phone: number): PhoneLine {
    const line = this.#lines.get(phone);
    if (line === undefined) throw new Error(`Phone ${phone} is not scheduled, or has left`);
    return line;
  }
}

/** The figures of parts of one fleet as those of the whole; of at least one part. */
export function mergeFigures(all: readonly FleetFigures[]): FleetFigures {
  const [first] = all;
  if (first === undefined) throw new Error('There are no figures to merge');
  const { measuredFromUs, release } = first;
  const sums = new FigureSums({
    measuredFromUs,
    ...(release && {
      release: { section: release.section, version: release.version, publishedUs: release.publishedUs },
    }),
  });
  for (const figures of all) sums.add(figures);
  return sums.stored();
}

/** Whole numbers add up the same in any order. */
function toUs(ms: number): number {
  return Math.round(ms * 1_000);
}
