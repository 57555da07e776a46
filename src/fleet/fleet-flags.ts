import { withoutRivals } from '../scenario/inherit.ts';
import { wordsOfUrl } from '../scenario/server-case.ts';
import { nodeOf, type SourceMember, type SourceNode } from '../scenario/source-node.ts';

/** What a flag says, as the file would at that path. */
export interface FlagValue {
  /** `--count`: where its problems are said to be. */
  readonly flag: string;
  readonly path: readonly string[];
  readonly value: unknown;
  /** It is of the environment, which goes for every run: where it means nothing it does not count. */
  readonly standsBack?: boolean;
}

/** A file with what flags say instead: each replaces all that stands at its path, and its rivals. */
export function withFlags(root: SourceNode, flags: readonly FlagValue[]): SourceNode {
  const nothing: SourceNode = { place: root.place, content: { kind: 'map', members: new Map() } };
  const counted = flags.filter((flag) => flag.standsBack !== true || isMeant(flag, root));
  return counted.reduce(put, withoutRivals(root, counted.reduce(put, nothing)));
}

/** Trust is for a server of yours: others are taken as they are. */
function isMeant({ path: [block, word] }: FlagValue, root: SourceNode): boolean {
  const isOfUrl = block === 'server' && wordsOfUrl.some((one) => one === word);
  return !isOfUrl || memberOf(memberOf(root, 'server'), 'url') !== undefined;
}

function memberOf(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return node?.content.kind === 'map' ? node.content.members.get(key)?.node : undefined;
}

function put(root: SourceNode, { flag, path, value }: FlagValue): SourceNode {
  return replaced(root, path, nodeOf(value, { file: flag, line: 0, column: 0 }));
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
