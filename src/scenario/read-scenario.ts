import { SECOND_MS } from '../clock/durations.ts';
import type { GivenOffer } from '../network/given-dhcp.ts';
import { defaultQuirks, type Quirks } from '../provisioning/quirks.ts';
import { Complaints } from './complaints.ts';
import { readInherited } from './inherit.ts';
import { phoneCases } from './phone-cases.ts';
import { matrixSchema, scenarioSchema } from './scenario.schema.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioCase } from './scenario-case.ts';
import { type ScenarioProblem, sayProblem } from './scenario-problem.ts';
import { judgeNode } from './schema-problems.ts';
import { serverCase } from './server-case.ts';
import { nodeAt, type SourceNode } from './source-node.ts';
import { expectationCases, stepCases } from './story-cases.ts';
import { inVariant, labelOf, type Matrix, type Variant, variantsOf } from './variants.ts';
import { VIRTUAL_START_MS } from './world.ts';
import { instantIn, minutesOf } from './zone.ts';

/** What a command says over what a file says. */
export interface Overrides {
  readonly seed?: string;
  readonly time?: ScenarioCase['time'];
}

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

function build(
  scenario: Scenario,
  { file, variant, overrides, complaints }: CaseOptions & { readonly complaints: Complaints },
): ScenarioCase {
  const { title, why, quirks = {}, seed = '1' } = scenario;
  const time = overrides.time ?? scenario.time?.mode ?? 'virtual';
  const starts = scenario.time?.starts;
  const zoneMinutes = minutesOf(scenario.time?.zone ?? 'Z');
  if (time !== 'virtual') {
    if (starts !== undefined)
      complaints.tell(['time', 'starts'], `goes with virtual time only; this is ${time} time`);
    if (scenario.timeServer !== undefined)
      complaints.tell(['timeServer'], `goes with virtual time only; this is ${time} time`);
  }
  const phones = phoneCases(scenario, variant, complaints);
  const server = serverCase(scenario.server, { time, protocol: variant.protocol }, complaints);
  const surroundings = { phones, time, server, zoneMinutes, complaints };
  return {
    id: `${file}${labelOf(variant)}`,
    file,
    title,
    ...(why !== undefined && { why }),
    variant,
    seed: overrides.seed ?? seed,
    time,
    startsAtMs: starts === undefined ? VIRTUAL_START_MS : instantIn(starts, zoneMinutes),
    zoneMinutes,
    timings: scenario.timings ?? (time === 'real' ? 'none' : 'field'),
    quirks: quirksOf(quirks),
    ...(scenario.dhcp && { dhcp: { kind: 'given', offers: scenario.dhcp.offers.map(offerOf) } }),
    ...(scenario.timeServer && {
      timeServer: {
        answers: scenario.timeServer.answers ?? 'yes',
        aheadMs: scenario.timeServer.ahead ?? -(scenario.timeServer.behind ?? 0),
      },
    }),
    server,
    ports: portsOf(scenario),
    phones,
    steps: stepCases(scenario.steps, surroundings),
    expect: expectationCases(scenario.expect ?? [], ['expect'], surroundings),
  };
}

type Offer = NonNullable<Scenario['dhcp']>['offers'][number];

function offerOf({ lease, after, ...terms }: Offer): GivenOffer {
  const given = Object.entries(terms).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    address: terms.address,
    ...(lease !== undefined && { leaseS: Math.round(lease / SECOND_MS) }),
    ...(after !== undefined && { afterMs: after }),
  };
}

function portsOf({ server }: Scenario): ScenarioCase['ports'] {
  const ports = server === 'none' ? undefined : server?.ports;
  return Object.fromEntries(Object.entries(ports ?? {}).filter(([, port]) => port !== undefined));
}

function quirksOf(given: NonNullable<Scenario['quirks']>): Quirks {
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaultQuirks, ...Object.fromEntries(chosen) };
}
