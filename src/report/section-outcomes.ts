import type { z } from 'zod';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { sectionOutcomeSchema } from './outcome.schema.ts';
import type { RequestLog } from './request-outcomes.ts';

export type SectionOutcome = Readonly<z.infer<typeof sectionOutcomeSchema>>;

/** A file of a section that did not become part of the phone. */
export interface LostFile {
  readonly code: string;
  readonly file: string;
  readonly message: string;
}

/** A section in a check: what the outcome says of it, and what is needed to judge it. */
export interface TrackedSection {
  readonly finished: boolean;
  readonly lost: readonly LostFile[];
  /**
   * Until it ends a due section counts as kept by ABORTED: that is what a run that stops here makes of it.
   */
  readonly outcome: SectionOutcome;
}

/** The sections of a phone's checks in the order they were decided, which is file order. */
export class SectionLog {
  readonly #sections: TrackedSection[] = [];
  /** Where the last section of a check's n-th header stands. */
  readonly #places = new Map<string, number>();
  readonly #requests: Pick<RequestLog, 'find'>;

  /** `requests` hears each fact first. */
  constructor(requests: Pick<RequestLog, 'find'>) {
    this.#requests = requests;
  }

  get all(): readonly TrackedSection[] {
    return this.#sections;
  }

  add(event: PhoneEvent): void {
    switch (event.type) {
      case 'section.decided':
        this.#places.set(placeOf(event), this.#sections.push(decided(event)) - 1);
        return;
      case 'section.finished':
        this.#follow(event, (section) => finished(section, event));
        return;
      case 'file.refused': {
        const { code, file, message } = event;
        this.#follow(event, (section) => lose(section, { code, file, message }));
        return;
      }
      case 'file.failed': {
        const request = this.#requests.find(event.request);
        if (request === undefined || request.index === null) return;
        const { file, check } = request.outcome;
        const lost = { code: event.code, file, message: event.detail };
        this.#follow({ check, index: request.index }, (section) => lose(section, lost));
      }
    }
  }

  /** Replaces a section; a fact about no such section changes nothing. */
  #follow(at: SectionPlace, replace: (section: TrackedSection) => TrackedSection): void {
    const place = this.#places.get(placeOf(at)) ?? -1;
    const section = this.#sections[place];
    if (section !== undefined) this.#sections[place] = replace(section);
  }
}

interface SectionPlace {
  readonly check: number;
  readonly index: number;
}

function placeOf({ check, index }: SectionPlace): string {
  return `${check} ${index}`;
}

function decided({ check, section, decision, stored }: Fact<'section.decided'>): TrackedSection {
  const about = { check, section, decision: decision.action, why: decision.why, version: stored };
  return {
    finished: false,
    lost: [],
    outcome:
      decision.action === 'skip'
        ? { ...about, result: 'none' }
        : { ...about, result: 'kept', error: 'ABORTED' },
  };
}

function finished(section: TrackedSection, event: Fact<'section.finished'>): TrackedSection {
  const { error: _, ...about } = section.outcome;
  const { result, version, error } = event;
  return {
    ...section,
    finished: true,
    outcome: { ...about, result, version, ...(error !== undefined && { error }) },
  };
}

function lose(section: TrackedSection, lost: LostFile): TrackedSection {
  return { ...section, lost: [...section.lost, lost] };
}
