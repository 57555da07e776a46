import { type Standing, standingOff } from '../../display/phone-state.ts';
import type { Protocol } from '../../provisioning/words.ts';
import type { Phase } from '../phase.ts';
import type { ServerTurn } from './cause.ts';
import type { JobKind } from './figures.ts';
import type { FileKind } from './file-kind.ts';

/** Why a phone does not have a release that it had no chance to ask for. */
export const NO_CHECK_SINCE = 'no-check-since';

/** Of an instant: there is none. */
export const NEVER_US = -1;

/** What has to be known of one phone to count its next fact: a few numbers, whatever it went through. */
export class PhoneLine {
  /** In the fleet. */
  readonly index: number;
  readonly protocol: Protocol;
  standing: Standing = standingOff;
  /** undefined: it was not switched on yet. */
  phase: Phase | undefined;

  /** The boot or check that it is at, or that is due. */
  job: JobKind | undefined;
  jobDueUs = NEVER_US;
  jobBegunUs = NEVER_US;
  jobFailed: boolean = false;

  /** The file on its way; a phone fetches one at a time. */
  fileKind: FileKind | undefined;
  fileProtocol: Protocol = 'tftp';
  askedUs = NEVER_US;
  fileTurn: ServerTurn = 'asked';

  dndSinceUs = NEVER_US;
  /** Since when it has the release that is watched. */
  onTargetSinceUs = NEVER_US;
  /** Why it does not have the release that is watched. */
  because = NO_CHECK_SINCE;

  constructor(index: number, protocol: Protocol) {
    this.index = index;
    this.protocol = protocol;
  }
}
