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
import { obstacleInTurn, serverKey } from './obstacle.ts';
import { decideTurn, fileNamesOf } from './section-turn.ts';

// How a check's progress goes on: pure steps, each called from one place of the machine.

/** The sections of a plan are taken up, from the first. */
export function firstTurn(progress: CheckProgress, plan: readonly Section[]): Partial<CheckProgress> {
  const sections = sectionsToTake(progress, plan);
  return { sections, ...turnOf({ ...progress, sections }, 0) };
}

/** The section in turn is done with, and the next is decided. */
export function nextTurn(progress: CheckProgress): Partial<CheckProgress> {
  return turnOf(progress, progress.turn + 1);
}

/** The section in turn is done with, and those after it are left alone. */
export function noMoreTurns(progress: CheckProgress): Partial<CheckProgress> {
  return turnOf(progress, progress.sections.length);
}

function sectionsToTake(progress: CheckProgress, sections: readonly Section[]): readonly Section[] {
  return knowsImagesOnly(progress) ? sections.filter((section) => section.name === 'FW') : sections;
}

function turnOf(progress: CheckProgress, turn: number): Partial<CheckProgress> {
  const next = { ...progress, turn };
  return {
    ...freshTurn,
    turn,
    decision: noSectionLeft(next) ? undefined : decideTurn(next),
    downloads: progress.downloads + (progress.decision?.action === 'download' ? 1 : 0),
  };
}

export function noFileLeft(progress: CheckProgress): boolean {
  return progress.fileTurn >= fileNamesOf(sectionInTurn(progress), progress.unit.mac).length;
}

/** A file's turn comes, if one is left: what stands in its way is found once. */
export function fileTurn(progress: CheckProgress): Partial<CheckProgress> {
  return { obstacle: noFileLeft(progress) ? undefined : obstacleInTurn(progress) };
}

export function afterObstacle(progress: CheckProgress): Partial<CheckProgress> {
  return progress.obstacle === undefined ? {} : afterLoss(progress, progress.obstacle.error);
}

export function afterFailedTransfer(progress: CheckProgress, error: TransportError): Partial<CheckProgress> {
  const dead = error.code === 'TIMEOUT' || error.code === 'UNREACHABLE';
  return {
    ...afterLoss(progress, error.code),
    givenUp: progress.unit.world.quirks.afterFailedFetch === 'end',
    ...(dead && { deadServers: [...progress.deadServers, serverKey(error.request)] }),
  };
}

export function afterKeeping(progress: CheckProgress, kept: Kept): Partial<CheckProgress> {
  const next = { fileTurn: progress.fileTurn + 1, load: undefined, asked: undefined };
  switch (kept.kept) {
    case 'stored':
    case 'image':
      return next;
    case 'identical':
      return { ...next, identical: true };
    case 'waits':
      return { ...next, incomplete: true };
    case 'asks':
      return { asked: { question: kept.question, file: kept.file } };
    case 'refused':
      return { ...next, ...afterRefusal(progress, kept.code) };
  }
}

/** The user has answered what was asked about the file in turn. */
export function withAnswer({ asked }: CheckProgress, answer: string): Partial<CheckProgress> {
  return { asked: asked && { ...asked, answer } };
}

export function acceptedLoad(kept: Kept): string | undefined {
  return kept.kept === 'image' ? kept.load : undefined;
}

/** Something of the section in turn is lost, before any of its files was asked for. */
export function withError(progress: CheckProgress, error: SectionError): Partial<CheckProgress> {
  return { sectionError: progress.sectionError ?? error, incomplete: true };
}

function afterRefusal(progress: CheckProgress, code: SectionError): Partial<CheckProgress> {
  const complete = code === 'STORE_FULL' && progress.unit.world.quirks.fullStoresVersion === 'yes';
  return { sectionError: progress.sectionError ?? code, incomplete: progress.incomplete || !complete };
}

function afterLoss(progress: CheckProgress, error: SectionError): Partial<CheckProgress> {
  return { ...withError(progress, error), fileTurn: progress.fileTurn + 1 };
}
