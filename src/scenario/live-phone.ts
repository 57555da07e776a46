import type { JournalEntry } from '../events/journal.ts';
import type { Outcome } from '../report/outcome.ts';
import type { ExpectationResult } from '../report/result.ts';
import { failureText } from '../report/scenario-text.ts';
import { assertFlashAsTold } from './assert-flash.ts';
import { judgeNow, playSteps } from './play-steps.ts';
import { casesOf } from './read-scenario.ts';
import type { ScenarioInput } from './scenario.ts';
import type { ScenarioCase } from './scenario-case.ts';
import { ScenarioError } from './scenario-problem.ts';
import { nodeOf } from './source-node.ts';
import type { StagePhone } from './stage.ts';
import { openStory, type Story } from './story.ts';

/** A step as a scenario has it: `'check'`, or `{ advance: '24h' }`. */
export type StepInput = NonNullable<ScenarioInput['steps']>[number];
/** Words of `expect` as a scenario has them: `{ state: 'idle', exit: 0 }`. */
export type ExpectationInput = NonNullable<ScenarioInput['expect']>[number];

type Surroundings = 'phone' | 'server' | 'time' | 'seed' | 'dhcp' | 'timeServer' | 'quirks' | 'timings';

/** One phone and what is around it, as a scenario has them; what is not said is as there. */
export interface PhoneSurroundings extends Pick<ScenarioInput, Surroundings> {
  /** How far `powerOn` goes: to rest if absent; to a fact; or no further than power. */
  readonly waitFor?: Extract<StepInput, { wait?: unknown }>['wait'] | 'nothing';
}

/** `STEP_FAILED`: a phone did not come to what a step needs. `STOPPED`: it is over with that phone. */
export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  readonly code: 'STEP_FAILED' | 'STOPPED';

  constructor(code: PhoneError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Switches a phone on, in a world of its own, and waits until it is at rest. Throws `ScenarioError` with all
 * that is wrong in what it is given.
 */
export async function powerOn(surroundings: PhoneSurroundings = {}): Promise<LivePhone> {
  const { waitFor = 'rest', ...around } = surroundings;
  const steps: StepInput[] = waitFor === 'nothing' ? ['power.on'] : ['power.on', { wait: waitFor }];
  const over = new AbortController();
  const story = await openStory(caseIn(around, { steps }), { signal: over.signal });
  const phone = new LivePhone(around, story, over);
  try {
    await phone.take(...steps);
    return phone;
  } catch (error) {
    await story.close();
    throw error;
  }
}

/** One phone under power, for a program that leads it. Under virtual time it goes on only while it is led. */
export class LivePhone {
  readonly #around: Pick<ScenarioInput, Surroundings>;
  readonly #story: Story;
  readonly #over: AbortController;

  constructor(around: Pick<ScenarioInput, Surroundings>, story: Story, over: AbortController) {
    this.#around = around;
    this.#story = story;
    this.#over = over;
  }

  /** Twelve hex digits in capitals. */
  get mac(): string {
    return this.#one.phone.mac;
  }

  /** All that it told so far, in order. */
  get facts(): readonly JournalEntry[] {
    return [...this.#one.record.entries];
  }

  /** The lines of its panel as of now. */
  get screen(): readonly string[] {
    return this.#one.record.lcd.lines;
  }

  /** What came of it so far, as `deskphone boot --json` has it. */
  outcome(): Outcome {
    const outcome = this.#one.record.outcome();
    if (outcome === undefined) throw new Error('A phone that was switched on has told nothing');
    return outcome;
  }

  /** Presses keys, such as `Srvcs 4 Yes`, each once its screen is there. */
  press(keys: string): Promise<void> {
    return this.take({ keys });
  }

  /**
   * Takes steps of a scenario, one after the other. Throws `PhoneError` at the first that fails, with what
   * was expected, found, and told around it; before the first, `ScenarioError` with all mistakes in them.
   */
  async take(...steps: readonly StepInput[]): Promise<void> {
    if (this.#over.signal.aborted) throw stopped();
    const { judged } = this.#story;
    const before = judged.length;
    const end = await playSteps(this.#story, caseIn(this.#around, { steps: [...steps] }));
    if (end === 'interrupted') throw stopped();
    const failed = judged.slice(before).filter(({ result }) => !result.holds);
    if (failed.length === 0) return;
    throw new PhoneError('STEP_FAILED', failed.map(({ result }) => failureText(result)).join('\n'));
  }

  /** Holds words of `expect` against the phone as it is now; a result each. Throws `ScenarioError`. */
  judge(expectation: ExpectationInput): readonly ExpectationResult[] {
    const scenario = caseIn(this.#around, { expect: [expectation] });
    return judgeNow(this.#story, scenario).map(({ result }) => result);
  }

  /** Ends the phone and its world. To be called at last, and once more does no harm. */
  async stop(): Promise<void> {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    await this.#story.close();
    assertFlashAsTold(this.#one.flash.read(), this.#one.record.flash());
  }

  get #one(): StagePhone {
    const [phone] = this.#story.stage.phones;
    if (phone === undefined) throw new Error('A world without a phone');
    return phone;
  }
}

function stopped(): PhoneError {
  return new PhoneError('STOPPED', 'the phone was stopped; expected a step of one that was not');
}

/** What its files count from, and where problems are said to be. */
const WHERE = 'phone';

/** What is expected where only steps matter: a scenario has to expect something. */
const anything: readonly ExpectationInput[] = [{ reboots: 0 }];

/** Read as a scenario is, so that its words, checks and complaints are the same. */
function caseIn(
  around: Pick<ScenarioInput, Surroundings>,
  { steps, expect = [...anything] }: Pick<ScenarioInput, 'steps' | 'expect'>,
): ScenarioCase {
  const scenario = {
    version: 1,
    title: 'A phone led by a program',
    ...around,
    ...(steps && { steps }),
    expect,
  };
  const reading = casesOf(nodeOf(scenario, { file: WHERE, line: 0, column: 0 }), WHERE, {});
  if ('problems' in reading) throw new ScenarioError(reading.problems);
  const [only] = reading.cases;
  if (only === undefined) throw new Error('A scenario without a matrix is no case');
  return only;
}
