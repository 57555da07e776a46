import { sectionNames } from '../../provisioning/words.ts';
import type { SectionOutcome } from '../../report/section-outcomes.ts';
import type { Expected } from '../expectation.schema.ts';
import { matches } from '../fact-match.ts';
import { type Compared, type Finding, foundAll, lastEntry, type View } from '../finding.ts';

/** What became of each section named, in its last check or the one that is named. */
export function sections(wanted: Expected<'sections'>, view: View): Finding {
  const judged = view.record.outcome()?.sections ?? [];
  const compared = sectionNames.flatMap((name): Compared[] => {
    const one = wanted[name];
    if (one === undefined) return [];
    const { check, ...fields } = { check: undefined, ...one };
    const is = judged.findLast((entry) => entry.section === name && (check ?? entry.check) === entry.check);
    return [compare(name, fields, is)];
  });
  const wrong = compared.find(({ holds }) => !holds)?.name;
  return foundAll(
    compared,
    lastEntry(view, ({ event }) => event.type === 'section.finished' && event.section === wrong) ??
      lastEntry(view, ({ event }) => event.type === 'section.decided' && event.section === wrong),
  );
}

function compare(name: string, wanted: object, is: SectionOutcome | undefined): Compared {
  const fields = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  if (fields['why'] === 'absent')
    return { name, wanted: 'absent', is: is?.why ?? 'absent', holds: is === undefined };
  if (is === undefined) return { name, wanted: short(fields), is: 'absent', holds: false };
  // A section that was not completed says why, asked or not.
  const told = Object.entries(is).filter(([key]) => key in fields || key === 'error');
  return {
    name,
    wanted: short(fields),
    is: short(Object.fromEntries(told)),
    holds: matches(fields, is),
  };
}

/** A reason alone stands for itself. */
function short(fields: object): unknown {
  return Object.keys(fields).join() === 'why' ? Object.values(fields)[0] : fields;
}
