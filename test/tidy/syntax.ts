import { parseSync } from 'rolldown/utils';

/** A node of the syntax tree, as ESTree has it. */
export interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** A node with the one above it, and as what it stands there (`callee`, `property`, `key`). */
export interface PlacedNode {
  readonly node: AstNode;
  readonly parent: AstNode | undefined;
  readonly as: string;
  /** 1-based. */
  readonly line: number;
}

export interface Import {
  readonly specifier: string;
  /** `type`: nothing of it is left when built. */
  readonly kind: 'value' | 'type';
  readonly line: number;
}

export interface Comment {
  /** With its marks, and line ends as they are. */
  readonly text: string;
  readonly line: number;
}

/** A file of code, read. */
export interface Syntax {
  readonly statements: readonly AstNode[];
  readonly nodes: readonly PlacedNode[];
  /** Of values and of types, `export ... from` and `import(...)` included. */
  readonly imports: readonly Import[];
  readonly comments: readonly Comment[];
}

const read = new Map<string, Syntax>();

/** Parses a file of TypeScript or JavaScript; throws on what neither is. */
export function syntaxOf(path: string, text: string): Syntax {
  const key = `${path}\n${text}`;
  const known = read.get(key) ?? parse(path, text);
  read.set(key, known);
  return known;
}

function parse(path: string, text: string): Syntax {
  const { program, comments, errors } = parseSync(path, text, { sourceType: 'module' });
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const lineOf = lineFinder(text);
  const nodes: PlacedNode[] = [];
  collect(program, { parent: undefined, as: 'program' }, (node, place) =>
    nodes.push({ node, ...place, line: lineOf(node.start) }),
  );
  return {
    statements: nodes.flatMap(({ node, parent }) => (parent?.type === 'Program' ? [node] : [])),
    nodes,
    imports: nodes.flatMap(importOf),
    comments: comments.map(({ start, end }) => ({ text: text.slice(start, end), line: lineOf(start) })),
  };
}

type Place = Pick<PlacedNode, 'parent' | 'as'>;

function collect(value: unknown, place: Place, found: (node: AstNode, place: Place) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, place, found);
  } else if (isNode(value)) {
    found(value, place);
    for (const [key, inner] of Object.entries(value)) collect(inner, { parent: value, as: key }, found);
  }
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The name of an identifier; undefined for anything else. */
export function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' && typeof value['name'] === 'string'
    ? value['name']
    : undefined;
}

/** The text of a string literal; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string'
    ? value['value']
    : undefined;
}

const importing = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
];

function importOf({ node, line }: PlacedNode): readonly Import[] {
  const specifier = importing.includes(node.type) ? textOf(node['source']) : undefined;
  const isType =
    node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type';
  return specifier === undefined ? [] : [{ specifier, kind: isType ? 'type' : 'value', line }];
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
