import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Place } from '../report/result.ts';
import type { ScenarioProblem } from './scenario-problem.ts';
import type { SourceMember, SourceNode } from './source-node.ts';

export type YamlReading = { readonly node: SourceNode } | { readonly problems: readonly ScenarioProblem[] };

/** Of a scenario file. */
export const FILE_BYTES_MAX = 1024 * 1024;
/** Aliases may stand for much: so many values in all. */
const VALUES_MAX = 100_000;
const DEPTH_MAX = 64;

/**
 * Reads a YAML 1.2 file for the sake of its places. Never throws. `yes` and `on` are texts, and so is a
 * number that begins with 0: a version is no number.
 */
export function readYaml(text: string, file: string): YamlReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problems = document.errors.map(({ message, pos }) => ({ place: placeOf(pos[0]), message }));
  if (problems.length > 0) return { problems };
  try {
    return { node: new Reader(document, placeOf).read(document.contents, placeOf(0), 0) };
  } catch (error) {
    if (error instanceof TooMuch) return { problems: [error.problem] };
    throw error;
  }
}

class TooMuch extends Error {
  readonly problem: ScenarioProblem;

  constructor(place: Place, message: string) {
    super(message);
    this.problem = { place, message };
  }
}

class Reader {
  readonly #document: Document;
  readonly #placeOf: (offset: number) => Place;
  #values = 0;

  constructor(document: Document, placeOf: (offset: number) => Place) {
    this.#document = document;
    this.#placeOf = placeOf;
  }

  /** `outer`: where something stands that has no place of its own. */
  read(node: Node | null, outer: Place, depth: number): SourceNode {
    const place = node?.range ? this.#placeOf(node.range[0]) : outer;
    if (++this.#values > VALUES_MAX) throw new TooMuch(place, `more than ${VALUES_MAX} values`);
    if (depth > DEPTH_MAX) throw new TooMuch(place, `more than ${DEPTH_MAX} levels`);
    if (isAlias(node)) return { ...this.read(node.resolve(this.#document) ?? null, place, depth + 1), place };
    if (isMap<Node, Node | null>(node)) {
      const members = node.items.map((pair): [string, SourceMember] => {
        const keyPlace = pair.key.range ? this.#placeOf(pair.key.range[0]) : place;
        return [keyText(pair.key), { keyPlace, node: this.read(pair.value, keyPlace, depth + 1) }];
      });
      return { place, content: { kind: 'map', members: new Map(members) } };
    }
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => this.read(item, place, depth + 1));
      return { place, content: { kind: 'list', items } };
    }
    return { place, content: scalar(node) };
  }
}

function keyText(key: Node): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}

const LEADING_ZERO = /^0\d+$/;

function scalar(node: Node | null): Extract<SourceNode['content'], { kind: 'scalar' }> {
  if (!isScalar(node)) return { kind: 'scalar', value: null };
  const { value, source } = node;
  if (typeof value === 'string' || value === null || source === undefined) return { kind: 'scalar', value };
  return LEADING_ZERO.test(source)
    ? { kind: 'scalar', value: source }
    : { kind: 'scalar', value, text: source };
}
