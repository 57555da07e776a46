import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { nearestName } from '../provisioning/nearest-name.ts';
import { quote } from '../provisioning/quote.ts';

/** What is wrong in a JSON file: key, what was found, what was expected. */
export interface JsonProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** A JSON file that people write too: its outermost value, and every problem met so far. */
export interface JsonReading {
  /** Undefined when the text is not JSON. */
  readonly root: JsonValue | undefined;
  /** Grows as the values are asked for what they should be. */
  readonly problems: readonly JsonProblem[];
}

/**
 * Reads JSON for the sake of its line numbers. Never throws: what is wrong with the text itself is in
 * `problems`, and what is wrong with its values comes there as they are asked for. Comments (`#`) and a comma
 * too many are let pass.
 */
export function readJson(text: string): JsonReading {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'json',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const problems: JsonProblem[] = [];
  const file: JsonFile = {
    lineOf: (offset) => lines.linePos(offset).line,
    tell: (line, message) => void problems.push({ line, message }),
  };
  for (const { code, message, pos } of document.errors) {
    // Text without quotes: told with its key when the value is asked for.
    if (code !== 'TAG_RESOLVE_FAILED') file.tell(file.lineOf(pos[0]), `this is not JSON: ${message}`);
  }
  const root =
    problems.length > 0 ? undefined : new JsonValue(file, { key: '', line: 1, node: document.contents });
  return { root, problems };
}

/** More names than these would bury the message. */
const LISTED_MAX = 20;

interface JsonFile {
  lineOf(offset: number): number;
  tell(line: number, message: string): void;
}

/** A value and the key that leads to it. Asked for a kind it is not, it tells so and answers undefined. */
export class JsonValue {
  /** `versions.LANGUAGE`, `files.TONES[0].size`; empty for the outermost value. */
  readonly key: string;
  /** 1-based. */
  readonly line: number;
  readonly #file: JsonFile;
  readonly #node: Node | null;

  constructor(file: JsonFile, value: { key: string; line: number; node: Node | null }) {
    this.#file = file;
    this.#node = value.node;
    this.key = value.key;
    this.line = value.node?.range ? file.lineOf(value.node.range[0]) : value.line;
  }

  /** Tells a problem of this value: its key, then `message`. */
  tell(message: string): undefined {
    this.#file.tell(this.line, `${this.key === '' ? 'the file' : this.key} ${message}`);
    return undefined;
  }

  /** Tells that this value is not what was expected. */
  wrong(expected: string): undefined {
    return this.tell(`is ${this.#found()}; expected ${expected}`);
  }

  isText(): boolean {
    return isScalar(this.#node) && typeof this.#node.value === 'string' && this.#node.type !== 'PLAIN';
  }

  text(expected: string): string | undefined {
    return isScalar(this.#node) && typeof this.#node.value === 'string' && this.isText()
      ? this.#node.value
      : this.wrong(expected);
  }

  textLike(form: RegExp, expected: string): string | undefined {
    const text = this.text(expected);
    return text === undefined || form.test(text) ? text : this.wrong(expected);
  }

  oneOf<W extends string>(words: readonly W[]): W | undefined {
    const expected = words.map((word) => `"${word}"`).join(' or ');
    const text = this.text(expected);
    if (text === undefined) return undefined;
    return words.find((word) => word === text) ?? this.wrong(expected);
  }

  isNull(): boolean {
    return isScalar(this.#node) && this.#node.value === null;
  }

  yesOrNo(): boolean | undefined {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    return typeof value === 'boolean' ? value : this.wrong('true or false, without quotes');
  }

  count(expected: string): number | undefined {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : this.wrong(expected);
  }

  list(expected: string): readonly JsonValue[] | undefined {
    if (!isSeq<Node>(this.#node)) return this.wrong(expected);
    return this.#node.items.map(
      (node, index) => new JsonValue(this.#file, { key: `${this.key}[${index}]`, line: this.line, node }),
    );
  }

  isObject(): boolean {
    return isMap(this.#node);
  }

  /** The members by name; one that stands there twice is told, and counts once. */
  members(expected: string): ReadonlyMap<string, JsonValue> | undefined {
    if (!isMap<Node, Node | null>(this.#node)) return this.wrong(expected);
    const members = new Map<string, JsonValue>();
    for (const pair of this.#node.items) {
      const name = new JsonValue(this.#file, {
        key: this.#inside('a name'),
        line: this.line,
        node: pair.key,
      });
      const text = name.text('text in double quotes');
      if (text === undefined) continue;
      const value = new JsonValue(this.#file, { key: this.#inside(text), line: name.line, node: pair.value });
      const first = members.get(text);
      if (first === undefined) members.set(text, value);
      else value.tell(`stands in line ${first.line} already; expected once`);
    }
    return members;
  }

  /** Tells that the name of this member is none of `known`, and which was probably meant. */
  unknown(name: string, what: string, known: readonly string[]): undefined {
    const meant = nearestName(name, known);
    if (meant !== undefined) return this.tell(`is no ${what}; did you mean ${meant}?`);
    return this.tell(
      `is no ${what}${known.length > LISTED_MAX ? '' : `; expected one of ${known.join(', ')}`}`,
    );
  }

  #inside(name: string): string {
    return this.key === '' ? name : `${this.key}.${name}`;
  }

  #found(): string {
    if (isMap(this.#node)) return 'an object';
    if (isSeq(this.#node)) return 'a list';
    if (!isScalar(this.#node)) return this.#node === null ? 'empty' : 'an alias';
    return this.isText() ? quote(String(this.#node.value)) : (this.#node.source ?? String(this.#node.value));
  }
}
