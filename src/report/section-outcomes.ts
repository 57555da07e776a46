import type { z } from 'zod';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { sectionOutcomeSchema } from './outcome.schema.ts';
import type { TrackedRequest } from './request-outcomes.ts';

export type SectionOutcome = Readonly<z.infer<typeof sectionOutcomeSchema>>;

/** A file of a section that did not become part of the phone. */
export interface LostFile {
  readonly code: string;
  readonly file: string;
  readonly message: string;
}

/** A section in a check: what the outcome says of it, and what is needed to judge it. */
export interface TrackedSection {
  readonly index: number;
  readonly finished: boolean;
  readonly lost: readonly LostFile[];
  /**
   * Until it ends a due section counts as kept by ABORTED: that is what a run that stops here makes of it.
   */
  readonly outcome: SectionOutcome;
}

/**
 * The sections after a fact, in the order they were decided, which is file order. `requests` are those after
 * the same fact.
 */
export function foldSections(
  sections: readonly TrackedSection[],
  event: PhoneEvent,
  requests: readonly TrackedRequest[],
): readonly TrackedSection[] {
  switch (event.type) {
    case 'section.decided':
      return [...sections, decided(event)];
    case 'section.finished':
      return follow(sections, event, (section) => finished(section, event));
    case 'file.refused': {
      const { code, file, message } = event;
      return follow(sections, event, (section) => lose(section, { code, file, message }));
    }
    case 'file.failed': {
      const request = requests.findLast((known) => known.request === event.request);
      if (request === undefined || request.index === null) return sections;
      const { file, check } = request.outcome;
      const lost = { code: event.code, file, message: event.detail };
      return follow(sections, { check, index: request.index }, (section) => lose(section, lost));
    }
    default:
      return sections;
  }
}

function decided({ check, index, section, decision, stored }: Fact<'section.decided'>): TrackedSection {
  const about = { check, section, decision: decision.action, why: decision.why, version: stored };
  return {
    index,
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

/** The last section at that place, replaced; a fact about no such section changes nothing. */
function follow(
  sections: readonly TrackedSection[],
  place: { readonly check: number; readonly index: number },
  replace: (section: TrackedSection) => TrackedSection,
): readonly TrackedSection[] {
  const at = sections.findLastIndex(
    ({ index, outcome }) => index === place.index && outcome.check === place.check,
  );
  const found = sections[at];
  return found === undefined ? sections : sections.with(at, replace(found));
}
