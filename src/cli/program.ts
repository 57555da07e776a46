import { CommanderError, Option, type OptionValueSource, Command as Parser } from 'commander';
import { type Call, type Command, type CommonValues, logLevels } from './command.ts';
import { type ExitCode, exitCodeSentences, exitCodes, UsageError } from './exit-codes.ts';
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
  try {
    await program.parseAsync(words, { from: 'user' });
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

function addCommand(
  program: Parser,
  command: Command<never>,
  io: Io,
  answer: (code: ExitCode) => void,
): void {
  const parser = program.command(command.name).summary(command.summary).description(command.summary);
  if (command.argument !== undefined) parser.argument(command.argument.form, command.argument.says);
  const options = [...command.options, ...commonOptions()];
  for (const option of options) {
    const variable = `DESKPHONE_${option.name().toUpperCase().replaceAll('-', '_')}`;
    parser.addOption(option.negate ? option : option.env(variable));
  }
  parser.addHelpText('after', examplesHelp(command));
  parser.action(async (...given: unknown[]) => {
    const argument = command.argument === undefined ? undefined : (given[0] as string | undefined);
    const values = parser.opts() as never;
    const call: Call<never> = {
      argument,
      values,
      given: (name) => isGiven(parser.getOptionValueSource(name)),
    };
    const common = parser.opts<CommonValues & { printConfig: boolean }>();
    if (common.printConfig) {
      io.out(printConfig(argument, parser.opts(), options));
      return;
    }
    answer(await command.run(call, io));
  });
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

function examplesHelp({ examples }: Command<never>): string {
  const lines = examples.map(([line, says]) => `  ${line}\n      ${says}`);
  const environment =
    'Each option can be given in the environment: DESKPHONE_ and its name, such as DESKPHONE_SEED.';
  return `\nExamples:\n${lines.join('\n')}\n\n${environment}\n`;
}

function exitCodeHelp(): string {
  const lines = exitCodeSentences.map(([code, says]) => `  ${String(code).padStart(3)}  ${says}`);
  return `\nExit codes:\n${lines.join('\n')}\n`;
}
