import { DEFAULT_MAC, DEFAULT_SOFTWARE } from '../device/flash-contents.ts';
import type { Model, Protocol } from '../provisioning/words.ts';
import { nodeAt, type Path, plainValue, type SourceMember, type SourceNode } from './source-node.ts';

/** What a matrix makes of a scenario: as much of it as the matrix names. */
export interface Variant {
  readonly protocol?: Protocol;
  readonly model?: Model;
  readonly software?: string;
}

export interface Matrix {
  readonly protocols?: readonly Protocol[] | undefined;
  readonly models?: readonly Model[] | undefined;
  readonly software?: readonly string[] | undefined;
}

/** Every combination; without a matrix one that names nothing. */
export function variantsOf({ protocols, models, software }: Matrix): readonly Variant[] {
  const each = <K extends keyof Variant>(key: K, values: readonly NonNullable<Variant[K]>[] | undefined) =>
    values === undefined ? [{}] : values.map((value) => ({ [key]: value }));
  return each('protocol', protocols).flatMap((protocol) =>
    each('model', models).flatMap((model) =>
      each('software', software).map((load) => ({ ...protocol, ...model, ...load })),
    ),
  );
}

/** `[http 1230]`; empty without a matrix. */
export function labelOf(variant: Variant): string {
  const words = Object.values(variant);
  return words.length === 0 ? '' : ` [${words.join(' ')}]`;
}

/**
 * The scenario of one variant: `<PROTOCOL>`, `<model>`, `<software>` and `<MAC>` stand for what its first
 * phone and its server have, wherever they stand. Other words in such marks stay.
 */
export function inVariant(root: SourceNode, variant: Variant): SourceNode {
  const phone = nodeAt(root, ['phone']) === undefined ? ['phones', 0] : ['phone'];
  const texts: Readonly<Record<string, string>> = {
    '<PROTOCOL>': (variant.protocol ?? textAt(root, ['server', 'protocol']) ?? 'http').toUpperCase(),
    '<model>': variant.model ?? textAt(root, [...phone, 'model']) ?? '1230',
    '<software>': variant.software ?? textAt(root, [...phone, 'software']) ?? DEFAULT_SOFTWARE,
    '<MAC>': (textAt(root, [...phone, 'mac']) ?? DEFAULT_MAC).replaceAll(/[:.-]/g, '').toUpperCase(),
  };
  return replaced(root, (text) =>
    text.replaceAll(/<(?:PROTOCOL|model|software|MAC)>/g, (mark) => texts[mark] ?? mark),
  );
}

function textAt(root: SourceNode, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node?.content.kind === 'scalar' ? String(plainValue(node)) : undefined;
}

function replaced(node: SourceNode, replace: (text: string) => string): SourceNode {
  const { place, content } = node;
  if (content.kind === 'scalar') {
    return typeof content.value === 'string'
      ? { place, content: { kind: 'scalar', value: replace(content.value) } }
      : node;
  }
  if (content.kind === 'list') {
    return { place, content: { kind: 'list', items: content.items.map((item) => replaced(item, replace)) } };
  }
  const members = [...content.members].map(([key, member]): [string, SourceMember] => [
    replace(key),
    { ...member, node: replaced(member.node, replace) },
  ]);
  return { place, content: { kind: 'map', members: new Map(members) } };
}
