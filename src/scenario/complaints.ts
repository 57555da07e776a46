import { dirname, resolve } from 'node:path';
import type { Place } from '../report/result.ts';
import type { ScenarioProblem } from './scenario-problem.ts';
import { keyPlaceAt, type Path, placeAt, type SourceNode } from './source-node.ts';

/** A scenario while it is read: where its parts stand, and what is wrong with them so far. */
export class Complaints {
  readonly #root: SourceNode;
  readonly #problems: ScenarioProblem[] = [];

  constructor(root: SourceNode) {
    this.#root = root;
  }

  get problems(): readonly ScenarioProblem[] {
    return this.#problems;
  }

  /** About the value at a path; always undefined, so that it can be returned. */
  tell(path: Path, message: string): undefined {
    this.#problems.push({ place: placeAt(this.#root, path), message });
    return undefined;
  }

  keyPlace(path: Path): Place {
    return keyPlaceAt(this.#root, path);
  }

  place(path: Path): Place {
    return placeAt(this.#root, path);
  }

  /** A file or folder named at a path: it counts from the file that names it. */
  resolve(path: Path, name: string): string {
    return resolve(dirname(placeAt(this.#root, path).file), name);
  }
}
