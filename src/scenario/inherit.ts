import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sayFileFailure } from './file-failure.ts';
import { FILE_BYTES_MAX, readYaml } from './read-yaml.ts';
import type { ScenarioProblem } from './scenario-problem.ts';
import { joined, type SourceNode } from './source-node.ts';

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
  const path = join(dirname(file), base.path);
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
  return { node: joinScenarios(read.node, reading.node), files: [file, ...read.files] };
}

function baseOf({
  content,
}: SourceNode): { readonly path: string; readonly place: SourceNode['place'] } | undefined {
  const node = content.kind === 'map' ? content.members.get('extends')?.node : undefined;
  if (node?.content.kind !== 'scalar' || typeof node.content.value !== 'string') return undefined;
  return { path: node.content.value, place: node.place };
}

/** Of two words that exclude each other the base's goes. */
const rivals: readonly (readonly [string, string])[] = [
  ['phone', 'phones'],
  ['url', 'files'],
];

function joinScenarios(base: SourceNode, over: SourceNode): SourceNode {
  const kept = without(base, over);
  const [server, overServer] = [memberOf(kept, 'server'), memberOf(over, 'server')];
  if (server === undefined || overServer === undefined || kept.content.kind !== 'map')
    return joined(kept, over);
  const members = new Map(kept.content.members);
  members.set('server', { keyPlace: server.place, node: without(server, overServer) });
  return joined({ ...kept, content: { kind: 'map', members } }, over);
}

function memberOf({ content }: SourceNode, key: string): SourceNode | undefined {
  return content.kind === 'map' ? content.members.get(key)?.node : undefined;
}

function without(base: SourceNode, over: SourceNode): SourceNode {
  if (base.content.kind !== 'map') return base;
  const members = new Map(base.content.members);
  for (const [one, other] of rivals) {
    if (memberOf(over, one) !== undefined) members.delete(other);
    if (memberOf(over, other) !== undefined) members.delete(one);
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
