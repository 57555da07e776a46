import { DAY_MS, formatDuration, HOUR_MS } from '../../clock/durations.ts';
import { isoInstant } from '../../clock/instant.ts';
import { sayNoPoll } from '../../report/reasons.ts';
import { matchesFact, sayFact, sayPattern } from '../fact-match.ts';
import type { FactPattern } from '../fact-pattern.schema.ts';
import type { OneStep } from '../scenario-case.ts';
import { passTime, type Stage, type StagePhone, type WaitEnd, waitUntil } from '../stage.ts';
import { type StepEnd, sayNames } from '../step-end.ts';

/** As long as `deskphone boot` waits. */
export const WAIT_MAX_MS = 3 * HOUR_MS;
/** A poll comes within a day and its stagger, or never. */
const POLL_WAIT_MAX_MS = 3 * DAY_MS;

export async function advance(stage: Stage, { value }: OneStep<'advance'>): Promise<StepEnd> {
  return passed(await passTime(stage, value));
}

export async function until(stage: Stage, { value }: OneStep<'until'>): Promise<StepEnd> {
  const leftMs = value - stage.world.clock.now();
  if (leftMs >= 0) return passed(await passTime(stage, leftMs));
  return {
    expected: `time goes by until ${isoInstant(value)}`,
    found: `it is ${isoInstant(stage.world.clock.now())} already`,
  };
}

function passed(end: WaitEnd): StepEnd {
  return end === 'interrupted' ? 'interrupted' : 'done';
}

export async function wait(stage: Stage, step: OneStep<'wait'>): Promise<StepEnd> {
  const phones = step.phones.flatMap((index) => stage.phones[index] ?? []);
  if (step.value === 'rest') return waitForRest(stage, phones, step.limitMs ?? WAIT_MAX_MS);
  const isPoll = step.value === 'poll';
  const pattern: FactPattern =
    step.value === 'poll' ? { fact: 'update.started', trigger: 'poll' } : step.value;
  return waitForFact(stage, phones, {
    pattern,
    limitMs: step.limitMs ?? (isPoll ? POLL_WAIT_MAX_MS : WAIT_MAX_MS),
  });
}

async function waitForRest(stage: Stage, phones: readonly StagePhone[], limitMs: number): Promise<StepEnd> {
  const restless = () => phones.filter(({ phone }) => !phone.atRest());
  const end = await waitUntil(stage, () => restless().length === 0, limitMs);
  if (end === 'held') return 'done';
  if (end === 'interrupted') return 'interrupted';
  return {
    expected: `at rest within ${formatDuration(limitMs)}`,
    found: `${sayNames(restless())} still ${restless().map(standing).join(', ')}`,
    ...soonest(restless()),
  };
}

function standing({ record }: StagePhone): string {
  const last = record.entries.at(-1);
  const { state } = record.lcd.seen.standing;
  return last === undefined ? state : `${state}, after ${sayFact(last.event)}`;
}

async function waitForFact(
  stage: Stage,
  phones: readonly StagePhone[],
  { pattern, limitMs }: { readonly pattern: FactPattern; readonly limitMs: number },
): Promise<StepEnd> {
  const searches = phones.map((phone) => searchFor(pattern, phone));
  const without = () => searches.filter(({ place }) => place() === undefined).map(({ phone }) => phone);
  const hopeless = () => (isOfPoll(pattern) ? without().find(neverPolls) : undefined);
  const end = await waitUntil(stage, () => without().length === 0 || hopeless() !== undefined, limitMs);
  if (end === 'interrupted') return 'interrupted';
  for (const { phone, place } of searches) phone.waitFrom = (place() ?? phone.record.entries.length - 1) + 1;
  const missing = without();
  if (missing.length === 0) return 'done';
  const lost = hopeless();
  const expected = `${sayPattern(pattern)} within ${formatDuration(limitMs)}`;
  if (lost !== undefined) {
    const because = sayNoPoll(lost.record.noPollBecause ?? '');
    return {
      expected,
      found: `the phone has no poll to wait for; ${because}`,
      phone: lost.phone.mac,
    };
  }
  const waited = end === 'idle' ? ', and nothing is left that could happen' : '';
  return { expected, found: `${sayNames(missing)} did not tell it${waited}`, ...soonest(missing) };
}

/** Looks for a fact among those since the wait began, each of which is looked at once. */
function searchFor(pattern: FactPattern, phone: StagePhone) {
  let next = phone.waitFrom;
  let found: number | undefined;
  return {
    phone,
    /** Its place among the facts of the phone; undefined: it is not told yet. */
    place: (): number | undefined => {
      const { entries } = phone.record;
      for (; found === undefined && next < entries.length; next++) {
        const entry = entries[next];
        if (entry !== undefined && matchesFact(pattern, entry.event)) found = next;
      }
      return found;
    },
  };
}

function isOfPoll({ fact, trigger, question }: FactPattern): boolean {
  return fact === 'poll.due' || trigger === 'poll' || question === 'scheduled-update';
}

/** It said why there is no poll, and nothing goes on that could change that. */
function neverPolls({ phone, record }: StagePhone): boolean {
  return record.noPollBecause !== undefined && phone.atRest();
}

function soonest([first]: readonly StagePhone[]): { readonly phone?: string } {
  return first === undefined ? {} : { phone: first.phone.mac };
}
