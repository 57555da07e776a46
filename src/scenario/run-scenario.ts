import { assertFlashAsTold } from './assert-flash.ts';
import { type CaseRun, caseRun } from './case-run.ts';
import { judgeNow, playSteps } from './play-steps.ts';
import type { ScenarioCase } from './scenario-case.ts';
import { openStory, type RunOptions, type Story } from './story.ts';

/**
 * Runs one scenario from its first step to its verdict. An error of this machine or of the emulator is a
 * verdict too: `error`. Undefined when it was interrupted.
 */
export async function runScenario(scenario: ScenarioCase, options: RunOptions): Promise<CaseRun | undefined> {
  let story: Story | undefined;
  try {
    story = await openStory(scenario, options);
    const end = await playSteps(story, scenario);
    if (end === 'interrupted') return undefined;
    if (end === 'done') story.judged.push(...judgeNow(story, scenario));
    for (const { flash, record } of story.stage.phones) assertFlashAsTold(flash.read(), record.flash());
    return caseRun(scenario, story);
  } catch (error) {
    if (options.signal.aborted) return undefined;
    return caseRun(scenario, story, error);
  } finally {
    await story?.close();
  }
}
