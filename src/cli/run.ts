import { isoInstant } from '../clock/instant.ts';
import { coverageOf } from '../report/coverage.ts';
import { renderReport } from '../report/render-result.ts';
import { type Coverage, resultOf } from '../report/result.ts';
import { type CaseDone, runSuite, workersFor } from '../scenario/run-suite.ts';
import type { ScenarioCase } from '../scenario/scenario-case.ts';
import { updateFiles } from '../scenario/update-files.ts';
import { CoverageCount } from '../statechart/coverage.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { productVersion } from './product.ts';
import { refuseUnwritable, writeReports } from './report-files.ts';
import { caseConfig } from './run-config.ts';
import { type RunValues, runOptions } from './run-options.ts';
import { runView } from './run-view.ts';
import { type ReadCases, readCases } from './scenario-cases.ts';
import { changeOf } from './watch-files.ts';

export const runCommand: Command<RunValues> = {
  argumentSays: 'scenario files, and folders of them',
  options: runOptions(),
  examples: [
    ['deskphone run scenarios', 'every scenario in the folder'],
    ['deskphone run my.yaml --log-level debug', 'one, with all that its phone tells'],
    ['deskphone run scenarios --filter prompt --repeat 20', 'does it hold with twenty seeds?'],
    ['deskphone run scenarios --report html=report.html --report junit=junit.xml', 'for people, for CI'],
    ['deskphone run scenarios --report json=result.json', 'as data; deskphone report makes the others of it'],
    [
      'deskphone run scenarios --coverage-min 90%',
      'and a failure where they leave too much of the phone out',
    ],
    ['deskphone run my.yaml --update', 'take what was found for what is expected'],
  ],
  config: (call) => ({ scenarios: prepare(call).cases.map(caseConfig) }),
  run: (call, io) => {
    refuseUnwritable(call.values.report);
    return call.values.watch ? runAndWatch(call, io) : runOnce(call, io);
  },
};

async function runAndWatch(call: Call<RunValues>, io: Io): Promise<ExitCode> {
  for (;;) {
    const change = await attempt(call, io);
    if (change === undefined) return stoppedBy(io.stop);
    if (!call.values.quiet) io.err(`${change} changed\n`);
  }
}

/** Runs once, and waits for the next change; what changes meanwhile counts. Undefined: told to stop. */
async function attempt(call: Call<RunValues>, io: Io): Promise<string | undefined> {
  let change: Promise<string | undefined> | undefined;
  try {
    const prepared = prepareToRun(call);
    const folders = prepared.cases.flatMap(foldersOf);
    change = changeOf([...call.arguments, ...prepared.files, ...folders], io);
    await runCases(prepared, call, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`error: ${error.message}\n`);
  }
  if (!call.values.quiet && !io.stop.aborted) io.err('waiting for a change; Ctrl-C ends it\n');
  return change ?? changeOf(call.arguments, io);
}

function foldersOf({ server }: ScenarioCase): readonly string[] {
  if (server.kind !== 'embedded') return [];
  return server.layers.flatMap((layer) => (layer.kind === 'folder' ? [layer.path] : []));
}

function runOnce(call: Call<RunValues>, io: Io): Promise<ExitCode> {
  return runCases(prepareToRun(call), call, io);
}

/** Reads all files before anything is run. Throws `UsageError` with everything that is wrong. */
function prepare({ arguments: paths, values }: Call<RunValues>): ReadCases {
  const { filter, seed, time } = values;
  const overrides = { ...(seed !== undefined && { seed }), ...(time !== undefined && { time }) };
  const { cases, files } = readCases(paths, overrides);
  const meant = cases.filter((one) => isMeant(one, filter));
  if (meant.length === 0)
    throw new UsageError(`no scenario has ${filter.map((text) => `"${text}"`).join(' or ')} in it`);
  return { cases: meant, files };
}

/** The same, if no report would go over what was read. */
function prepareToRun(call: Call<RunValues>): ReadCases {
  const prepared = prepare(call);
  refuseUnwritable(call.values.report, { inputs: prepared.files });
  return prepared;
}

function isMeant({ id, title }: ScenarioCase, filter: readonly string[]): boolean {
  const text = `${id} ${title}`.toLowerCase();
  return filter.length === 0 || filter.some((one) => text.includes(one.toLowerCase()));
}

async function runCases({ cases }: ReadCases, { values }: Call<RunValues>, io: Io): Promise<ExitCode> {
  const startedMs = io.clock.now();
  const view = runView(values, io, cases.length);
  view.begin();
  const done = await runSuite(cases, {
    workers: values.workers,
    repeat: values.repeat,
    coverage: asksForCoverage(values),
    facts: (values.json && !values.quiet) || values.logLevel === 'debug',
    signal: io.stop,
    clock: io.clock,
    onStart: (scenario) => view.start(scenario),
    onDone: (one) => view.tell(one),
  });
  if (done === undefined) {
    view.stop();
    return stoppedBy(io.stop);
  }
  const result = resultOf(
    done.map((one) => one.result),
    {
      product: productVersion(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      startedAt: isoInstant(startedMs),
      tookMs: io.clock.now() - startedMs,
      workers: workersFor(cases.length * values.repeat, values.workers),
      scenarioMs: Object.fromEntries(done.map(({ result: { id }, tookMs }) => [id, tookMs])),
      directory: process.cwd(),
    },
    coverageBy(done, values),
  );
  view.end(result);
  const written = writeReports(values.report, ({ kind }) => renderReport(kind, result), io);
  const code = exitCodeOf(done);
  const answered = values.update && code === exitCodes.failed ? update(done, io) : code;
  const isTooLittle = result.coverage?.enough === false;
  if (answered !== exitCodes.asExpected) return answered;
  return isTooLittle ? exitCodes.failed : written;
}

/** Who says how much there must be wants to know how much there is. */
function asksForCoverage({ coverage, coverageMin }: RunValues): boolean {
  return coverage || coverageMin !== undefined;
}

function coverageBy(done: readonly CaseDone[], values: RunValues): Coverage | undefined {
  if (!asksForCoverage(values)) return undefined;
  const count = new CoverageCount();
  for (const { taken } of done) if (taken !== undefined) count.add(taken);
  return coverageOf(count.coverage(), values.coverageMin ?? {});
}

function exitCodeOf(done: readonly CaseDone[]): ExitCode {
  if (done.some(({ failure }) => failure === 'internal')) return exitCodes.internalError;
  if (done.some(({ failure }) => failure === 'machine')) return exitCodes.invalidRun;
  return done.some(({ result }) => result.verdict === 'failed') ? exitCodes.failed : exitCodes.asExpected;
}

/** As expected once nothing is left that did not hold. */
function update(done: readonly CaseDone[], io: Io): ExitCode {
  const { written, left } = updateFiles(done);
  for (const [file, count] of written)
    io.err(`${file}: ${count} expectation${count === 1 ? '' : 's'} rewritten\n`);
  for (const sentence of left) io.err(`not rewritten: ${sentence}\n`);
  return left.length === 0 ? exitCodes.asExpected : exitCodes.failed;
}
