import type { PhoneCommand } from '../phone/command.ts';
import type { OneStep, StepCase } from './scenario-case.ts';
import type { Stage } from './stage.ts';
import type { StepWord } from './step.schema.ts';
import type { StepEnd } from './step-end.ts';
import { type CommandWord, commandSteps } from './steps/command-steps.ts';
import { keys } from './steps/keys-step.ts';
import { breakServer, mend, publish, remove } from './steps/server-steps.ts';
import { advance, until, wait } from './steps/time-steps.ts';

type OtherWord = Exclude<StepWord, CommandWord | 'expect'>;
type Take<W extends StepWord> = (stage: Stage, step: OneStep<W>) => Promise<StepEnd>;

/** Who carries out which word, beside those that are commands. */
const others: { readonly [W in OtherWord]: Take<W> } = {
  keys,
  advance,
  until,
  wait,
  publish,
  remove,
  break: breakServer,
  mend,
};

/** A step that is not an expectation. */
export type Deed = Exclude<StepCase, OneStep<'expect'>>;

/** Carries out one step. Rejects when a phone failed. */
export async function takeStep(stage: Stage, step: Deed): Promise<StepEnd> {
  if (step.word !== 'wait') for (const phone of stage.phones) phone.waitFrom = phone.record.entries.length;
  return isCommand(step) ? command(stage, step) : other(stage, step);
}

function isCommand(step: Deed): step is Extract<Deed, OneStep<CommandWord>> {
  return Object.hasOwn(commandSteps, step.word);
}

function command<W extends CommandWord>(stage: Stage, step: OneStep<W>): StepEnd {
  const make: (step: OneStep<W>) => readonly PhoneCommand[] = commandSteps[step.word];
  for (const index of step.phones) {
    for (const one of make(step)) stage.phones[index]?.phone.send(one);
  }
  return 'done';
}

function other<W extends OtherWord>(stage: Stage, step: OneStep<W>): Promise<StepEnd> {
  const take: Take<W> = others[step.word];
  return take(stage, step);
}
