import { formatDuration } from '../clock/durations.ts';
import { sayNoPoll } from '../report/reasons.ts';
import type { Failure } from '../report/verdict.ts';
import type { StoryEnd } from '../scenario/follow-phone.ts';
import { sayWithoutEffect } from '../scenario/press-key.ts';
import type { PhoneValues } from './phone-options.ts';

type StoryLimits = Pick<PhoneValues, 'timeout' | 'notify'> & Partial<Pick<PhoneValues, 'then'>>;

/** What `--then`, `--keys` and `--timeout` asked for and the phone did not come to; undefined: it did all. */
export function shortfallOf(end: StoryEnd, values: StoryLimits): Failure | undefined {
  if (end === 'at-rest') return undefined;
  if (end === 'timeout') {
    return { code: 'NOT_FINISHED', message: `${sayLimit(values)} came before the phone was at rest` };
  }
  if (end === 'not-notified') {
    return { code: 'NOT_NOTIFIED', message: `${sayLimit(values)} came before a check-sync began a check` };
  }
  if (end === 'interrupted') return staysUp(values) ? undefined : interrupted;
  if ('noPollBecause' in end) {
    const message = `--then poll: the phone has no poll to wait for; ${sayNoPoll(end.noPollBecause)}`;
    return { code: 'NO_POLL', message };
  }
  return { code: 'KEY_WITHOUT_EFFECT', message: sayWithoutEffect(end) };
}

/** Told to wait for check-syncs without end: then an interruption is the end. */
export function staysUp({ notify, then = [] }: StoryLimits): boolean {
  return notify !== undefined && !then.includes('notify');
}

const interrupted: Failure = {
  code: 'NOT_FINISHED',
  message: 'the run was stopped before --keys and --then were done',
};

export function sayLimit({ timeout }: StoryLimits): string {
  return `the limit of ${formatDuration(timeout)} (--timeout)`;
}
