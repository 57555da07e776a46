import type { OneStep } from '../scenario-case.ts';
import type { Stage } from '../stage.ts';
import type { StepEnd } from '../step-end.ts';

export async function publish({ tree }: Stage, { value }: OneStep<'publish'>): Promise<StepEnd> {
  tree?.publish(value);
  return 'done';
}

export async function remove({ tree }: Stage, { value }: OneStep<'remove'>): Promise<StepEnd> {
  tree?.remove(value);
  return 'done';
}

export async function breakServer({ world }: Stage, { value }: OneStep<'break'>): Promise<StepEnd> {
  await world.breakServer(value);
  return 'done';
}

export async function mend({ world }: Stage): Promise<StepEnd> {
  await world.mendServer();
  return 'done';
}
