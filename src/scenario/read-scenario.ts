import { Complaints } from './complaints.ts';
import { readInherited } from './inherit.ts';
import { phoneCases } from './phone-cases.ts';
import { matrixSchema, scenarioSchema } from './scenario.schema.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioCase } from './scenario-case.ts';
import { type ScenarioProblem, sayProblem } from './scenario-problem.ts';
import { judgeNode } from './schema-problems.ts';
import { nodeAt, type SourceNode } from './source-node.ts';
import { expectationCases, stepCases } from './story-cases.ts';
import { type Overrides, surroundingsOf } from './surroundings.ts';
import { inVariant, labelOf, type Matrix, type Variant, variantsOf } from './variants.ts';

export type ScenarioReading =
  | {
      readonly cases: readonly ScenarioCase[];
      /** The file, and those it extends. */
      readonly files: readonly string[];
    }
  | { readonly problems: readonly ScenarioProblem[] };

/** Reads a scenario file to the cases it stands for, or tells everything that is wrong with it. */
export function readScenario(file: string, overrides: Overrides = {}): ScenarioReading {
  const inherited = readInherited(file);
  if ('problems' in inherited) return inherited;
  const reading = casesOf(inherited.node, file, overrides);
  return 'problems' in reading ? reading : { cases: reading.cases, files: inherited.files };
}

/** The cases of a scenario, wherever it came from. */
export function casesOf(
  node: SourceNode,
  file: string,
  overrides: Overrides,
): { readonly cases: readonly ScenarioCase[] } | { readonly problems: readonly ScenarioProblem[] } {
  const readings = variantsOf(matrixOf(node)).map((variant) => caseOf(node, { file, variant, overrides }));
  const problems = readings.flatMap((reading) => ('problems' in reading ? reading.problems : []));
  if (problems.length > 0)
    return { problems: [...new Map(problems.map((one) => [sayProblem(one), one])).values()] };
  return { cases: readings.flatMap((reading) => ('problems' in reading ? [] : [reading])) };
}

/** One with mistakes counts as none: they are told when the whole file is read. */
function matrixOf(root: SourceNode): Matrix {
  const node = nodeAt(root, ['matrix']);
  const judged = node === undefined ? undefined : judgeNode(matrixSchema, node);
  return judged !== undefined && 'value' in judged ? judged.value : {};
}

interface CaseOptions {
  readonly file: string;
  readonly variant: Variant;
  readonly overrides: Overrides;
}

function caseOf(
  root: SourceNode,
  options: CaseOptions,
): ScenarioCase | { readonly problems: readonly ScenarioProblem[] } {
  const judged = judgeNode(scenarioSchema, inVariant(root, options.variant));
  if ('problems' in judged) return judged;
  const complaints = new Complaints(judged.node);
  const made = build(judged.value, { ...options, complaints });
  return complaints.problems.length > 0 ? { problems: complaints.problems } : made;
}

/** Of one phone in real time one waits for the server, and not for the phone. */
const usual = {
  time: 'virtual',
  timings: (time: ScenarioCase['time']) => (time === 'real' ? 'none' : 'field'),
} as const;

function build(
  scenario: Scenario,
  { file, variant, overrides, complaints }: CaseOptions & { readonly complaints: Complaints },
): ScenarioCase {
  const { title, why } = scenario;
  const around = surroundingsOf(scenario, { variant, overrides, complaints, usual });
  const phones = phoneCases(scenario, variant, complaints);
  const read = { ...around, phones, complaints };
  return {
    id: `${file}${labelOf(variant)}`,
    file,
    title,
    ...(why !== undefined && { why }),
    variant,
    ...around,
    phones,
    steps: stepCases(scenario.steps, read),
    expect: expectationCases(scenario.expect ?? [], ['expect'], read),
  };
}
