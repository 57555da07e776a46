import type { Section } from '../provisioning/section.ts';
import type { TransportError } from '../transport/transport.ts';
import { knowsImagesOnly } from './check-orders.ts';
import {
  type CheckProgress,
  freshTurn,
  noSectionLeft,
  type SectionError,
  sectionInTurn,
} from './check-progress.ts';
import type { Kept } from './keep.ts';
import { serverKey } from './obstacle.ts';
import { decideTurn, fileNamesOf } from './section-turn.ts';

// How a check's progress goes on: pure steps.

/** The sections of a plan are taken up, from the first. */
export function firstTurn(progress: CheckProgress, plan: readonly Section[]): CheckProgress {
  const sections = sectionsToTake(progress, plan);
  return turnOf({ ...progress, plan: 'taken-up', sections }, 0);
}

/** The section in turn is done with, and the next is decided. */
export function nextTurn(progress: CheckProgress): CheckProgress {
  return turnOf(progress, progress.turn + 1);
}

/** The section in turn is done with; those after it and the user's files are left alone. */
export function noMoreTurns(progress: CheckProgress): CheckProgress {
  return { ...turnOf(progress, progress.sections.length), userFiles: 'done' };
}

function sectionsToTake(progress: CheckProgress, sections: readonly Section[]): readonly Section[] {
  return knowsImagesOnly(progress) ? sections.filter((section) => section.name === 'FW') : sections;
}

function turnOf(progress: CheckProgress, turn: number): CheckProgress {
  const downloads = progress.downloads + (progress.decision?.action === 'download' ? 1 : 0);
  const next = { ...progress, ...freshTurn, turn, downloads };
  return noSectionLeft(next) ? next : { ...next, decision: decideTurn(next) };
}

export function noFileLeft(progress: CheckProgress): boolean {
  return progress.fileTurn >= fileNamesOf(sectionInTurn(progress), progress.unit.mac).length;
}

export function afterFailedTransfer(progress: CheckProgress, error: TransportError): CheckProgress {
  const dead = error.code === 'TIMEOUT' || error.code === 'UNREACHABLE';
  return {
    ...afterLoss(progress, error.code),
    ...(dead && { deadServers: [...progress.deadServers, serverKey(error.request)] }),
  };
}

export function afterKeeping(progress: CheckProgress, kept: Kept): CheckProgress {
  const next = { ...progress, fileTurn: progress.fileTurn + 1, load: undefined, asked: undefined };
  switch (kept.kept) {
    case 'stored':
    case 'image':
      return { ...next, stored: true };
    case 'identical':
      return { ...next, identical: true };
    case 'waits':
      return { ...next, incomplete: true };
    case 'asks':
      return { ...progress, asked: { question: kept.question, file: kept.file } };
    case 'refused':
      return afterRefusal(next, kept.code);
  }
}

/** The user has answered what was asked about the file in turn. */
export function withAnswer(progress: CheckProgress, answer: string): CheckProgress {
  const { asked } = progress;
  return asked === undefined ? progress : { ...progress, asked: { ...asked, answer } };
}

/** Something of the section in turn is lost, before any of its files was asked for. */
export function withError(progress: CheckProgress, error: SectionError): CheckProgress {
  return { ...progress, sectionError: progress.sectionError ?? error, incomplete: true };
}

function afterRefusal(progress: CheckProgress, code: SectionError): CheckProgress {
  const complete = code === 'STORE_FULL' && progress.unit.world.quirks.fullStoresVersion === 'yes';
  return {
    ...progress,
    sectionError: progress.sectionError ?? code,
    incomplete: progress.incomplete || !complete,
  };
}

/** The file in turn is lost. */
export function afterLoss(progress: CheckProgress, error: SectionError): CheckProgress {
  return { ...withError(progress, error), fileTurn: progress.fileTurn + 1 };
}
