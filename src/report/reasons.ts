import type { Fact, ToldDecision } from '../events/phone-event.ts';
import type { Trigger } from '../provisioning/words.ts';

type Why<T extends 'update.refused' | 'phone.restarting'> = Fact<T>['why'];

// Reason codes of facts, as a person would say them.

const noPollReasons: Readonly<Record<string, string>> = {
  'auto-update-off': 'AUTO_UPDATE is NO until a file says YES',
  'no-clock': 'the phone has no valid time of day',
  'not-up': 'the phone did not come up',
};

/** Why there is no next poll; a code without a sentence is shown as it is. */
export function sayNoPoll(because: string): string {
  return noPollReasons[because] ?? because;
}

export const triggerWords: Readonly<Record<Trigger, string>> = {
  'power-up': 'power-up',
  'soft-key': 'Check for Updates',
  poll: 'daily poll',
  'check-sync': 'check-sync',
};

export const refusedUpdateReasons: Readonly<Record<Why<'update.refused'>, string>> = {
  'logged-out': 'nobody is logged in, and Check for Updates needs that',
  'check-running': 'another check is running',
  'not-up': 'the phone is not up',
  'screen-in-use': 'the screen waits for an answer first',
  'no-server': 'the phone knows no provisioning server',
};

export const restartReasons: Readonly<Record<Why<'phone.restarting'>, string>> = {
  firmware: 'new firmware',
  configuration: 'new configuration',
  reset: 'reset',
  recovery: 'recovered firmware',
  'user-data-erased': 'user data erased',
  'factory-reset': 'factory reset',
  'memory-error': 'memory error (RECOVERY_LEVEL)',
};

export const decisionReasons: Readonly<Record<ToldDecision['why'], string>> = {
  forced: 'FORCED',
  'not-stored': 'not stored',
  newer: 'newer',
  'by-date': 'by the date of its files',
  'not-newer': 'not newer',
  later: 'put off until later',
  'refused-name': "a FILENAME climbs out of the server's tree",
  'wrong-hardware': 'the image is for other hardware',
  'no-filename': 'no FILENAME',
};
