import type { Place } from '../report/result.ts';

/** What is wrong in a scenario file: what was found, what was expected, where. */
export interface ScenarioProblem {
  readonly place: Place;
  readonly message: string;
}

/** `boot.yaml:12:5: "advence" is no step; did you mean advance?` */
export function sayProblem({ place: { file, line, column }, message }: ScenarioProblem): string {
  return line === 0 ? `${file}: ${message}` : `${file}:${line}:${column}: ${message}`;
}

/** Scenarios that cannot be run as they stand. The message is every problem, a line each. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code = 'INVALID';
  readonly problems: readonly ScenarioProblem[];

  constructor(problems: readonly ScenarioProblem[]) {
    super(problems.map(sayProblem).join('\n'));
    this.problems = problems;
  }
}
