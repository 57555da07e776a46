import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { nearestName } from '../provisioning/nearest-name.ts';
import { quote } from '../provisioning/quote.ts';
import { type FaultComplaint, readFaultRules } from '../server/fault-rules.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import { sayFileFailure } from './file-failure.ts';

/** The rules of a file, or every complaint about it as `FILE:LINE: rule 2 (stall): ...`. */
export type FaultFile =
  | { readonly rules: readonly FaultRule[]; at(complaint: FaultComplaint): string }
  | { readonly complaints: readonly string[] };

/**
 * Reads a file of rules, YAML or JSON: `faults:` with a list, or the list alone. A folder it names counts
 * from its own. Throws nothing.
 */
export function readFaultFile(file: string): FaultFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { complaints: [`${file}: ${sayFileFailure(error)}`] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const said = (offset: number, message: string) => `${file}:${lines.linePos(offset).line}: ${message}`;
  if (document.errors.length > 0) {
    return { complaints: document.errors.map(({ pos, message }) => said(pos[0], `not YAML: ${message}`)) };
  }
  const unknown = unknownKeys(document);
  if (unknown.length > 0) return { complaints: unknown.map(({ offset, message }) => said(offset, message)) };
  const within = isMap(document.contents) ? ['faults'] : [];
  const at = ({ path, message }: FaultComplaint) => said(offsetOf(document, [...within, ...path]), message);
  const read = readFaultRules(listIn(document));
  if (!read.ok) return { complaints: read.complaints.map(at) };
  const rules = read.rules.map((rule) =>
    'from' in rule ? { ...rule, from: resolve(dirname(file), rule.from) } : rule,
  );
  return { rules, at };
}

function unknownKeys({ contents }: Document) {
  if (!isMap(contents)) return [];
  return contents.items.flatMap(({ key }) => {
    const name = String(key);
    if (name === 'faults') return [];
    const hint = nearestName(name, ['faults']) === undefined ? 'expected faults' : 'did you mean faults?';
    return [{ offset: offsetIn(key), message: `${quote(name)} is no key of a file of faults; ${hint}` }];
  });
}

/** Undefined, too, where aliases make more of the text than it should be. */
function listIn(document: Document): unknown {
  try {
    const root: unknown = document.toJS({ maxAliasCount: 100 });
    return typeof root === 'object' && root !== null && 'faults' in root ? root.faults : root;
  } catch {
    return undefined;
  }
}

/** Of what a path leads to, or of the nearest thing around it: what is missing stands nowhere. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return offsetIn(document.contents);
}

function offsetIn(node: unknown): number {
  return isNode(node) && node.range ? node.range[0] : 0;
}
