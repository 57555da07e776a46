import type { ExpectationResult } from '../report/result.ts';
import type { Judged } from './case-run.ts';
import { judge } from './judge.ts';
import type { ExpectationCase, ScenarioCase, StepCase } from './scenario-case.ts';
import type { StepFailure } from './step-end.ts';
import type { Story } from './story.ts';
import { takeStep } from './take-step.ts';

/** Goes through steps, up to one that fails. What they come to goes to what the story has judged. */
export async function playSteps(
  story: Story,
  { steps, zoneMinutes }: Pick<ScenarioCase, 'steps' | 'zoneMinutes'>,
): Promise<'done' | 'failed' | 'interrupted'> {
  const { stage, judged } = story;
  for (const step of steps) {
    if (step.word === 'expect') {
      judged.push(...judgeNow(story, { expect: step.value, zoneMinutes }));
      continue;
    }
    const end = await takeStep(stage, step);
    if (end === 'interrupted' || stage.signal.aborted) return 'interrupted';
    if (end !== 'done') {
      const unwritten = { where: step.place, word: step.word, why: 'a step that failed is no expectation' };
      judged.push({ result: failedStep(story, step, end), unwritten });
      return 'failed';
    }
  }
  return 'done';
}

/** Holds expectations against the phones as they are now. */
export function judgeNow(
  story: Story,
  { expect, zoneMinutes }: Pick<ScenarioCase, 'expect' | 'zoneMinutes'>,
): readonly Judged[] {
  return expect.flatMap((expectation) => judgeAll(story, expectation, zoneMinutes));
}

/** An expectation is one for each of its phones. */
function judgeAll(story: Story, expectation: ExpectationCase, zoneMinutes: number): Judged[] {
  const { word, place, path } = expectation;
  const at = timeIn(story);
  const findings = expectation.phones.flatMap((index) => {
    const phone = story.stage.phones[index];
    return phone === undefined
      ? []
      : [{ phone, ...judge(expectation, { record: phone.record, zoneMinutes }) }];
  });
  // Another value would not do where it holds of another phone.
  const noneHolds = findings.every(({ holds }) => !holds);
  return findings.map(({ phone, holds, expected, found, near, instead, unwritten }) => {
    const facts = holds ? [] : [...phone.record.linesAround(near?.at ?? at)];
    const result = { word, phone: phone.phone.mac, holds, expected, found, where: place, at, facts };
    if (holds) return { result };
    if (noneHolds && instead !== undefined)
      return { result, instead: { path, file: place.file, value: instead } };
    const why = noneHolds ? (unwritten ?? 'no value would hold') : 'it holds of another phone';
    return { result, unwritten: { where: place, word, why } };
  });
}

function failedStep(
  story: Story,
  step: StepCase,
  { expected, found, phone }: StepFailure,
): ExpectationResult {
  const { word, place: where } = step;
  const at = timeIn(story);
  const record = story.stage.phones.find((one) => one.phone.mac === phone)?.record;
  const facts = [...(record?.linesAround(at) ?? [])];
  return { word, phone: phone ?? null, holds: false, expected, found, where, at, facts };
}

/** Ms since its start. */
function timeIn({ stage, startedMs }: Story): number {
  return stage.world.clock.now() - startedMs;
}
