import { Option } from 'commander';
import { coverageOf, coverageSentence } from '../report/coverage.ts';
import { type Generation, generateScenarios } from '../scenario/generate/generate-scenarios.ts';
import { filesInTheWay, type ScenarioFile, writeScenarios } from '../scenario/generate/scenario-files.ts';
import { runSuite } from '../scenario/run-suite.ts';
import { CoverageCount } from '../statechart/coverage.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { workersOption } from './run-options.ts';
import { readCases } from './scenario-cases.ts';
import * as read from './values.ts';

interface GenerateValues {
  readonly out: string;
  readonly workers: number | 'auto';
}

export const scenariosGenerateCommand: Command<GenerateValues> = {
  argumentSays: 'scenarios that are there already, and folders of them',
  options: [
    new Option('--out <DIR>', 'the folder for them; no file in it is overwritten')
      .argParser(read.path)
      .default('generated'),
    workersOption(),
  ],
  examples: [
    ['deskphone scenarios generate', 'the whole phone, in ./generated'],
    ['deskphone scenarios generate scenarios --out scenarios/rest', 'only what your own leave out'],
  ],
  run: generate,
};

async function generate(call: Call<GenerateValues>, io: Io): Promise<ExitCode> {
  const { arguments: paths, values } = call;
  const count = new CoverageCount();
  if (paths.length > 0 && !(await countThose(call, count, io))) return stoppedBy(io.stop);
  const before = coverageOf(count.coverage(), {});
  const made = await generateScenarios(count, {
    signal: io.stop,
    breathe: () => new Promise((resolve) => io.clock.setTimeout(() => resolve(), 0)),
  });
  if (made === undefined) return stoppedBy(io.stop);
  const files = write(made, values.out);
  const after = coverageOf(count.coverage(), {});
  if (values.json) {
    io.out(
      `${JSON.stringify({ type: 'scenarios-generated', files, unreached: made.unreached, before, after })}\n`,
    );
    return exitCodes.asExpected;
  }
  const lines = [
    ...(values.quiet ? [] : detailsOf(files, made)),
    `${files.length === 0 ? 'nothing to write' : `${files.length} written to ${values.out}`}, ${made.unreached.length} out of reach`,
    `statechart coverage before: ${coverageSentence(before)}`,
    `statechart coverage with them: ${coverageSentence(after)}`,
  ];
  io.out(lines.map((line) => `${line}\n`).join(''));
  return exitCodes.asExpected;
}

/** Runs what is there already; what does not pass counts too, and is told. False: told to stop. */
async function countThose(
  { arguments: paths, values }: Call<GenerateValues>,
  count: CoverageCount,
  io: Io,
): Promise<boolean> {
  const done = await runSuite(readCases(paths).cases, {
    workers: values.workers,
    repeat: 1,
    coverage: true,
    facts: false,
    signal: io.stop,
    clock: io.clock,
    onStart: () => {},
    onDone: ({ result: { id, verdict } }) => {
      if (verdict !== 'passed') io.err(`warning: ${id} does not pass; deskphone run says why\n`);
    },
  });
  for (const { taken } of done ?? []) if (taken !== undefined) count.add(taken);
  return done !== undefined;
}

function write({ scenarios }: Generation, folder: string): readonly ScenarioFile[] {
  if (scenarios.length === 0) return [];
  const [there, ...more] = filesInTheWay(scenarios, folder);
  if (there !== undefined) {
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw new UsageError(`${there} is there already${others}; nothing is overwritten: give another --out`);
  }
  const written = writeScenarios(scenarios, folder);
  if ('message' in written) throw new UsageError(`--out ${written.message}`);
  return written.files;
}

function detailsOf(files: readonly ScenarioFile[], { unreached }: Generation): readonly string[] {
  return [
    ...files.flatMap(({ path, transition }) => [`wrote ${path}`, `      ${transition}`]),
    ...unreached.flatMap(({ transition, because }) => [`out of reach: ${transition}`, `      ${because}`]),
  ];
}
