import type { z } from 'zod';
import { expectedBy } from '../report/expected.ts';
import { readFaultRules } from '../server/fault-rules.ts';
import { type ScenarioProblem, sayProblem } from './scenario-problem.ts';
import {
  keyPlaceAt,
  nodeAt,
  type Path,
  placeAt,
  plainValue,
  type SourceNode,
  withTextAt,
} from './source-node.ts';

type Issue = z.core.$ZodIssue;

export type Judged<S extends z.ZodType> =
  | { readonly value: z.output<S>; readonly node: SourceNode }
  | { readonly problems: readonly ScenarioProblem[] };

/** So many scalars may be taken for their text, one after the other. */
const TEXTS_MAX = 10_000;

/**
 * Holds a file against its schema and gives every problem its place. A number where a text is expected is
 * taken for its text as it was written: `LANGUAGE: 200001` is a version, and `model: 1230` a model.
 */
export function judgeNode<S extends z.ZodType>(schema: S, node: SourceNode): Judged<S> {
  let read = node;
  for (let round = 0; round < TEXTS_MAX; round++) {
    const parsed = schema.safeParse(plainValue(read), { reportInput: true });
    if (parsed.success) return { value: parsed.data, node: read };
    const leaves = parsed.error.issues.flatMap((issue) => leavesOf(issue, [], read));
    const texts = leaves.filter(
      ({ issue, path }) => wantsText(issue) && isTextInDisguise(nodeAt(read, path)),
    );
    if (texts.length === 0) {
      const problems = leaves.flatMap((leaf) => problemsOf(leaf, leaves, read));
      return { problems: sorted(distinct([...problems, ...faultProblems(leaves, read)])) };
    }
    for (const { path } of texts) read = withTextAt(read, path);
  }
  throw new Error('A scenario is read in circles');
}

interface Leaf {
  readonly issue: Issue;
  readonly path: Path;
}

/** The issues that matter: of a union those of the branch that was meant. */
function leavesOf(issue: Issue, base: Path, root: SourceNode): Leaf[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }];
  const branches = issue.errors.map((issues) => issues.flatMap((inner) => leavesOf(inner, path, root)));
  const within = branches.find((leaves) =>
    leaves.every((leaf) => leaf.path.length > path.length || isOwn(leaf.issue)),
  );
  if (within !== undefined) return within;
  const textual = branches.find((leaves) =>
    leaves.some((leaf) => leaf.path.length === path.length && wantsText(leaf.issue)),
  );
  if (textual !== undefined && isTextInDisguise(nodeAt(root, path))) return textual;
  const fitting = branches.find((leaves) => leaves.every(({ issue: { code } }) => code !== 'invalid_type'));
  const said = !issue.message.startsWith('Invalid');
  return said || fitting === undefined ? [{ issue, path }] : fitting;
}

/** Complaints about a value that was of the right kind. */
function isOwn({ code }: Issue): boolean {
  return code === 'unrecognized_keys' || code === 'custom' || code === 'too_small' || code === 'too_big';
}

function wantsText(issue: Issue): boolean {
  if (issue.code === 'invalid_type') return issue.expected === 'string';
  return issue.code === 'invalid_value' && issue.values.every((value) => typeof value === 'string');
}

function isTextInDisguise(node: SourceNode | undefined): boolean {
  return node?.content.kind === 'scalar' && node.content.text !== undefined;
}

function problemsOf({ issue, path }: Leaf, all: readonly Leaf[], root: SourceNode): ScenarioProblem[] {
  if (rulesAround(path) !== undefined) return [];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      place: keyPlaceAt(root, [...path, key]),
      message: (messages.length === issue.keys.length ? messages[index] : issue.message) ?? issue.message,
    }));
  }
  // A misspelt key explains why its word is missing.
  const explained = all.some((other) => other.issue.code === 'unrecognized_keys' && same(other.path, path));
  if (issue.code === 'custom' && explained) return [];
  if (isBeyondExactness(issue) && all.some((other) => isNarrower(other, { issue, path }))) return [];
  return [{ place: placeAt(root, path), message: `${named(path)}${messageOf(issue, nodeAt(root, path))}` }];
}

/** zod's own limit of whole numbers, told beside that of the schema. */
function isBeyondExactness(issue: Issue): boolean {
  return (issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'int';
}

function isNarrower(other: Leaf, { issue, path }: Leaf): boolean {
  return other.issue.code === issue.code && same(other.path, path) && !isBeyondExactness(other.issue);
}

/** Rules of faults tell their own problems, as they do for `serve --faults`. */
function faultProblems(leaves: readonly Leaf[], root: SourceNode): ScenarioProblem[] {
  return leaves.flatMap(({ path }) => {
    const around = rulesAround(path);
    const node = around && nodeAt(root, around);
    if (around === undefined || node === undefined) return [];
    const isList = node.content.kind === 'list';
    const read = readFaultRules(isList ? plainValue(node) : [plainValue(node)]);
    if (read.ok) return [];
    return read.complaints.map(({ path: within, message }) => ({
      place: placeAt(root, [...around, ...(isList ? within : within.slice(1))]),
      message,
    }));
  });
}

/** The path of the rules that a path is within: `server.faults`, or `break` of a step. */
function rulesAround(path: Path): Path | undefined {
  const [first, second, third] = path;
  if (first === 'server' && second === 'faults') return [first, second];
  return first === 'steps' && second !== undefined && third === 'break' ? [first, second, third] : undefined;
}

function distinct(problems: readonly ScenarioProblem[]): readonly ScenarioProblem[] {
  return [...new Map(problems.map((problem) => [sayProblem(problem), problem])).values()];
}

function messageOf(issue: Issue, node: SourceNode | undefined): string {
  const { message } = issue;
  if (node === undefined) return message.startsWith('Invalid') ? 'is missing' : message;
  const expected = expectedBy(issue) ?? expectedInstead(message, node);
  return expected === undefined ? message : `found ${shown(node)}; expected ${expected}`;
}

/** Of a message of ours that says what was expected, and not what was found. A list or a map is too long. */
function expectedInstead(message: string, { content }: SourceNode): string | undefined {
  return content.kind === 'scalar' ? /^expected (.+)$/.exec(message)?.[1] : undefined;
}

/** `steps[2].advance: ` */
function named(path: Path): string {
  const text = path.reduce<string>(
    (before, key) =>
      typeof key === 'number' ? `${before}[${key}]` : `${before}${before === '' ? '' : '.'}${String(key)}`,
    '',
  );
  return text === '' ? '' : `${text}: `;
}

const SHOWN_MAX = 60;

function shown(node: SourceNode): string {
  const text = JSON.stringify(plainValue(node));
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}

function same(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

function sorted(problems: readonly ScenarioProblem[]): readonly ScenarioProblem[] {
  return problems.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}
