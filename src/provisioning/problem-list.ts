import type { Problem } from './problem.ts';
import { type ProblemCodeName, problem } from './problem-codes.ts';

/**
 * Problems of one code that are listed for one file; how many more there are is told in one that closes the
 * list.
 */
const PROBLEMS_PER_CODE_MAX = 50;

/** Collects the problems of one file. Bounded, and a flood of one code never hides another. */
export class ProblemList {
  readonly #common: Pick<Problem, 'file' | 'section'>;
  readonly #problems: Problem[] = [];
  readonly #counts = new Map<ProblemCodeName, number>();

  constructor(common: Pick<Problem, 'file' | 'section'>) {
    this.#common = common;
  }

  tell(code: ProblemCodeName, at: Pick<Problem, 'line' | 'section' | 'message'>): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= PROBLEMS_PER_CODE_MAX) this.#problems.push(problem(code, { ...this.#common, ...at }));
  }

  /** All of them by line; those about the whole file come first. */
  all(): readonly Problem[] {
    const byLine = this.#problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return [...byLine, ...this.#closing()];
  }

  #closing(): Problem[] {
    return [...this.#counts]
      .filter(([, count]) => count > PROBLEMS_PER_CODE_MAX)
      .map(([code, count]) =>
        problem(code, {
          ...this.#common,
          message: `and ${count - PROBLEMS_PER_CODE_MAX} more problems ${code} in this file, not listed`,
        }),
      );
  }
}
