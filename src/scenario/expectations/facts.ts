import { formatDuration } from '../../clock/durations.ts';
import type { JournalEntry } from '../../events/journal.ts';
import { sayNoPoll } from '../../report/reasons.ts';
import type { Expected } from '../expectation.schema.ts';
import { matchesFact, sayFact, sayPattern } from '../fact-match.ts';
import type { FactPattern } from '../fact-pattern.schema.ts';
import { type Finding, found, type View } from '../finding.ts';

/** Such facts were told in this order; others may stand between. */
export function facts(wanted: readonly FactPattern[], view: View): Finding {
  const { entries } = view.record;
  const expected = wanted.map(sayPattern).join('\n');
  let from = 0;
  let last: JournalEntry | undefined;
  for (const pattern of wanted) {
    const place = indexFrom(entries, from, pattern);
    if (place === -1) {
      const after = last === undefined ? '' : ` after ${sayFact(last.event)}`;
      const text = `no ${sayPattern(pattern)}${after}${likes(entries.slice(from), pattern)}${whyNoPoll(pattern, view)}`;
      return found(false, expected, text, { near: last });
    }
    last = entries[place];
    from = place + 1;
  }
  return found(true, expected, 'all of them, in this order');
}

/** No such fact was told. */
export function factsAbsent(wanted: readonly FactPattern[], { record }: View): Finding {
  const entry = record.entries.find(({ event }) => wanted.some((pattern) => matchesFact(pattern, event)));
  const expected = `no ${wanted.map(sayPattern).join(', no ')}`;
  return found(entry === undefined, expected, entry === undefined ? 'none' : sayFact(entry.event), {
    near: entry,
  });
}

/** Such facts were told so many times. */
export function factsTimes(wanted: Expected<'facts.times'>, view: View): Finding {
  const counted = wanted.map(({ of: pattern, times }) => {
    const told = view.record.entries.filter(({ event }) => matchesFact(pattern, event));
    return { pattern, times, told };
  });
  const wrong = counted.filter(({ times, told }) => times !== told.length);
  const shown = wrong.length > 0 ? wrong : counted;
  return found(
    wrong.length === 0,
    shown.map(({ pattern, times }) => `${times} x ${sayPattern(pattern)}`).join('\n'),
    shown
      .map(({ pattern, told }) => `${told.length} x ${sayPattern(pattern)}${whyNoPoll(pattern, view)}`)
      .join('\n'),
    {
      near: wrong[0]?.told.at(-1),
      instead: counted.map(({ pattern, told }) => ({ times: told.length, of: written(pattern) })),
    },
  );
}

/** How long it took from one fact to the next of another kind. */
export function durations(wanted: Expected<'durations'>, { record }: View): Finding {
  const { entries } = record;
  const measured = wanted.map(({ from, to, atLeast = 0, atMost = Number.POSITIVE_INFINITY }) => {
    const start = indexFrom(entries, 0, from);
    const end = start === -1 ? -1 : indexFrom(entries, start + 1, to);
    const [first, last] = [entries[start], entries[end]];
    const ms = first === undefined || last === undefined ? undefined : last.at - first.at;
    const limits = [
      ...(atLeast > 0 ? [`at least ${formatDuration(atLeast)}`] : []),
      ...(Number.isFinite(atMost) ? [`at most ${formatDuration(atMost)}`] : []),
    ];
    return {
      holds: ms !== undefined && ms >= atLeast && ms <= atMost,
      expected: `${sayPattern(from)} to ${sayPattern(to)}: ${limits.join(', ') || 'any time'}`,
      found: ms === undefined ? `no ${sayPattern(first === undefined ? from : to)}` : formatDuration(ms),
      near: last ?? first,
    };
  });
  const wrong = measured.filter(({ holds }) => !holds);
  const shown = wrong.length > 0 ? wrong : measured;
  return found(
    wrong.length === 0,
    shown.map((one) => one.expected).join('\n'),
    shown.map((one) => one.found).join('\n'),
    { near: wrong[0]?.near },
  );
}

/** As a file has it: a type alone needs no braces. */
function written(pattern: FactPattern): unknown {
  return Object.keys(pattern).length === 1 ? pattern.fact : pattern;
}

function indexFrom(entries: readonly JournalEntry[], from: number, pattern: FactPattern): number {
  for (let index = from; index < entries.length; index++) {
    const entry = entries[index];
    if (entry !== undefined && matchesFact(pattern, entry.event)) return index;
  }
  return -1;
}

const LIKE_MAX = 3;

/** Facts of the same type, which is where one looks next. */
function likes(entries: readonly JournalEntry[], { fact }: FactPattern): string {
  const like = entries.filter(({ event }) => event.type === fact);
  if (like.length === 0) return '';
  const more = like.length > LIKE_MAX ? `, and ${like.length - LIKE_MAX} more` : '';
  return `; but ${like
    .slice(0, LIKE_MAX)
    .map(({ event }) => sayFact(event))
    .join(', ')}${more}`;
}

function whyNoPoll({ fact, trigger }: FactPattern, { record }: View): string {
  const { noPollBecause } = record;
  const isOfPoll = fact.startsWith('poll.') || trigger === 'poll';
  return isOfPoll && noPollBecause !== undefined ? `; no poll is ahead: ${sayNoPoll(noPollBecause)}` : '';
}
