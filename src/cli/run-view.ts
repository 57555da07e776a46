import { printable } from '../display/wrap.ts';
import { coverageLines, coverageSummary } from '../report/coverage-text.ts';
import type { Layout } from '../report/layout.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import type { Result } from '../report/result.ts';
import { scenarioLines, summaryLine } from '../report/scenario-text.ts';
import { withoutSecrets } from '../report/secrets.ts';
import type { CaseDone } from '../scenario/run-suite.ts';
import type { ScenarioCase } from '../scenario/scenario-case.ts';
import type { Call } from './command.ts';
import type { Io } from './io.ts';
import type { RunValues } from './run-options.ts';

/** Shows scenarios as they come to their verdicts. */
export interface RunView {
  begin(): void;
  start(scenario: ScenarioCase): void;
  tell(done: CaseDone): void;
  end(result: Result): void;
  /** It was interrupted. */
  stop(): void;
}

type Values = Call<RunValues>['values'];

/** `total`: how many scenarios there are. */
export function runView(values: Values, io: Io, total: number): RunView {
  return values.json ? new JsonView(values, io, total) : new TerminalView(values, io, total);
}

/** NDJSON: the run, of each scenario its facts and its result, at last the summary. Quiet: no facts. */
class JsonView implements RunView {
  readonly #values: Values;
  readonly #io: Io;
  readonly #total: number;

  constructor(values: Values, io: Io, total: number) {
    this.#values = values;
    this.#io = io;
    this.#total = total;
  }

  begin(): void {
    const { json: _, quiet, logLevel: __, workers: ___, ...options } = this.#values;
    if (quiet) return;
    const seed = options.seed ?? null;
    this.#line({ type: 'run.started', at: 0, n: 0, seed, scenarios: this.#total, options });
  }

  start(): void {}

  tell({ result, entries }: CaseDone): void {
    if (!this.#values.quiet) {
      for (const { at, phone, n, event } of entries) {
        this.#line({ scenario: result.id, at, phone, n, ...withoutSecrets(event) });
      }
    }
    this.#line(result);
  }

  end({ type, version, verdict, summary, coverage }: Result): void {
    this.#line({ type, version, verdict, summary, coverage });
  }

  stop(): void {}

  #line(data: object): void {
    this.#io.out(`${JSON.stringify(data)}\n`);
  }
}

const ERASE_LINE = '\r\u001b[K';

/** A line a scenario on stdout; on a terminal those that run are named below. */
class TerminalView implements RunView {
  readonly #values: Values;
  readonly #io: Io;
  readonly #total: number;
  readonly #running = new Set<string>();
  #done = 0;
  #drawn: boolean = false;

  constructor(values: Values, io: Io, total: number) {
    this.#values = values;
    this.#io = io;
    this.#total = total;
  }

  begin(): void {}

  start({ id }: ScenarioCase): void {
    this.#running.add(id);
    this.#draw();
  }

  tell({ result, entries }: CaseDone): void {
    this.#done++;
    this.#running.delete(result.id);
    this.#erase();
    if (this.#values.logLevel === 'debug') {
      for (const entry of entries) {
        this.#io.err(`${JSON.stringify({ ...entry, event: withoutSecrets(entry.event) })}\n`);
      }
    }
    const isTold = !this.#values.quiet && (result.verdict !== 'passed' || tellsPassed(this.#values));
    if (isTold) this.#print(scenarioLines(result, this.#layout()));
    this.#draw();
  }

  end(result: Result): void {
    this.#erase();
    const layout = this.#layout();
    this.#print([...this.#coverage(result, layout), summaryLine(result, layout)]);
  }

  stop(): void {
    this.#erase();
    this.#print([`interrupted after ${this.#done} of ${this.#total}`]);
  }

  #coverage({ coverage }: Result, layout: Layout): readonly string[] {
    if (coverage === undefined) return [];
    return this.#values.quiet ? coverageSummary(coverage, layout) : coverageLines(coverage, layout);
  }

  #layout(): Layout {
    const { color, letters } = this.#io;
    return { columns: this.#io.columns(), palette: color ? ansiPalette : plainPalette, letters };
  }

  #print(lines: readonly string[]): void {
    this.#io.out(lines.map((line) => `${line}\n`).join(''));
  }

  #draw(): void {
    if (!this.#io.drawsProgress || this.#values.quiet) return;
    const text = `${this.#done}/${this.#total}  ${printable([...this.#running].join(', '))}`;
    this.#io.draw(`${ERASE_LINE}${text.slice(0, Math.max(10, this.#io.columns() - 1))}`);
    this.#drawn = true;
  }

  #erase(): void {
    if (!this.#drawn) return;
    this.#io.draw(ERASE_LINE);
    this.#drawn = false;
  }
}

function tellsPassed({ logLevel }: Values): boolean {
  return logLevel === 'info' || logLevel === 'debug';
}
