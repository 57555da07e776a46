import { InvalidArgumentError, type Option, type Command as Parser } from 'commander';
import { nearestName } from '../provisioning/nearest-name.ts';
import type { SaidOption } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { unsaidOptions } from './print-config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'DESKPHONE_';

/** Prints where an internal error happened. No option: it must work before options are read. */
export const DEBUG_VARIABLE = `${PREFIX}DEBUG`;

/** The variable an option can be given in: `DESKPHONE_LOG_LEVEL` for `--log-level`. */
export function variableOf(option: Option): string {
  return `${PREFIX}${option.name().toUpperCase().replaceAll('-', '_')}`;
}

/** An option as it was given; without a text it takes none. */
export function saidOption(option: Option, by: SaidOption['by'], text: string | undefined): SaidOption {
  const flag = option.long ?? option.flags;
  return { name: option.attributeName(), flag, by, ...(text !== undefined && { text }) };
}

/**
 * Sets from the environment what no flag has set, and says what; an empty variable counts as not set. Throws
 * `UsageError`.
 */
export function takeEnvironment(
  parser: Parser,
  options: readonly Option[],
  environment: Environment,
): readonly SaidOption[] {
  const taken: SaidOption[] = [];
  for (const option of options) {
    const name = option.attributeName();
    const text = environment[variableOf(option)] ?? '';
    if (text === '' || parser.getOptionValueSource(name) === 'cli') continue;
    const value = readVariable(option, text);
    parser.setOptionValueWithSource(name, value, 'env');
    if (value !== false) taken.push(saidOption(option, 'variable', option.isBoolean() ? undefined : text));
  }
  return taken;
}

/** A sentence for each variable that looks like a misspelt one: it would be ignored silently. */
export function doubtfulVariables(environment: Environment, options: readonly Option[]): readonly string[] {
  return otherVariables(environment, options).flatMap((name) => {
    const meant = nearestName(name, variablesOf(options));
    return meant === undefined ? [] : [`${name} is no variable of any option; did you mean ${meant}?`];
  });
}

/** Variables with our prefix that none of these options has. */
export function otherVariables(environment: Environment, options: readonly Option[]): readonly string[] {
  const known = variablesOf(options);
  return Object.keys(environment).filter((name) => name.startsWith(PREFIX) && !known.includes(name));
}

function variablesOf(options: readonly Option[]): readonly string[] {
  return [...options.map(variableOf), DEBUG_VARIABLE];
}

function readVariable(option: Option, text: string): unknown {
  if (option.isBoolean()) return readBoolean(option, text);
  if (option.parseArg === undefined) return text;
  try {
    return option.parseArg<unknown>(text, undefined);
  } catch (error) {
    if (error instanceof InvalidArgumentError)
      throw new UsageError(`${said(option, text)}: ${error.message}`);
    throw error;
  }
}

const booleans: Readonly<Record<string, boolean>> = {
  1: true,
  true: true,
  yes: true,
  on: true,
  0: false,
  false: false,
  no: false,
  off: false,
};

function readBoolean(option: Option, text: string): boolean {
  const value = booleans[text.toLowerCase()];
  if (value === undefined) throw new UsageError(`${said(option, text)}; expected true or false`);
  return value;
}

function said(option: Option, text: string): string {
  const shown = unsaidOptions.has(option.attributeName()) ? '***' : text;
  return `${variableOf(option)} is "${shown}"`;
}
