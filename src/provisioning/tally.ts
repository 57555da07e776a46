/** Lines that share one doubt and are told as one: the first of them and how many more. */
export class Tally {
  /** Line number of the first; undefined while there is none. */
  first: number | undefined;
  #count = 0;

  add(line: number): void {
    this.first ??= line;
    this.#count++;
  }

  /** To be put behind what is said of the first. */
  others(): string {
    if (this.#count < 2) return '';
    return this.#count === 2 ? ' (and 1 more line)' : ` (and ${this.#count - 1} more lines)`;
  }
}
