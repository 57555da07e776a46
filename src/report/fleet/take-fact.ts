import { foldStanding } from '../../display/phone-state.ts';
import type { FactType, PhoneEvent } from '../../events/phone-event.ts';
import { phaseAfter } from '../phase.ts';
import type { FigureSums } from './figure-sums.ts';
import { NEVER_US, type PhoneLine } from './phone-line.ts';
import {
  connectionMade,
  fileChallenged,
  fileFailed,
  fileLeft,
  fileOpened,
  fileReceived,
  fileRepeated,
  fileRequested,
} from './take-file.ts';
import {
  checkDue,
  phaseReached,
  startedAnew,
  updateFinished,
  updateRefused,
  updateStarted,
} from './take-job.ts';
import { followRelease } from './take-release.ts';

/** Facts of every file: none of them says where a phone stands or what it has. */
const passing: ReadonlySet<FactType> = new Set<FactType>([
  'file.requested',
  'connection.made',
  'file.opened',
  'file.progressed',
  'file.repeated',
  'file.challenged',
  'file.received',
  'provisioning-file.read',
  'problem.told',
]);

/** What one fact of a phone adds to the figures. */
export function takeFact(sums: FigureSums, line: PhoneLine, atUs: number, event: PhoneEvent): void {
  countFact(sums, line, atUs, event);
  if (passing.has(event.type)) return;
  followRelease(sums, line, atUs, event);
  followPhase(sums, line, atUs, event);
}

function countFact(sums: FigureSums, line: PhoneLine, atUs: number, event: PhoneEvent): void {
  switch (event.type) {
    case 'file.requested':
      fileRequested(sums, line, atUs, event);
      break;
    case 'connection.made':
      connectionMade(sums, line, atUs, event);
      break;
    case 'file.opened':
      fileOpened(sums, line, atUs);
      break;
    case 'file.repeated':
      fileRepeated(sums, line, atUs, event);
      break;
    case 'file.challenged':
      fileChallenged(sums, line, atUs);
      break;
    case 'file.received':
      fileReceived(sums, line, atUs, event);
      break;
    case 'file.left':
      fileLeft(sums, line, atUs);
      break;
    case 'file.failed':
      fileFailed(sums, line, atUs, event);
      break;
    case 'file.refused':
    case 'provisioning-file.refused':
      if (isMeasured(sums, atUs)) count(sums.refusals, event.code);
      line.jobFailed = true;
      break;
    case 'section.finished':
      if (event.error !== undefined) line.jobFailed = true;
      break;
    case 'flash.failed':
      line.jobFailed = true;
      break;
    case 'power.on':
      if (line.phase === undefined) sums.begun += 1;
      startedAnew(sums, line, atUs);
      break;
    case 'update.started':
      updateStarted(sums, line, atUs, event);
      break;
    case 'update.finished':
      updateFinished(sums, line, atUs, event);
      break;
    case 'update.refused':
      updateRefused(sums, line, event);
      break;
    case 'poll.due':
      if (event.follows === 'question' || event.follows === 'check') checkDue(sums, line, atUs, 'poll');
      break;
    case 'notify.received':
      if (event.outcome === 'check') checkDue(sums, line, atUs, 'check-sync');
      else if (isMeasured(sums, atUs)) count(sums.notifiesIgnored, event.why);
      break;
    case 'dnd.enabled':
      if (event.by === 'update') line.dndSinceUs = atUs;
      break;
    case 'dnd.disabled':
      dndOff(sums, line, atUs, event.by);
      break;
    case 'phone.restarted':
      startedAnew(sums, line, atUs);
      if (isMeasured(sums, atUs)) sums.restarts += 1;
      break;
    case 'call.dropped':
      if (isMeasured(sums, atUs)) sums.callsDropped += 1;
      break;
    default:
      break;
  }
}

function isMeasured({ frame }: FigureSums, atUs: number): boolean {
  return atUs >= frame.measuredFromUs;
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function dndOff(sums: FigureSums, line: PhoneLine, atUs: number, by: 'update' | 'user'): void {
  if (by !== 'update' || line.dndSinceUs === NEVER_US) return;
  if (isMeasured(sums, line.dndSinceUs)) sums.dnd.record(atUs - line.dndSinceUs);
  line.dndSinceUs = NEVER_US;
}

function followPhase(sums: FigureSums, line: PhoneLine, atUs: number, event: PhoneEvent): void {
  const standing = foldStanding(line.standing, event);
  const before = line.phase;
  const phase = phaseAfter(before ?? 'off', event, standing.state);
  line.standing = standing;
  if (phase === before || (before === undefined && phase === 'off')) return;
  line.phase = phase;
  if (before !== undefined) sums.states(before).change(sums.grid, atUs, -1);
  sums.states(phase).change(sums.grid, atUs, 1);
  phaseReached(sums, line, atUs, phase);
}
