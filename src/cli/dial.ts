import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { formatDuration } from '../clock/durations.ts';
import { type Dialed, dial } from '../provisioning/dial.ts';
import { type DialingPlan, type DialRule, parseDialingPlan } from '../provisioning/dialing-plan.ts';
import { quote } from '../provisioning/quote.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';

interface DialValues {
  readonly plan?: string;
}

export const dialCommand: Command<DialValues> = {
  argumentSays: 'keys 0-9, *, # and A-D, or user@domain',
  options: [new Option('--plan <FILE>', 'the dialing plan')],
  examples: [
    ['deskphone dial 4567 --plan dialplan.txt', 'the rule, the address it makes, and when it is called'],
    ["deskphone dial '95551234567#' --plan dialplan.txt", 'the # ends the number: dialed at once'],
  ],
  run: async (call, io) => showDialing(call, io),
};

function showDialing({ argument = '', values }: Call<DialValues>, io: Io): ExitCode {
  const { plan: file, json, quiet } = values;
  if (file === undefined) throw new UsageError('--plan FILE is missing: the dialing plan');
  const plan = parseDialingPlan(read(file), file);
  if (!quiet) {
    for (const { file: where, line, severity, message } of plan.problems) {
      io.err(`${severity}: ${where}${line === undefined ? '' : `:${line}`}: ${message}\n`);
    }
  }
  if (plan.dividers !== 1) {
    io.err(`error: ${file} has ${plan.dividers} lines with %%; a phone would keep its old plan\n`);
    return exitCodes.failed;
  }
  const dialed = dial(plan, argument);
  if (dialed.by === 'mistake') throw new UsageError(`${quote(argument)}: ${dialed.why}`);
  io.out(json ? `${JSON.stringify(factOf(argument, dialed))}\n` : sentenceOf(argument, dialed, plan));
  return dialed.by === 'nothing' ? exitCodes.failed : exitCodes.asExpected;
}

function factOf(number: string, dialed: Exclude<Dialed, { by: 'mistake' }>) {
  const common = { type: 'number.dialed', number, by: dialed.by };
  switch (dialed.by) {
    case 'address':
      return { ...common, uri: dialed.uri };
    case 'rule': {
      const { rule, digits, uri, afterMs, unused } = dialed;
      const { line, pattern, isEmergency: emergency } = rule;
      return { ...common, line, pattern, digits, uri, afterMs, emergency, unused };
    }
    case 'nothing':
      return { ...common, open: dialed.open.map(({ line, pattern }) => ({ line, pattern })) };
  }
}

function sentenceOf(number: string, dialed: Exclude<Dialed, { by: 'mistake' }>, plan: DialingPlan): string {
  switch (dialed.by) {
    case 'address':
      return `${dialed.uri}\n  an address: called as it is, past the plan\n`;
    case 'rule': {
      const { rule, uri, afterMs, unused } = dialed;
      const when = afterMs === 0 ? 'at once' : `${formatDuration(afterMs)} after the first digit`;
      const late = unused === '' ? '' : `  ${unused} comes too late\n`;
      return `${uri}\n  ${when}, by ${nameOf(rule)}${rule.isEmergency ? ', an emergency call' : ''}\n${late}`;
    }
    case 'nothing':
      return `nothing is dialed: none of ${plan.rules.length} rules matches ${number}\n${openRules(dialed.open)}`;
  }
}

function openRules(open: readonly DialRule[]): string {
  return open.map((rule) => `  more keys could match ${nameOf(rule)}\n`).join('');
}

function nameOf({ line, pattern }: DialRule): string {
  return `line ${line}: ${pattern}`;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`--plan ${file}: ${sayFileFailure(error)}`);
  }
}
