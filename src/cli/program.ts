import { CommanderError, Option, type OptionValueSource, Command as Parser } from 'commander';
import { type Call, type Command, type CommonValues, logLevels } from './command.ts';
import { doubtfulVariables, takeEnvironment } from './environment.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { commandHelp, describeOption, exitCodeHelp } from './help.ts';
import type { Io } from './io.ts';
import { printConfig } from './print-config.ts';

export interface ProgramTexts {
  readonly version: string;
}

/** Parses a command line and runs the command it names. Throws only what is a bug. */
export async function runCommandLine(
  words: readonly string[],
  commands: readonly Command<never>[],
  io: Io,
  texts: ProgramTexts,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.asExpected;
  const program = new Parser('deskphone')
    .description('An emulator of the provisioning client of the Avaya 1230 IP Deskphone (SIP software).')
    .version(texts.version)
    .showSuggestionAfterError()
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: io.columns,
      getErrHelpWidth: io.columns,
    })
    .exitOverride()
    .addHelpText('after', exitCodeHelp());
  for (const command of commands) {
    addCommand(program, command, io, (answered) => {
      code = answered;
    });
  }
  const everyOption = commands.flatMap(({ options }) => [...options, ...commonOptions()]);
  for (const doubt of doubtfulVariables(io.env, everyOption)) io.err(`warning: ${doubt}\n`);
  try {
    await program.parseAsync(wordsToParse(words, commands), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`error: ${error.message}\n`);
      return exitCodes.usage;
    }
    // Commander has said its piece already; only --help and --version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.asExpected : exitCodes.usage;
    throw error;
  }
}

/** Commander would answer `boto --help` and `help boto` with the help of everything. */
function wordsToParse(words: readonly string[], commands: readonly Command<never>[]): readonly string[] {
  const [first, second] = words;
  const named = first === 'help' ? second : first;
  if (named === undefined || named.startsWith('-') || named === 'help') return words;
  return commands.some(({ name }) => name === named) ? words : [named];
}

function addCommand(
  program: Parser,
  command: Command<never>,
  io: Io,
  answer: (code: ExitCode) => void,
): void {
  const parser = program.command(command.name).summary(command.summary).description(command.summary);
  if (command.argument !== undefined) parser.argument(command.argument.form, command.argument.says);
  const options = [...command.options, ...commonOptions()];
  for (const option of options) parser.addOption(option);
  parser.addHelpText('after', commandHelp(command));
  parser.action(async (...given: unknown[]) => {
    takeEnvironment(parser, options, io.env);
    const words = command.argument === undefined ? [] : wordsOf(given[0]);
    const [argument] = words;
    const values = parser.opts() as never;
    const call: Call<never> = {
      argument,
      arguments: words,
      values,
      given: (name) => isGiven(parser.getOptionValueSource(name)),
    };
    const common = parser.opts<CommonValues & { printConfig: boolean }>();
    if (common.printConfig) {
      io.out(
        printConfig({ arguments: words, values: parser.opts(), more: command.config?.(call) ?? {} }, options),
      );
      return;
    }
    answer(await command.run(call, io));
  });
}

/** What commander has for an argument: a word, several where its form ends in dots, or nothing. */
function wordsOf(given: unknown): readonly string[] {
  return [given].flat().filter((word) => typeof word === 'string');
}

function isGiven(source: OptionValueSource | undefined): boolean {
  return source === 'cli' || source === 'env';
}

function commonOptions(): readonly Option[] {
  return [
    new Option('--json', 'facts on stdout, one JSON object a line').default(false),
    new Option('-q, --quiet', 'only the result').default(false),
    new Option('--log-level <LEVEL>', 'how much is told').choices(logLevels).default('info'),
    new Option('--print-config', 'print the merged configuration and exit').default(false),
  ];
}
