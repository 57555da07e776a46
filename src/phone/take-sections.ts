import { TransportError } from '../transport/transport.ts';
import * as facts from './check-facts.ts';
import { answeredOrder, eraseOrder, markImageOrder, swapImageOrder, takeOrder } from './check-orders.ts';
import { type CheckOutput, type CheckProgress, noSectionLeft, sectionInTurn } from './check-progress.ts';
import * as turn from './check-turn.ts';
import { commit } from './commit.ts';
import { flashRefused, type Kept, keep } from './keep.ts';
import { obstacleInTurn } from './obstacle.ts';
import { completionOf, disturbs, identicalAsAnnounced } from './section-turn.ts';
import { pendingSettings, settle } from './settle.ts';
import { takeFile } from './take-file.ts';
import { takeUpPlan, withoutPlan } from './take-up-plan.ts';
import { takeUserFiles } from './take-user-files.ts';
import { tell } from './told.ts';

/**
 * Where a check's work pauses, since somebody else is needed: the phone, which turns DND on before the first
 * section that is not quiet; the user; or time, while an image is written. `over`: nothing is left to do.
 */
export type Pause = 'disturbs' | 'asks-install' | 'asks-about-file' | 'writes-image' | 'over';

export interface Worked {
  readonly progress: CheckProgress;
  readonly pause: Pause;
}

/**
 * Takes up the provisioning file, then section after section and file after file, in its order, from where
 * the progress stands to the next pause. What the world does to a transfer or to flash is part of the
 * progress; what this throws is a bug. It is one invocation and not a state for each file, since a transition
 * costs more than most files.
 */
export async function takeSections(begun: CheckProgress): Promise<Worked> {
  let progress = begun.plan === 'to-come' ? await takeUpPlan(begun) : begun;
  if (progress === undefined) return over(begun, withoutPlan);
  for (;;) {
    // The phone has shut the door: it has gone on already, and waits for nothing from here.
    if (progress.door.isShut) return over(progress, progress.output);
    // An image that is being written is finished first.
    if (progress.door.endsAfterFile && progress.load === undefined) return over(progress, cutByReset);
    if (noSectionLeft(progress)) {
      if (progress.userFiles === 'done') return finish(progress);
      progress = await takeFilesOfUser(progress);
      continue;
    }
    if (progress.decision?.action === 'skip') {
      progress = skip(progress);
      continue;
    }
    if (progress.stage !== 'begun') {
      const pause = pauseBefore(progress);
      if (pause !== undefined) return { progress, pause };
      progress = begin(progress);
      continue;
    }
    if (turn.noFileLeft(progress)) {
      progress = finishSection(progress);
      continue;
    }
    const { pause, ...next } = await takeFileInTurn(progress);
    if (pause !== undefined) return { ...next, pause };
    progress = next.progress;
  }
}

/** How a check comes out that a reset ended. */
export const cutByReset: CheckOutput = { result: 'cut', restart: 'reset' };

/** The progress a check goes on with: what was worked out, and the time that was kept meanwhile. */
export function resumedFrom(
  { progress, pause }: Worked,
  { unit, workedMs, workingSince }: CheckProgress,
): CheckProgress {
  return { ...progress, unit, workedMs, workingSince, disturbed: progress.disturbed || pause === 'disturbs' };
}

function over(progress: CheckProgress, output: CheckOutput): Worked {
  return { progress: { ...progress, output }, pause: 'over' };
}

function finish(progress: CheckProgress): Worked {
  tell(progress.unit, pendingSettings(progress));
  return over(progress, settle(progress));
}

// Documented: M44 p199, again at checks. Assumed: as their last step.
async function takeFilesOfUser(progress: CheckProgress): Promise<CheckProgress> {
  const { unit, door, check, user } = progress;
  if (user !== null) await takeUserFiles({ unit, door, check, user });
  return { ...progress, userFiles: 'done' };
}

