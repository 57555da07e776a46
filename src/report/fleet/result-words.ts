import { formatDuration } from '../../clock/durations.ts';
import { type NotifyReason, notifyReasons } from '../../events/wire-facts.schema.ts';
import type { Protocol } from '../../provisioning/words.ts';
import { protocols } from '../../provisioning/words.ts';
import { notifyAnswers } from '../user-sayings.ts';
import { type Cause, causes, classOf } from './cause.ts';
import { countedText, countText, durationText, shareText } from './figure-text.ts';
import { jobKinds } from './figures.schema.ts';
import type { FleetFigures, JobFigures, JobKind } from './figures.ts';
import { errorsOf } from './file-totals.ts';
import { filesOf, timeToShare } from './metric.ts';
import type { FleetResult, FleetVerdict } from './result.ts';
import { saySearch } from './search.ts';

// What all reports of a fleet say in the same words.

export const jobWords: Readonly<Record<JobKind, string>> = {
  boot: 'boot',
  poll: 'poll',
  'soft-key': 'check by soft key',
  'check-sync': 'check-sync',
};

/** Several of them. */
const jobsWords: Readonly<Record<JobKind, string>> = {
  boot: 'boots',
  poll: 'polls',
  'soft-key': 'checks by soft key',
  'check-sync': 'check-syncs',
};

const verdictWords: Readonly<Record<FleetVerdict, string>> = {
  passed: 'passed',
  failed: 'failed',
  invalid: 'invalid',
};

/** One sentence of a run. */
export function fleetSentence(result: FleetResult): string {
  const { verdict, title, phones, shards, search } = result;
  if (search !== undefined) return `${title}: ${verdictWords[verdict]}, ${saySearch(search)}`;
  const all = countedText(phones.count, 'phone');
  const who = shards.of === 1 ? all : `${countText(phonesCovered(result))} of ${all}, ${sayShards(shards)}`;
  return `${title}: ${who}, ${verdictWords[verdict]}`;
}

function sayShards({ of, covered }: FleetResult['shards']): string {
  return covered.length === 1 ? `shard ${covered.join()}/${of}` : `${covered.length} of ${of} shards`;
}

/** How many phones of a fleet the figures of some shards are of: phone i is of shard i mod `of`. */
export function phonesCovered({
  phones: { count, firstIndex },
  shards: { of, covered },
}: Pick<FleetResult, 'phones' | 'shards'>): number {
  return covered.reduce((sum, shard) => {
    const before = (((shard - firstIndex) % of) + of) % of;
    return sum + Math.max(0, Math.ceil((count - before) / of));
  }, 0);
}

/** At most so many things to look at. */
const FIRST_MAX = 3;

/** The three things to look at first: what is not as it should be and why, then what stands out. */
export function lookAtFirst(result: FleetResult): readonly string[] {
  const reasons = [...result.why, ...sayMissed(result)];
  const cause = commonestCause(result.figures);
  // However much did not hold, what the server did is among the three.
  const first = [...reasons.slice(0, FIRST_MAX - cause.length), ...cause];
  return [...first, ...notable(result.figures)].slice(0, FIRST_MAX);
}

/** Each event that did not come, and when the run was over. */
export function sayMissed({ missed = [], figures }: FleetResult): readonly string[] {
  return missed.map(
    ({ event, atMs }) =>
      `${event} at ${formatDuration(atMs)} never came: the run was over after ${durationText(figures.endUs)}`,
  );
}

function notable(figures: FleetFigures): readonly string[] {
  return [...unfinishedJobs(figures), ...unheeded(figures), ...slowest(figures), ...behind(figures)];
}

function commonestCause(figures: FleetFigures): readonly string[] {
  const [most] = failuresByCause(figures);
  if (most === undefined) return [];
  const { cause, protocol, count } = most;
  const asked = filesOf(figures, protocol, undefined).reduce((sum, file) => sum + file.asked, 0);
  return [
    `${countText(count)} of ${countedText(asked, 'file')} over ${protocol} failed: ${causeSentences[cause]}`,
  ];
}

