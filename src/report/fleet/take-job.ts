import type { Fact } from '../../events/phone-event.ts';
import type { Trigger } from '../../provisioning/words.ts';
import type { Phase } from '../phase.ts';
import type { FigureSums } from './figure-sums.ts';
import type { JobKind } from './figures.ts';
import type { JobSums } from './job-sums.ts';
import { NEVER_US, type PhoneLine } from './phone-line.ts';

// What boots and checks add to the figures: due, begun, ended. The check at power-up is a part of its boot.

/** A boot has come to its end when the phone stands in one of these. */
const up: ReadonlySet<Phase> = new Set<Phase>(['idle', 'login', 'banner']);

/** From that instant on a phone has something to do; what it had not begun is left undone. */
export function jobDue(sums: FigureSums, line: PhoneLine, atUs: number, kind: JobKind): void {
  line.job = kind;
  line.jobDueUs = atUs;
  line.jobBegunUs = NEVER_US;
  line.jobFailed = false;
  const jobs = measured(sums, line);
  if (jobs !== undefined) jobs.due += 1;
}

/** A check is due, unless the phone is at something else: one that waits for its user goes without. */
export function checkDue(sums: FigureSums, line: PhoneLine, atUs: number, kind: JobKind): void {
  const isAtWork = line.job === 'boot' || (line.job !== undefined && line.jobBegunUs !== NEVER_US);
  if (!isAtWork) jobDue(sums, line, atUs, kind);
}

/**
 * A phone has power, or restarts. Within a boot that is a part of it; otherwise it has forgotten what it was
 * at, and boots.
 */
export function startedAnew(sums: FigureSums, line: PhoneLine, atUs: number): void {
  if (line.job !== 'boot') jobDue(sums, line, atUs, 'boot');
  jobBegun(sums, line, atUs);
}

function jobBegun(sums: FigureSums, line: PhoneLine, atUs: number): void {
  if (line.job === undefined || line.jobBegunUs !== NEVER_US) return;
  line.jobBegunUs = atUs;
  const jobs = measured(sums, line);
  if (jobs === undefined) return;
  jobs.begun += 1;
  jobs.lateness.record(atUs - line.jobDueUs);
}

export function updateStarted(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  { trigger }: Fact<'update.started'>,
): void {
  const kind = jobOf(trigger);
  if (kind === undefined || line.job === 'boot') return;
  if (line.job !== kind || line.jobBegunUs !== NEVER_US) jobDue(sums, line, atUs, kind);
  jobBegun(sums, line, atUs);
}

export function updateFinished(
  sums: FigureSums,
  line: PhoneLine,
  atUs: number,
  { trigger, result }: Fact<'update.finished'>,
): void {
  if (result === 'no-provisioning-file' || result === 'cut') line.jobFailed = true;
  const kind = jobOf(trigger);
  if (kind !== undefined && line.job === kind && line.jobBegunUs !== NEVER_US) jobEnded(sums, line, atUs);
}

export function updateRefused(sums: FigureSums, line: PhoneLine, { trigger }: Fact<'update.refused'>): void {
  if (line.job === undefined || line.job !== jobOf(trigger) || line.jobBegunUs !== NEVER_US) return;
  const jobs = measured(sums, line);
  if (jobs !== undefined) jobs.failed += 1;
  noJob(line);
}

/** A boot ends where the phone waits for its user. */
export function phaseReached(sums: FigureSums, line: PhoneLine, atUs: number, phase: Phase): void {
  if (line.job === 'boot' && line.jobBegunUs !== NEVER_US && up.has(phase)) jobEnded(sums, line, atUs);
}

function jobEnded(sums: FigureSums, line: PhoneLine, atUs: number): void {
  const { job, jobDueUs, jobBegunUs, jobFailed, protocol } = line;
  const jobs = measured(sums, line);
  if (jobs !== undefined) {
    const latencyUs = atUs - jobDueUs;
    if (jobFailed) {
      jobs.failed += 1;
    } else {
      jobs.done += 1;
      // A server without any file is fast at failing.
      jobs.latency.record(latencyUs);
      jobs.service.record(atUs - jobBegunUs);
    }
    if (job === 'boot') {
      sums.slowest.add({ phone: line.index, protocol, latencyUs, ...(jobFailed && { failed: true }) });
    }
  }
  noJob(line);
}

function noJob(line: PhoneLine): void {
  line.job = undefined;
  line.jobDueUs = NEVER_US;
  line.jobBegunUs = NEVER_US;
}

function measured(sums: FigureSums, line: PhoneLine): JobSums | undefined {
  if (line.job === undefined || line.jobDueUs < sums.frame.measuredFromUs) return undefined;
  return sums.jobs(line.protocol, line.job);
}

/** The check at power-up belongs to its boot. */
function jobOf(trigger: Trigger): JobKind | undefined {
  return trigger === 'power-up' ? undefined : trigger;
}
