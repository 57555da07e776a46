/*
 * DRegex, the patterns of a dialing plan (M44 p100, table 8): digits, `*`, `#` and A-D as they are (A-D in
 * either case), `x` any digit, `[29]` `[2-9]` `[^15]` one of some, `{m}` `{m,}` `{,n}` `{m,n}` repetitions of
 * what stands before, `( )` what `$$` is to be, `|` between patterns. `*` is the key, never a repetition;
 * `?`, `+` and `.` are not in the table.
 *
 * A pattern becomes a small program (Thompson 1968, Pike's form of it), so that a plan costs time in
 * proportion to its size and to the number dialed, whatever it says.
 */

/** One step of a program. */
export type DigitStep =
  /** Takes one of these keys; `captured`: it belongs to `$$`. */
  | { readonly step: 'key'; readonly keys: string; readonly captured: boolean }
  /** Goes on at both places, the first preferred. */
  | { readonly step: 'fork'; readonly first: number; readonly second: number }
  | { readonly step: 'jump'; readonly to: number }
  | { readonly step: 'match' };

export type DigitProgram = readonly DigitStep[];

/** Every key that can be dialed. */
export const DIALED_KEYS = '0123456789*#ABCD';

const DIGITS = '0123456789';
/** Our own limits: no number is as long, no plan as deep. */
const REPETITIONS_MAX = 64;
const STEPS_MAX = 2_000;
const NESTING_MAX = 8;

/** A program for each of the patterns that `|` parts, or what is wrong with the text. */
export function compileDigitPattern(text: string): readonly DigitProgram[] | string {
  try {
    const reader = new PatternReader(text.replaceAll(/[ \t]/g, '').toUpperCase());
    return reader.alternatives().map(programOf);
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

type Node =
  | { readonly node: 'keys'; readonly keys: string }
  | { readonly node: 'group'; readonly alternatives: readonly (readonly Node[])[] }
  | { readonly node: 'repeat'; readonly inner: Node; readonly least: number; readonly most: number };

/** Never leaves this file. */
class PatternFault extends Error {}

/** Reads a pattern without blanks, in upper case. */
class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternatives(): readonly (readonly Node[])[] {
    const found = this.#alternatives(0);
    if (this.#at < this.#text.length) throw new PatternFault(`"${this.#text[this.#at]}" closes nothing`);
    return found;
  }

  #alternatives(depth: number): readonly (readonly Node[])[] {
    const found = [this.#sequence(depth)];
    while (this.#takes('|')) found.push(this.#sequence(depth));
    return found;
  }

  #sequence(depth: number): readonly Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#next())) nodes.push(this.#repeated(depth));
    if (nodes.length === 0) throw new PatternFault('a pattern is empty');
    return nodes;
  }

  #repeated(depth: number): Node {
    let inner = this.#single(depth);
    while (this.#takes('{')) inner = { node: 'repeat', inner, ...this.#counts() };
    return inner;
  }

  #single(depth: number): Node {
    const key = this.#next();
    this.#at += 1;
    if (key === '(') return this.#group(depth + 1);
    if (key === '[') return { node: 'keys', keys: this.#selector() };
    if (key === 'X') return { node: 'keys', keys: DIGITS };
    if (DIALED_KEYS.includes(key)) return { node: 'keys', keys: key };
    throw new PatternFault(`"${key}" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |`);
  }

  #group(depth: number): Node {
    if (depth > NESTING_MAX) throw new PatternFault(`parentheses are nested more than ${NESTING_MAX} deep`);
    const alternatives = this.#alternatives(depth);
    if (!this.#takes(')')) throw new PatternFault('a parenthesis is not closed');
    return { node: 'group', alternatives };
  }

  #selector(): string {
    const end = this.#text.indexOf(']', this.#at);
    if (end === -1) throw new PatternFault('a bracket is not closed');
    const isInverted = this.#takes('^');
    const inside = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    const keys = keysOfSelector(inside);
    return isInverted ? [...DIGITS].filter((digit) => !keys.includes(digit)).join('') : keys;
  }

  #counts(): { least: number; most: number } {
    const end = this.#text.indexOf('}', this.#at);
    const inside = this.#text.slice(this.#at, Math.max(end, this.#at));
    const [, least = '', comma, most = ''] = /^(\d{0,3})(?:(,)(\d{0,3}))?$/.exec(inside) ?? [];
    if (end === -1 || (least === '' && most === '')) {
      throw new PatternFault(`{${inside}} is no count; expected {m}, {m,}, {,n} or {m,n}`);
    }
    this.#at = end + 1;
    const lowest = Number(least);
    const highest = most === '' ? (comma === undefined ? lowest : Number.POSITIVE_INFINITY) : Number(most);
    const largest = Number.isFinite(highest) ? highest : lowest;
    if (largest > REPETITIONS_MAX || lowest > highest || highest === 0) {
      throw new PatternFault(`{${inside}} is no count from 1 to ${REPETITIONS_MAX}`);
    }
    return { least: lowest, most: highest };
  }

  #takes(key: string): boolean {
    if (this.#next() !== key) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    return this.#text.charAt(this.#at);
  }
}