function skip(progress: CheckProgress): CheckProgress {
  tell(progress.unit, facts.skipDecided(progress));
  return turn.nextTurn(progress);
}

function pauseBefore(progress: CheckProgress): Pause | undefined {
  if (!progress.disturbed && disturbs(progress)) return 'disturbs';
  return sectionInTurn(progress).prompt && progress.stage === 'decided' ? 'asks-install' : undefined;
}

/** The section in turn is fetched: told, and what it replaces is erased first if it says so. */
function begin(progress: CheckProgress): CheckProgress {
  tell(progress.unit, facts.downloadDecided(progress));
  if (commit(progress.unit, eraseOrder(progress))) return { ...progress, stage: 'begun' };
  // Nothing could be erased: the section is left as it is, and offered again.
  return finishSection(turn.withError(progress, 'FLASH'));
}

function finishSection(progress: CheckProgress): CheckProgress {
  tell(progress.unit, facts.sectionFinished(progress));
  return turn.nextTurn(progress);
}

/** Progress after one file, and the pause it led to. */
interface Step {
  readonly progress: CheckProgress;
  readonly pause?: Pause;
}

async function takeFileInTurn(progress: CheckProgress): Promise<Step> {
  if (progress.load !== undefined) return swapImage(progress);
  if (progress.asked !== undefined) return afterKeeping(progress, keep(answeredOrder(progress)));
  if (identicalAsAnnounced(progress)) return { progress: completeUnfetched(progress) };
  const obstacle = obstacleInTurn(progress);
  if (obstacle !== undefined) {
    tell(progress.unit, obstacle.facts);
    return { progress: turn.afterLoss(progress, obstacle.error) };
  }
  try {
    return afterKeeping(progress, await takeFile(takeOrder(progress)));
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return afterFailure(progress, error);
  }
}

/** Assumed (quirks.afterFailedFetch): after a file that did not arrive the next one is asked for. */
function afterFailure(progress: CheckProgress, error: TransportError): Step {
  tell(progress.unit, facts.transferFailed(progress, error, 'section'));
  const next = turn.afterFailedTransfer(progress, error);
  if (progress.unit.world.quirks.afterFailedFetch === 'next') return { progress: next };
  tell(progress.unit, facts.sectionFinished(next));
  return { progress: turn.noMoreTurns(next) };
}

function afterKeeping(progress: CheckProgress, kept: Kept): Step {
  const takesLonger = kept.kept === 'image' || kept.kept === 'asks';
  // The running file came; writing an image or asking about a file is more than a reset waits for.
  if (takesLonger && progress.door.endsAfterFile) return over(progress, cutByReset);
  if (kept.kept === 'image') return markImage({ ...progress, load: kept.load });
  tell(progress.unit, facts.fileNotTaken(progress, kept));
  const next = turn.afterKeeping(progress, kept);
  return kept.kept === 'asks' ? { progress: next, pause: 'asks-about-file' } : { progress: next };
}

/** An image that is announced as the running one is not fetched (quirks.fwIdentical: before-download). */
function completeUnfetched(progress: CheckProgress): CheckProgress {
  if (!commit(progress.unit, completionOf(progress))) return turn.afterKeeping(progress, flashRefused);
  tell(progress.unit, facts.imageIdenticalUnfetched(progress));
  return turn.afterKeeping(progress, { kept: 'identical' });
}

function markImage(progress: CheckProgress): Step {
  if (!commit(progress.unit, markImageOrder)) return { progress: turn.afterKeeping(progress, flashRefused) };
  tell(progress.unit, facts.imageWriting(progress));
  return { progress, pause: 'writes-image' };
}

function swapImage(progress: CheckProgress): Step {
  if (!commit(progress.unit, swapImageOrder(progress))) {
    return { progress: turn.afterKeeping(progress, flashRefused) };
  }
  tell(progress.unit, facts.imageWritten(progress));
  return over(progress, { result: 'reboot', restart: 'firmware' });
}
