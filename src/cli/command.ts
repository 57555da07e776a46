import type { Option } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

/** A command in the list of all. Its code is read when it is asked for: most of it serves others. */
export interface ListedCommand {
  /** `run`, or with its group before it: `scenarios generate`. */
  readonly name: string;
  readonly summary: string;
  /** Its form, such as `<DIR>`. */
  readonly argument?: string;
  readonly load: () => Promise<Command<never>>;
}

/** One command of the tool. Its help is printed from it. */
export interface Command<Values> {
  readonly argumentSays?: string;
  readonly options: readonly Option[];
  readonly examples: readonly (readonly [line: string, says: string])[];
  /** `values`: the options by name; `argument`: what was given for it. Throws `UsageError`. */
  run(call: Call<Values>, io: Io): Promise<ExitCode>;
  /** What --print-config shows beside arguments and options. Throws `UsageError`. */
  config?(call: Call<Values>): Readonly<Record<string, unknown>>;
}

/** What every command takes. */
export interface CommonValues {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly logLevel: LogLevel;
}

export const logLevels = ['error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** An option as it was given. */
export interface SaidOption {
  /** Its attribute. */
  readonly name: string;
  readonly flag: string;
  readonly by: 'flag' | 'variable';
  /** Absent: it takes none. */
  readonly text?: string;
}

export interface Call<Values> {
  readonly argument: string | undefined;
  /** All of them, for a command that takes several. */
  readonly arguments: readonly string[];
  readonly values: Values & CommonValues;
  /** What was given by flag or environment, word for word, in order. */
  readonly said: readonly SaidOption[];
  /** Whether an option was given by flag or environment, and did not just take its default. */
  given(name: keyof Values & string): boolean;
}
