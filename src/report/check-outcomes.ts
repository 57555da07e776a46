import type { PhoneState } from '../display/phone-state.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';

/** A check for updates, as far as its verdict needs it. */
export interface TrackedCheck {
  readonly check: number;
  readonly trigger: Fact<'update.started'>['trigger'];
  /** Made by the boot loader of a phone without a whole image. */
  readonly recovering: boolean;
  /** Absent: the provisioning file could not be had. */
  readonly read?: Fact<'provisioning-file.read'>;
}

/** The checks after a fact. `state` is where the phone stands after it. */
export function foldChecks(
  checks: readonly TrackedCheck[],
  event: PhoneEvent,
  state: PhoneState,
): readonly TrackedCheck[] {
  switch (event.type) {
    case 'update.started': {
      const { check, trigger } = event;
      return [...checks, { check, trigger, recovering: state === 'recovery' }];
    }
    case 'provisioning-file.read':
      return checks.map((known) => (known.check === event.check ? { ...known, read: event } : known));
    default:
      return checks;
  }
}
