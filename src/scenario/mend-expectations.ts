import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, parse, parseDocument } from 'yaml';

/** A value that takes another's place in a scenario file. */
export interface Mending {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** The text of a scenario file with some values replaced; comments and all else stay as they are. */
export function mendExpectations(text: string, mendings: readonly Mending[]): string {
  const document = parseDocument(text);
  for (const { path, value } of mendings) {
    const node = document.getIn(path, true);
    document.setIn(
      path,
      mended(node, value, (fresh) => document.createNode(fresh)),
    );
  }
  const printed = document.toString({ lineWidth: 0 });
  const kept = asWritten(printed, text);
  return isDeepStrictEqual(parse(kept), parse(printed)) ? kept : printed;
}

/** Printing lays out blanks anew; a line that says the same keeps those it had. */
function asWritten(printed: string, before: string): string {
  const lines = new Map(before.split('\n').map((line) => [unpadded(line), line]));
  return printed
    .split('\n')
    .map((line) => lines.get(unpadded(line)) ?? line)
    .join('\n');
}

/** Without what printing may add or take: blanks inside brackets and before a comment. */
function unpadded(line: string): string {
  return line
    .replaceAll(/([[{]) +/g, '$1')
    .replaceAll(/ +([\]}])/g, '$1')
    .replace(/ +#/, ' #');
}

/** The node with as much of it kept as says the same. */
function mended(node: unknown, value: unknown, create: (value: unknown) => Node): unknown {
  if (isMap(node) && isRecord(value)) {
    for (const [key, inner] of Object.entries(value))
      node.set(key, mended(node.get(key, true), inner, create));
    return node;
  }
  if (isSeq<Node>(node) && Array.isArray(value)) {
    const old = [...node.items];
    node.items = value.map((inner: unknown) => {
      const same = old.findIndex((item) => isScalar(item) && item.value === inner);
      return (same >= 0 ? old.splice(same, 1)[0] : undefined) ?? create(inner);
    });
    return node;
  }
  if (isScalar(node) && (typeof value !== 'object' || value === null)) {
    if (node.value !== value) node.value = value;
    return node;
  }
  return create(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
