import { coverageComplaint, coverageSentence, covered } from './coverage.ts';
import type { Layout } from './layout.ts';
import type { Coverage } from './result.ts';

/** For a terminal: what nobody took, how much that leaves, and whether it is enough. */
export function coverageLines(coverage: Coverage, layout: Layout): readonly string[] {
  return [
    ...coverage.machines.flatMap((counts) =>
      covered.flatMap((kind) =>
        missedLines(`${kind} of ${counts.machine} not taken`, counts[kind].missed, layout),
      ),
    ),
    ...coverageSummary(coverage, layout),
  ];
}

/** The same without names. */
export function coverageSummary(coverage: Coverage, { palette }: Layout): readonly string[] {
  const complaint = coverageComplaint(coverage);
  return [
    `statechart coverage: ${coverageSentence(coverage)}`,
    ...(complaint === undefined ? [] : [palette.bad(complaint)]),
  ];
}

function missedLines(title: string, missed: readonly string[], { palette }: Layout): readonly string[] {
  if (missed.length === 0) return [];
  return [palette.strong(`${title}:`), ...missed.map((name) => `  ${name}`)];
}
