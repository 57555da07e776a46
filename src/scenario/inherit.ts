import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { sayFileFailure } from './file-failure.ts';
import { FILE_BYTES_MAX, readYaml } from './read-yaml.ts';
import type { ScenarioProblem } from './scenario-problem.ts';
import { joined, type SourceMember, type SourceNode } from './source-node.ts';

/** A scenario may extend one that extends another, so many deep. */
const EXTENDS_DEPTH_MAX = 10;

export interface Inherited {
  readonly node: SourceNode;
  /** The file itself first, then what it extends. */
  readonly files: readonly string[];
}

export type InheritedReading = Inherited | { readonly problems: readonly ScenarioProblem[] };

/** Reads a scenario file and what it extends, joined to one. Never throws. */
export function readInherited(file: string): InheritedReading {
  return readWithBases(file, []);
}

function readWithBases(file: string, above: readonly string[]): InheritedReading {
  const text = readText(file);
  if (typeof text !== 'string') return { problems: [problemOf(file, text.message)] };
  const reading = readYaml(text, file);
  if ('problems' in reading) return reading;
  const base = baseOf(reading.node);
  if (base === undefined) return { node: reading.node, files: [file] };
  const path = isAbsolute(base.path) ? base.path : join(dirname(file), base.path);
  const files = [...above, file];
  if (files.includes(path)) {
    return {
      problems: [{ place: base.place, message: `extends in a circle: ${[...files, path].join(' -> ')}` }],
    };
  }
  if (files.length > EXTENDS_DEPTH_MAX) {
    return { problems: [{ place: base.place, message: `extends more than ${EXTENDS_DEPTH_MAX} deep` }] };
  }
  if (typeof readText(path) !== 'string') {
    return { problems: [{ place: base.place, message: `extends ${path}, which cannot be read` }] };
  }
  const read = readWithBases(path, files);
  if ('problems' in read) return read;
  return { node: joined(withoutRivals(read.node, reading.node), reading.node), files: [file, ...read.files] };
}

function baseOf({
  content,
}: SourceNode): { readonly path: string; readonly place: SourceNode['place'] } | undefined {
  const node = content.kind === 'map' ? content.members.get('extends')?.node : undefined;
  if (node?.content.kind !== 'scalar' || typeof node.content.value !== 'string') return undefined;
  return { path: node.content.value, place: node.place };
}

/** Words of which there is one, by where they stand. */
const rivals = new Map<string, readonly string[]>([
  ['', ['phone', 'phones']],
  ['.server', ['url', 'files']],
  ['.fleet', ['macBase', 'identities']],
  ['.fleet.arrivals', ['ramp', 'rate', 'poisson', 'pollWindow', 'concurrency']],
]);

/** The base without what `over` says by another word. */
export function withoutRivals(base: SourceNode, over: SourceNode, path = ''): SourceNode {
  if (base.content.kind !== 'map' || over.content.kind !== 'map') return base;
  const said = over.content.members;
  const words = rivals.get(path) ?? [];
  const isSaid = words.some((word) => said.has(word));
  const members = new Map<string, SourceMember>();
  for (const [key, member] of base.content.members) {
    const above = said.get(key);
    if (above !== undefined) {
      members.set(key, { ...member, node: withoutRivals(member.node, above.node, `${path}.${key}`) });
    } else if (!isSaid || !words.includes(key)) members.set(key, member);
  }
  return { ...base, content: { kind: 'map', members } };
}

function readText(file: string): string | Error {
  try {
    const { size } = statSync(file);
    if (size > FILE_BYTES_MAX) return new Error(`has ${size} bytes; expected at most ${FILE_BYTES_MAX}`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    return new Error(sayFileFailure(error));
  }
}

function problemOf(file: string, message: string): ScenarioProblem {
  return { place: { file, line: 0, column: 0 }, message };
}
