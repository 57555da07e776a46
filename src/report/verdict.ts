import type { z } from 'zod';
import type { PhoneState } from '../display/phone-state.ts';
import type { Fact } from '../events/phone-event.ts';
import { type SectionName, type Severity, severities } from '../provisioning/words.ts';
import type { TrackedCheck } from './check-outcomes.ts';
import type { failureSchema, problemOutcomeSchema } from './outcome.schema.ts';
import { refusedUpdateReasons } from './reasons.ts';
import type { TrackedRequest } from './request-outcomes.ts';
import type { TrackedSection } from './section-outcomes.ts';

export type Failure = Readonly<z.infer<typeof failureSchema>>;
export type ProblemOutcome = Readonly<z.infer<typeof problemOutcomeSchema>>;

/** What a run is held against: `--fail-on` and `--allow CODE[:SECTION]`. */
export interface Demands {
  /** Problems of this severity or above fail the run. */
  readonly failOn: Severity;
  /** Codes that fail nothing; with a section: only there. */
  readonly allow: readonly { readonly code: string; readonly section?: SectionName }[];
}

/** All that a verdict is made of. */
export interface Evidence {
  readonly state: PhoneState;
  /** How the last series of tries to get an address failed. */
  readonly noLease: Fact<'dhcp.failed'> | undefined;
  readonly checks: readonly TrackedCheck[];
  readonly refusals: readonly Fact<'update.refused'>[];
  readonly requests: readonly TrackedRequest[];
  readonly sections: readonly TrackedSection[];
  readonly problems: readonly ProblemOutcome[];
  /** What the story asked for and the phone did not come to. */
  readonly shortfall: Failure | undefined;
}

/** Every reason why a run failed, the one to mend first at the head; none: it is as it should be. */
export function judge(evidence: Evidence, { failOn, allow }: Demands): Failure[] {
  const sections = byCheck(evidence.sections);
  const requests = byCheck(evidence.requests);
  const failures = [
    ...judgeUnfinished(evidence),
    ...judgeAddress(evidence),
    ...judgeChecks(evidence),
    ...evidence.checks
      .filter(judged)
      .flatMap((check) => [
        ...judgeProvisioningFile(check, { ...evidence, requests: requests.get(check.check) ?? [] }),
        ...(sections.get(check.check) ?? []).flatMap(judgeSection),
      ]),
    ...judgeRecovery(evidence.state),
  ];
  const problems = evidence.problems
    .filter(({ severity }) => severities.indexOf(severity) >= severities.indexOf(failOn))
    .filter((problem) => !failures.some((failure) => sameMatter(failure, problem)))
    .map(({ severity: _, line, ...problem }) => ({ ...problem, message: placed(problem, line) }));
  // Last: what went wrong before is mostly the reason why the phone did not come to it.
  const all = [...failures, ...problems, ...judgeShortfall(evidence)];
  return all.filter((failure) => !allow.some((allowed) => covers(allowed, failure)));
}

function covers(allowed: Demands['allow'][number], { code, section }: Failure): boolean {
  return allowed.code === code && (allowed.section === undefined || allowed.section === section);
}

/** In one walk: a phone that ran for years has thousands of checks. */
function byCheck<T extends { readonly outcome: { readonly check: number } }>(
  all: readonly T[],
): ReadonlyMap<number, readonly T[]> {
  const grouped = new Map<number, T[]>();
  for (const one of all) {
    const known = grouped.get(one.outcome.check);
    if (known === undefined) grouped.set(one.outcome.check, [one]);
    else known.push(one);
  }
  return grouped;
}

/** What the boot loader tries and tries again does not count; where it ends does. */
function judged({ recovering }: TrackedCheck): boolean {
  return !recovering;
}

/** Comes first: a transfer that was cut short by the end of the run says nothing against the server. */
function judgeUnfinished({ state, requests }: Evidence): Failure[] {
  if (state !== 'busy') return [];
  const last = requests.at(-1)?.outcome;
  const doing = last?.result === 'ABORTED' ? `fetching ${last.url}` : 'busy';
  return [{ code: 'NOT_FINISHED', message: `the run ended while the phone was still ${doing}` }];
}

/** That a busy phone did not come to its end has been said. */
function judgeShortfall({ state, shortfall }: Evidence): Failure[] {
  return state === 'busy' || shortfall === undefined ? [] : [shortfall];
}

