import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Instead } from './case-run.ts';
import { mendExpectations } from './mend-expectations.ts';
import type { CaseDone } from './run-suite.ts';

export interface Update {
  /** How many expectations were rewritten, by file. */
  readonly written: ReadonlyMap<string, number>;
  /** Why some were not, a sentence each. */
  readonly left: readonly string[];
}

/**
 * Rewrites expectations that did not hold with what was found. What stands in a file that others extend, what
 * the variants of a matrix do not agree on, what is a secret and what no value would make right is left, and
 * told.
 */
export function updateFiles(done: readonly CaseDone[]): Update {
  const written = new Map<string, number>();
  const left = done.flatMap(unwritable);
  for (const [file, cases] of byFile(done)) {
    const { agreed, disagreed } = agreement(cases);
    left.push(...disagreed);
    if (agreed.length === 0) continue;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, mendExpectations(text, agreed));
    written.set(file, agreed.length);
  }
  return { written, left };
}

function byFile(done: readonly CaseDone[]): ReadonlyMap<string, readonly CaseDone[]> {
  const cases = new Map<string, CaseDone[]>();
  for (const one of done) cases.set(one.result.file, [...(cases.get(one.result.file) ?? []), one]);
  return cases;
}

/** What failed and has nothing to be rewritten with. */
function unwritable({ result, instead, unwritten }: CaseDone): readonly string[] {
  const elsewhere = instead.filter(({ file }) => file !== result.file);
  return [
    ...unwritten.map(
      ({ where: { file, line, column }, word, why }) =>
        `${file}:${line}:${column}: ${word}: ${why}; mend it by hand`,
    ),
    ...elsewhere.map(
      ({ file, path }) => `${result.id}: ${path.join('.')} stands in ${file}, which others extend`,
    ),
  ];
}

function agreement(cases: readonly CaseDone[]) {
  const agreed = new Map<string, Instead>();
  const disagreed = new Map<string, string>();
  for (const { result, instead } of cases) {
    for (const one of instead.filter(({ file }) => file === result.file)) {
      const path = one.path.join('.');
      const before = agreed.get(path);
      const isAlone = cases.length === 1 || cases.every((other) => holdsAlike(other, one));
      if (isAlone && (before === undefined || isDeepStrictEqual(before.value, one.value)))
        agreed.set(path, one);
      else disagreed.set(path, `${result.file}: ${path} differs from phone to phone or variant to variant`);
    }
  }
  for (const path of disagreed.keys()) agreed.delete(path);
  return { agreed: [...agreed.values()], disagreed: [...disagreed.values()] };
}

/** Whether another variant would have the same value there. */
function holdsAlike({ instead }: CaseDone, wanted: Instead): boolean {
  const here = instead.filter(({ path }) => path.join('.') === wanted.path.join('.'));
  return here.length > 0 && here.every(({ value }) => isDeepStrictEqual(value, wanted.value));
}
