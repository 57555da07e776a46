import type { Place } from '../report/result.ts';

/** A value of a scenario file and where it stands. */
export interface SourceNode {
  readonly place: Place;
  readonly content:
    | { readonly kind: 'map'; readonly members: ReadonlyMap<string, SourceMember> }
    | { readonly kind: 'list'; readonly items: readonly SourceNode[] }
    /** `text`: as it was written, of a number or such that a text may be meant by. */
    | { readonly kind: 'scalar'; readonly value: unknown; readonly text?: string };
}

export interface SourceMember {
  readonly keyPlace: Place;
  readonly node: SourceNode;
}

export type Path = readonly PropertyKey[];

/** The value alone. */
export function plainValue({ content }: SourceNode): unknown {
  switch (content.kind) {
    case 'map':
      return Object.fromEntries([...content.members].map(([key, { node }]) => [key, plainValue(node)]));
    case 'list':
      return content.items.map(plainValue);
    case 'scalar':
      return content.value;
  }
}

/** What stands at a path. */
export function nodeAt(root: SourceNode, path: Path): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const key of path) node = node && childOf(node, key);
  return node;
}

function childOf({ content }: SourceNode, key: PropertyKey): SourceNode | undefined {
  if (content.kind === 'map') return content.members.get(String(key))?.node;
  return content.kind === 'list' ? content.items[Number(key)] : undefined;
}

/** Where a path leads: to its value, or as near to it as the file goes. */
export function placeAt(root: SourceNode, path: Path): Place {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(root, path.slice(0, length));
    if (node !== undefined) return node.place;
  }
  return root.place;
}

/** Where the key that a path ends with stands. */
export function keyPlaceAt(root: SourceNode, path: Path): Place {
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (parent?.content.kind !== 'map' || key === undefined) return placeAt(root, path);
  return parent.content.members.get(String(key))?.keyPlace ?? parent.place;
}

/** The tree with what stands at a path replaced by its text as it was written. */
export function withTextAt(root: SourceNode, path: Path): SourceNode {
  const [key, ...rest] = path;
  const { place, content } = root;
  if (key === undefined) {
    return content.kind === 'scalar' && content.text !== undefined
      ? { place, content: { kind: 'scalar', value: content.text } }
      : root;
  }
  if (content.kind === 'map') {
    const members = new Map(content.members);
    const member = members.get(String(key));
    if (member !== undefined) members.set(String(key), { ...member, node: withTextAt(member.node, rest) });
    return { place, content: { kind: 'map', members } };
  }
  if (content.kind !== 'list') return root;
  const items = content.items.map((item, index) => (index === key ? withTextAt(item, rest) : item));
  return { place, content: { kind: 'list', items } };
}

/** `base` with what `over` says instead: maps are joined key by key, all else is replaced. */
export function joined(base: SourceNode, over: SourceNode): SourceNode {
  if (base.content.kind !== 'map' || over.content.kind !== 'map') return over;
  const members = new Map(base.content.members);
  for (const [key, member] of over.content.members) {
    const below = members.get(key);
    members.set(key, below === undefined ? member : { ...member, node: joined(below.node, member.node) });
  }
  return { place: over.place, content: { kind: 'map', members } };
}

/** A tree of a plain value, such as a scenario written in TypeScript. */
export function nodeOf(value: unknown, place: Place): SourceNode {
  if (Array.isArray(value)) {
    return { place, content: { kind: 'list', items: value.map((item) => nodeOf(item, place)) } };
  }
  if (typeof value !== 'object' || value === null) return { place, content: { kind: 'scalar', value } };
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => [key, { keyPlace: place, node: nodeOf(inner, place) }] as const);
  return { place, content: { kind: 'map', members: new Map(members) } };
}
