import type { Option } from 'commander';
import type { Command } from './command.ts';
import { exitCodeSentences } from './exit-codes.ts';

/** An option's line in help: what it is for, what it takes, and what it is when nothing is given. */
export function describeOption({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
}: Option): string {
  const usual = defaultValueDescription ?? (defaultValue === false ? undefined : defaultValue);
  const extras = [
    ...(argChoices === undefined ? [] : [argChoices.join(', ')]),
    ...(usual === undefined ? [] : [`default: ${usual}`]),
  ];
  return extras.length === 0 ? description : `${description} (${extras.join('; ')})`;
}

/** Options that help shows together, under a heading. */
export function inGroup(heading: string, options: readonly Option[]): readonly Option[] {
  return options.map((option) => option.helpGroup(`${heading}:`));
}

/** What follows the options of a command. */
export function commandHelp({ examples }: Command<never>): string {
  const lines = examples.map(([line, says]) => `  ${line}\n      ${says}`);
  const environment =
    'Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.';
  return `\nExamples:\n${lines.join('\n')}\n\n${environment}\n`;
}

/** What follows the list of commands. */
export function exitCodeHelp(): string {
  const lines = exitCodeSentences.map(([code, says]) => `  ${String(code).padStart(3)}  ${says}`);
  return `\nExit codes:\n${lines.join('\n')}\n`;
}