function judgeAddress({ state, noLease }: Evidence): Failure[] {
  if (state !== 'no-address' || noLease === undefined) return [];
  return [{ code: noLease.code, message: `the phone has no address: ${noLease.message}` }];
}

function judgeChecks({ state, checks, refusals }: Evidence): Failure[] {
  if (checks.some(judged) || state === 'recovery' || state === 'no-address') return [];
  const refusal = refusals.at(-1);
  if (refusal === undefined) return [{ code: 'NO_CHECK', message: 'no check for updates was made' }];
  const message = `no check for updates was made: ${refusedUpdateReasons[refusal.why]}`;
  return [{ code: 'CHECK_REFUSED', message }];
}

/** `requests` are those of the check. */
function judgeProvisioningFile(
  { check, read, refused }: TrackedCheck,
  { requests, problems }: Pick<Evidence, 'requests' | 'problems'>,
): Failure[] {
  if (refused !== undefined) {
    return [{ code: refused.code, file: refused.file, check, message: refused.message }];
  }
  if (read === undefined) return [notHad(check, requests)];
  const { file, sections, cutOff } = read;
  const code = 'LINE_TOO_LONG';
  const cut = problems.find((problem) => problem.code === code && problem.file === file);
  return [
    ...(cutOff
      ? [{ code, file, check, message: placed({ file, message: 'cut off by an over-long line' }, cut?.line) }]
      : []),
    ...(sections.length > 0
      ? []
      : [{ code: 'NO_SECTION', file, check, message: `${file} holds no section a phone knows` }]),
  ];
}

/** A message with the place it is about, unless it begins with that. */
function placed(
  { file, message }: { readonly file?: string | undefined; readonly message: string },
  line: number | undefined,
): string {
  if (file === undefined || message.startsWith(file)) return message;
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

function notHad(check: number, requests: readonly TrackedRequest[]): Failure {
  const code = 'NO_PROVISIONING_FILE';
  const request = requests.find(({ outcome }) => outcome.section === null);
  if (request === undefined) return { code, check, message: 'no provisioning file was asked for' };
  const { file, result } = request.outcome;
  if (result === 'ok') return { code, file, check, message: `${file} arrived and was not used` };
  return { code: result, file, check, message: `${file} could not be had: ${result} (${request.detail})` };
}

function judgeSection({ lost, finished, outcome }: TrackedSection): Failure[] {
  const { section, check, decision, why, result, error } = outcome;
  const about = { section, check };
  if (decision === 'skip') {
    const skipped = skipFailures[why];
    return skipped === undefined
      ? []
      : [{ ...about, code: skipped.code, message: `[${section}] ${skipped.message}` }];
  }
  const failures = lost.map(({ code, file, message }) => ({
    ...about,
    code,
    file,
    message: `[${section}] ${file}: ${code} (${message})`,
  }));
  const code = error ?? 'NOT_COMPLETED';
  if (result !== 'kept' || failures.some((failure) => failure.code === code)) return failures;
  if (error === undefined && failures.length > 0) return failures;
  const what = finished ? `was not completed: ${code}` : 'was still under way at the end';
  return [...failures, { ...about, code, message: `[${section}] ${what}` }];
}

/** Skips that mean the file cannot work as it stands. Not newer and Later are no failures. */
const skipFailures: Readonly<
  Partial<Record<TrackedSection['outcome']['why'], { code: string; message: string }>>
> = {
  'refused-name': { code: 'BAD_NAME', message: "names a file outside the server's tree" },
  'wrong-hardware': { code: 'WRONG_HARDWARE', message: 'names an image for other hardware' },
  'no-filename': { code: 'NO_FILENAME', message: 'names no file' },
};

function judgeRecovery(state: PhoneState): Failure[] {
  return state === 'recovery'
    ? [{ code: 'RECOVERY', message: 'the image in flash is half written and no other could be had' }]
    : [];
}

/** Whether a problem tells again what a failure has said. */
function sameMatter(failure: Failure, problem: ProblemOutcome): boolean {
  if (failure.code !== problem.code || failure.section !== problem.section) return false;
  // A problem may stand where the provisioning file names a file, and names the file in its words.
  return (
    failure.file === undefined ||
    problem.file === undefined ||
    failure.file === problem.file ||
    problem.message.includes(failure.file)
  );
}
