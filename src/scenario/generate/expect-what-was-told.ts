import type { JournalEntry } from '../../events/journal.ts';
import { withoutSecrets } from '../../report/secrets.ts';
import type { Draft } from './circumstances.ts';
import type { Trial } from './try-story.ts';

/** What a reader would ask of a fact; what is left out are instants, durations, texts and counts. */
const telling: ReadonlySet<string> = new Set([
  ...['trigger', 'why', 'result', 'question', 'answer', 'by', 'direction', 'how', 'follows', 'outcome'],
  ...['section', 'code', 'severity', 'software', 'user'],
]);

/** More would be a copy of the journal. */
const FACTS_MAX = 3;

/** Expectations that hold of a story: what was told as it came to its matter, and where it left the phone. */
export function expectationsOf({ told = [], later, result }: Trial): readonly Draft[] {
  const facts = [...told, ...(told.length === 0 ? later.slice(0, 1) : [])].slice(0, FACTS_MAX).map(patternOf);
  const state = result.phones[0]?.outcome?.state;
  return [...(facts.length === 0 ? [] : [{ facts }]), ...(state === undefined ? [] : [{ state }])];
}

function patternOf({ event }: JournalEntry): Draft | string {
  const { type, ...fields } = withoutSecrets(event);
  const kept = Object.entries(fields).filter(
    ([name, value]) => telling.has(name) && (typeof value === 'string' || typeof value === 'boolean'),
  );
  return kept.length === 0 ? type : { fact: type, ...Object.fromEntries(kept) };
}