function keysOfSelector(inside: string): string {
  let keys = '';
  for (const [part, first = '', last] of inside.matchAll(/(.)(?:-(.))?/g)) {
    const from = DIALED_KEYS.indexOf(first);
    const to = DIALED_KEYS.indexOf(last ?? first);
    // A range stays within digits or within letters.
    const isRange = last === undefined || DIGITS.includes(first) === DIGITS.includes(last);
    if (from === -1 || to < from || !isRange)
      throw new PatternFault(`[${inside}]: "${part}" is no key and no range`);
    keys += DIALED_KEYS.slice(from, to + 1);
  }
  if (keys === '') throw new PatternFault('a selector is empty');
  return keys;
}

function programOf(nodes: readonly Node[]): DigitProgram {
  const steps: DigitStep[] = [];
  const capturesAll = !nodes.some(hasGroup);
  for (const node of nodes) emit(steps, node, capturesAll);
  add(steps, { step: 'match' });
  return steps;
}

function hasGroup(node: Node): boolean {
  return node.node === 'group' || (node.node === 'repeat' && hasGroup(node.inner));
}

function emit(steps: DigitStep[], node: Node, captured: boolean): void {
  switch (node.node) {
    case 'keys':
      add(steps, { step: 'key', keys: node.keys, captured });
      break;
    case 'group':
      emitAlternatives(steps, node.alternatives);
      break;
    case 'repeat':
      emitRepetition(steps, node, captured);
      break;
  }
}

function emitAlternatives(steps: DigitStep[], alternatives: readonly (readonly Node[])[]): void {
  const jumps: number[] = [];
  for (const [index, nodes] of alternatives.entries()) {
    const forkAt = index < alternatives.length - 1 ? reserve(steps) : undefined;
    for (const node of nodes) emit(steps, node, true);
    if (forkAt === undefined) continue;
    jumps.push(reserve(steps));
    steps[forkAt] = { step: 'fork', first: forkAt + 1, second: steps.length };
  }
  for (const at of jumps) steps[at] = { step: 'jump', to: steps.length };
}

function emitRepetition(
  steps: DigitStep[],
  { inner, least, most }: Extract<Node, { node: 'repeat' }>,
  captured: boolean,
): void {
  for (let count = 0; count < least; count++) emit(steps, inner, captured);
  const forks: number[] = [];
  const isEndless = most === Number.POSITIVE_INFINITY;
  for (let count = isEndless ? 0 : least; count < (isEndless ? 1 : most); count++) {
    const forkAt = reserve(steps);
    forks.push(forkAt);
    emit(steps, inner, captured);
    if (isEndless) add(steps, { step: 'jump', to: forkAt });
  }
  for (const at of forks) steps[at] = { step: 'fork', first: at + 1, second: steps.length };
}

function reserve(steps: DigitStep[]): number {
  add(steps, { step: 'jump', to: steps.length + 1 });
  return steps.length - 1;
}

function add(steps: DigitStep[], step: DigitStep): void {
  if (steps.length >= STEPS_MAX)
    throw new PatternFault(`the pattern has more than ${STEPS_MAX} steps written out`);
  steps.push(step);
}
