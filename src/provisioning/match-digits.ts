import type { DigitProgram } from './digit-pattern.ts';

/** How keys stand to a pattern. */
export interface DigitMatch {
  /**
   * The keys that `$$` stands for when the pattern matches all that was dialed; undefined when it does not.
   */
  readonly matched: string | undefined;
  /** Whether more keys could make it match. */
  readonly isOpen: boolean;
}

/** One way through a program: where it stands and what it has captured. */
interface Thread {
  readonly at: number;
  readonly captured: string;
}

/** Runs a program over dialed keys (upper case): steps times keys at the most. The preferred way wins. */
export function matchDigits(program: DigitProgram, dialed: string): DigitMatch {
  let threads = follow(program, [{ at: 0, captured: '' }]);
  for (const key of dialed) {
    threads = follow(
      program,
      threads.flatMap(({ at, captured }) => {
        const step = program[at];
        if (step?.step !== 'key' || !step.keys.includes(key)) return [];
        return [{ at: at + 1, captured: step.captured ? captured + key : captured }];
      }),
    );
  }
  return {
    matched: threads.find(({ at }) => program[at]?.step === 'match')?.captured,
    isOpen: threads.some(({ at }) => program[at]?.step === 'key'),
  };
}

/** Goes over forks and jumps until each way stands before a key or at the end; a place is stood at once. */
function follow(program: DigitProgram, threads: readonly Thread[]): readonly Thread[] {
  const seen = new Set<number>();
  const standing: Thread[] = [];
  const waiting = threads.toReversed();
  for (let thread = waiting.pop(); thread !== undefined; thread = waiting.pop()) {
    const { at, captured } = thread;
    if (seen.has(at)) continue;
    seen.add(at);
    const step = program[at];
    if (step?.step === 'jump') waiting.push({ at: step.to, captured });
    else if (step?.step === 'fork') waiting.push({ at: step.second, captured }, { at: step.first, captured });
    else standing.push(thread);
  }
  return standing;
}
