import { CommanderError, Option, type OptionValueSource, Command as Parser } from 'commander';
import {
  type Call,
  type Command,
  type CommonValues,
  type ListedCommand,
  logLevels,
  type SaidOption,
} from './command.ts';
import { doubtfulVariables, otherVariables, saidOption, takeEnvironment } from './environment.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { commandHelp, describeOption, exitCodeHelp } from './help.ts';
import type { Io } from './io.ts';
import { printConfig } from './print-config.ts';
import { visibleIo } from './visible-io.ts';

export interface ProgramTexts {
  readonly version: string;
}

/** Parses a command line and runs the command it names. Throws only what is a bug. */
export async function runCommandLine(
  words: readonly string[],
  commands: readonly ListedCommand[],
  streams: Io,
  texts: ProgramTexts,
): Promise<ExitCode> {
  const io = visibleIo(streams);
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
  const asked = commands.find(({ name }) => isNamed(name, words));
  const command = await asked?.load();
  for (const listed of commands) {
    const parser = addListed(program, listed, listed === asked ? command : undefined);
    if (listed !== asked || command === undefined) continue;
    giveWork(parser, command, io, (answered) => {
      code = answered;
    });
  }
  for (const doubt of await doubts(io.env, command, commands)) io.err(`warning: ${doubt}\n`);
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
function wordsToParse(words: readonly string[], commands: readonly ListedCommand[]): readonly string[] {
  const [named] = namesIn(words);
  if (named === undefined || named.startsWith('-') || named === 'help') return words;
  return commands.some(({ name }) => groupAndName(name)[0] === named) ? words : [named];
}

/** The words that should be those of a command. */
function namesIn(words: readonly string[]): readonly string[] {
  return words[0] === 'help' ? words.slice(1) : words;
}

function isNamed(name: string, words: readonly string[]): boolean {
  const named = namesIn(words);
  return name.split(' ').every((word, place) => named[place] === word);
}

/** What may be wrong with variables. Other commands are read only where this one does not know a variable. */
async function doubts(
  env: Io['env'],
  command: Command<never> | undefined,
  commands: readonly ListedCommand[],
): Promise<readonly string[]> {
  if (otherVariables(env, optionsOf(command)).length === 0) return [];
  const all = await Promise.all(commands.map(({ load }) => load()));
  return doubtfulVariables(env, all.flatMap(optionsOf));
}

/** As help lists it; with options of its own and all that they mean, if it has been read. */
function addListed(program: Parser, listed: ListedCommand, command?: Command<never>): Parser {
  const { name, summary, argument } = listed;
  const [group, own] = groupAndName(name);
  const above = own === undefined ? program : groupIn(program, group, summary);
  const parser = above
    .command(own ?? group)
    .summary(summary)
    .description(summary);
  if (argument !== undefined) parser.argument(argument, command?.argumentSays);
  for (const option of optionsOf(command)) parser.addOption(option);
  return parser;
}

/** `scenarios generate` is a command of a group, `run` one by itself. */
function groupAndName(name: string): readonly [group: string, own?: string] {
  const [group = name, ...rest] = name.split(' ');
  return rest.length === 0 ? [group] : [group, rest.join(' ')];
}

/** `summary`: of its first command, which stands for it in the list of all. */
function groupIn(program: Parser, name: string, summary: string): Parser {
  const known = program.commands.find((one) => one.name() === name);
  return known ?? program.command(name).summary(summary);
}

function giveWork(parser: Parser, command: Command<never>, io: Io, answer: (code: ExitCode) => void): void {
  parser.addHelpText('after', commandHelp(command));
  const said = listenToOptions(parser);
  parser.action(async (...given: unknown[]) => {
    said.push(...takeEnvironment(parser, parser.options, io.env));
    const words = parser.registeredArguments.length === 0 ? [] : wordsOf(given[0]);
    const [argument] = words;
    const values = parser.opts() as never;
    const call: Call<never> = {
      argument,
      arguments: words,
      values,
      said,
      given: (name) => isGiven(parser.getOptionValueSource(name)),
    };
    const common = parser.opts<CommonValues & { printConfig: boolean }>();
    if (common.printConfig) {
      io.out(
        printConfig(
          { arguments: words, values: parser.opts(), more: command.config?.(call) ?? {} },
          parser.options,
        ),
      );
      return;
    }
    answer(await command.run(call, io));
  });
}

/** Fills while the command line is parsed: commander keeps only what it made of the words. */
function listenToOptions(parser: Parser): SaidOption[] {
  const said: SaidOption[] = [];
  for (const option of parser.options) {
    parser.on(`option:${option.name()}`, (text: string | undefined) => {
      said.push(saidOption(option, 'flag', text ?? undefined));
    });
  }
  return said;
}

/** What commander has for an argument: a word, several where its form ends in dots, or nothing. */
function wordsOf(given: unknown): readonly string[] {
  return [given].flat().filter((word) => typeof word === 'string');
}

function isGiven(source: OptionValueSource | undefined): boolean {
  return source === 'cli' || source === 'env';
}

function optionsOf(command: Command<never> | undefined): readonly Option[] {
  return [...(command?.options ?? []), ...commonOptions()];
}

function commonOptions(): readonly Option[] {
  return [
    new Option('--json', 'facts on stdout, one JSON object a line').default(false),
    new Option('-q, --quiet', 'only the result').default(false),
    new Option('--log-level <LEVEL>', 'how much is told').choices(logLevels).default('info'),
    new Option('--print-config', 'print the merged configuration, as JSON to be read, and exit').default(
      false,
    ),
  ];
}
