import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../clock/durations.ts';
import { readFaultFile } from '../scenario/fault-file.ts';
import { complaintsAboutFolders } from '../scenario/older-trees.ts';
import { complaintsOnTheWire, type FaultComplaint, readFaultRules } from '../server/fault-rules.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import { UsageError } from './exit-codes.ts';
import { path } from './values.ts';

/** What goes wrong on purpose, as commands with a server of ours take it. */
export interface FaultValues {
  readonly fault: readonly FaultRule[];
  readonly faults?: string;
}

export function faultOptions(): readonly Option[] {
  return [
    new Option(
      '--fault <RULE>',
      'go wrong on purpose: a fault, a pattern of paths, settings, such as "truncate *.bin afterBytes=1000 times=1"; may be repeated',
    )
      .argParser(faultRule)
      .default([], 'none'),
    new Option('--faults <FILE>', 'rules for that from a file, YAML or JSON')
      .argParser(path)
      .default(undefined, 'none'),
  ];
}

/**
 * The rules of the file, then those of the command line. `sockets`: what only the loopback can do is refused.
 * Throws `UsageError` with every complaint.
 */
export function faultRulesOf(
  { fault, faults }: FaultValues,
  over: 'sockets' | 'loopback',
): readonly FaultRule[] {
  const complaintsAbout = (rules: readonly FaultRule[]): readonly FaultComplaint[] => [
    ...complaintsAboutFolders(rules),
    ...(over === 'sockets' ? complaintsOnTheWire(rules) : []),
  ];
  const file = faults === undefined ? { rules: [], at: () => '' } : readFaultFile(faults);
  const inFile = 'rules' in file ? complaintsAbout(file.rules).map(file.at) : file.complaints;
  const inOptions = complaintsAbout(fault).map(({ message }) => `--fault: ${message}`);
  const complaints = [...inFile, ...inOptions];
  if (complaints.length > 0) throw new UsageError(complaints.join('\n'));
  return 'rules' in file ? [...file.rules, ...fault] : fault;
}

/** `truncate of *.bin, latency of **`: enough to know that it is on purpose. */
export function faultsInWords(rules: readonly FaultRule[]): string {
  return rules.map(({ fault, match }) => `${fault} of ${match}`).join(', ');
}

/** A rule in one line: `truncate *.bin afterBytes=1000`. Without a pattern it is for every file. */
export function faultRule(text: string, before: readonly FaultRule[] = []): readonly FaultRule[] {
  const [fault, ...words] = text.split(/\s+/).filter((word) => word !== '');
  const settings = words.map((word, index) => settingOf(word, index));
  const rule = { match: '**', fault, ...Object.fromEntries(settings) };
  const read = readFaultRules([...before, rule]);
  if (read.ok) return read.rules;
  throw new InvalidArgumentError(read.complaints.map(sentence).join(' '));
}

function settingOf(word: string, index: number): readonly [name: string, value: unknown] {
  const [, name, value] = /^(\w+)=(.*)$/.exec(word) ?? [];
  if (name !== undefined && value !== undefined)
    return [name, name === 'at' ? value.split(',').map(numberOf) : numberOf(value)];
  if (index === 0) return ['match', word];
  throw new InvalidArgumentError(`"${word}": expected NAME=VALUE, such as afterBytes=1000.`);
}

/** The option is named already, and with it the rule. */
function sentence({ message }: FaultComplaint): string {
  const said = message.replace(/^rule \d+(?: \([a-z-]+\))?: /, '');
  return said.endsWith('?') ? said : `${said}.`;
}

/** A number, also as a size (`64k`) or a duration (`30s`, in milliseconds); anything else stays text. */
function numberOf(text: string): unknown {
  const [, amount, unit] = /^(-?\d+(?:\.\d+)?)([kM]?)$/.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * (unit === 'k' ? 1024 : unit === 'M' ? 1024 * 1024 : 1);
  return parseDuration(text) ?? text;
}
