import { formatDuration } from '../../clock/durations.ts';
import { pressKey, sayWithoutEffect, shownKey } from '../press-key.ts';
import type { OneStep } from '../scenario-case.ts';
import type { Stage } from '../stage.ts';
import type { StepEnd } from '../step-end.ts';
import { WAIT_MAX_MS } from './time-steps.ts';

/** Presses keys on each of the phones, each key once its screen is there. */
export async function keys(stage: Stage, step: OneStep<'keys'>): Promise<StepEnd> {
  const { world, signal } = stage;
  const { limitMs = WAIT_MAX_MS } = step;
  for (const { phone, handset } of step.phones.flatMap((index) => stage.phones[index] ?? [])) {
    for (const key of step.value) {
      const deadlineMs = world.clock.now() + limitMs;
      const pressed = await pressKey(world, phone, { key, handset, deadlineMs, signal });
      if (pressed === 'interrupted') return pressed;
      if (pressed !== 'pressed') {
        return {
          expected: `key "${shownKey(pressed)}" has an effect within ${formatDuration(limitMs)}`,
          found: sayWithoutEffect(pressed),
          phone: phone.mac,
        };
      }
    }
  }
  return 'done';
}
