/** The first few of many by a total order: what is kept of a list that may be as long as the fleet. */
export class FirstFew<T> {
  readonly #max: number;
  readonly #compare: (a: T, b: T) => number;
  #kept: T[] = [];

  constructor(max: number, compare: (a: T, b: T) => number) {
    this.#max = max;
    this.#compare = compare;
  }

  add(one: T): void {
    const last = this.#kept[this.#max - 1];
    if (last !== undefined && this.#compare(one, last) >= 0) return;
    const at = this.#kept.findIndex((kept) => this.#compare(one, kept) < 0);
    this.#kept.splice(at === -1 ? this.#kept.length : at, 0, one);
    if (this.#kept.length > this.#max) this.#kept.pop();
  }

  addAll(some: readonly T[]): void {
    for (const one of some) this.add(one);
  }

  stored(): T[] {
    return [...this.#kept];
  }
}