function unfinishedJobs(figures: FleetFigures): readonly string[] {
  return eachJob(figures).flatMap(({ protocol, kind, job }) =>
    job.unfinished === 0
      ? []
      : [
          `${countText(job.unfinished)} of ${countText(job.due)} ${job.due === 1 ? jobWords[kind] : jobsWords[kind]} over ${protocol} did not come to their end`,
        ],
  );
}

function unheeded(figures: FleetFigures): readonly string[] {
  const [most] = ignoredNotifies(figures);
  return most === undefined
    ? []
    : [`${countText(most.count)} of the NOTIFYs led to no check: ${notifyAnswers[most.why]}`];
}

function slowest({ slowest: [first] }: FleetFigures): readonly string[] {
  if (first === undefined) return [];
  const { phone, protocol, latencyUs, failed } = first;
  const took = failed ? `, which failed after ${durationText(latencyUs)}` : `: ${durationText(latencyUs)}`;
  return [`the slowest boot was that of phone ${phone} over ${protocol}${took}`];
}

function behind(figures: FleetFigures): readonly string[] {
  const { release } = figures;
  if (release === null) return [];
  const to95 = timeToShare(figures, 95);
  if (to95 !== undefined) return [`95% of the phones had ${release.version} after ${durationText(to95)}`];
  return [
    `${shareText(release.onTarget / Math.max(1, release.phones))} of the phones have ${release.version}`,
  ];
}

/** Failed files by protocol and cause, the most of them first. */
export function failuresByCause(
  figures: FleetFigures,
): readonly { readonly protocol: Protocol; readonly cause: Cause; readonly count: number }[] {
  return protocols
    .flatMap((protocol) =>
      causes.map((cause) => ({
        protocol,
        cause,
        count: filesOf(figures, protocol, undefined).reduce(
          (sum, file) => sum + (file.causes[cause] ?? 0),
          0,
        ),
      })),
    )
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** NOTIFYs that led to no check by reason, the most of them first. */
export function ignoredNotifies({
  notifiesIgnored,
}: FleetFigures): readonly { readonly why: NotifyReason; readonly count: number }[] {
  return notifyReasons
    .map((why) => ({ why, count: notifiesIgnored[why] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** Boots and checks of each protocol that had any. */
export function eachJob({ jobs }: FleetFigures): readonly {
  readonly protocol: Protocol;
  readonly kind: JobKind;
  readonly job: JobFigures;
}[] {
  return protocols.flatMap((protocol) =>
    jobKinds.flatMap((kind) => {
      const job = jobs[protocol]?.[kind];
      return job === undefined ? [] : [{ protocol, kind, job }];
    }),
  );
}

/** Errors of the server among all files asked for; 0 of none. */
export function errorShare(figures: FleetFigures): number {
  const files = filesOf(figures, undefined, undefined);
  const asked = files.reduce((sum, file) => sum + file.asked, 0);
  return asked === 0 ? 0 : errorsOf(files) / asked;
}

/** What a cause means, in a few words. */
export const causeSentences: Readonly<Record<Cause, string>> = {
  NO_NAME: 'the name of the server is unknown',
  NO_CONNECTION: 'no connection came about in time',
  REFUSED: 'the connection was refused',
  NO_BANNER: 'the server took the connection and said nothing (no banner)',
  NO_ANSWER: 'no answer at all',
  RESET: 'the connection was reset before an answer',
  STALLED: 'the server fell silent midway',
  RESET_MIDWAY: 'the connection was reset midway',
  TOO_SLOW: 'not complete within the time a phone gives a file',
  NOT_FOUND: 'the server has no such file',
  ACCESS_DENIED: 'access was denied',
  UNREACHABLE: 'no way to the server',
  TRUNCATED: 'the server ended it before the file did',
  TOO_LARGE: 'larger than a phone takes',
  PROTOCOL: 'the server broke the protocol',
  ABORTED: 'ended by the phone',
  TLS: 'no secure connection',
  BUSY: 'the server was busy',
  LOCAL_LIMIT: 'a limit of this machine, not of the server',
};

/** Whose doing a cause is, in a word. */
export function ownerOf(cause: Cause): string {
  return { server: 'server', machine: 'this machine', phone: 'phone' }[classOf(cause)];
}
