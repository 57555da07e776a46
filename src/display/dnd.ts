import type { PhoneEvent } from '../events/phone-event.ts';

/**
 * Do Not Disturb is two flags, so that an update gives the user's own back. What is shown and answered is
 * their *or*.
 */
export interface DndFlags {
  readonly update: boolean;
  readonly user: boolean;
}

export const dndOff: DndFlags = { update: false, user: false };

export function dndShown(flags: DndFlags): boolean {
  return flags.update || flags.user;
}

/** Both flags after a fact. The user's survives loss of power, the update's does not. */
export function foldDnd(flags: DndFlags, event: PhoneEvent): DndFlags {
  switch (event.type) {
    case 'flash.read':
      return { update: false, user: event.userDnd };
    case 'power.off':
    case 'phone.restarted':
      return { ...flags, update: false };
    case 'dnd.enabled':
      return { ...flags, [event.by]: true };
    case 'dnd.disabled':
      return { ...flags, [event.by]: false };
    default:
      return flags;
  }
}
