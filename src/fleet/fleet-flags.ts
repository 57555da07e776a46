import { nodeOf, type SourceMember, type SourceNode } from '../scenario/source-node.ts';

/** What a flag says, as the file would at that path. */
export interface FlagValue {
  /** `--count`: where its problems are said to be. */
  readonly flag: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A file with what flags say instead: each replaces all that stands at its path. */
export function withFlags(root: SourceNode, flags: readonly FlagValue[]): SourceNode {
  return flags.reduce((node, { flag, path, value }) => {
    const place = { file: flag, line: 0, column: 0 };
    return replaced(node, path, nodeOf(value, place));
  }, root);
}

function replaced(root: SourceNode, path: readonly string[], value: SourceNode): SourceNode {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const members = new Map<string, SourceMember>(root.content.kind === 'map' ? root.content.members : []);
  const below = members.get(key)?.node ?? {
    place: value.place,
    content: { kind: 'map', members: new Map() },
  };
  members.set(key, { keyPlace: value.place, node: replaced(below, rest, value) });
  return { place: root.place, content: { kind: 'map', members } };
}
