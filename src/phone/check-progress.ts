import type { ReceivedFile } from '../device/received-file.ts';
import type { Settings } from '../device/settings.ts';
import type { Question } from '../device/verdict.ts';
import type { RefusalCode } from '../events/refusal-code.ts';
import type { TransferCode } from '../events/transfer-code.ts';
import type { Decision } from '../provisioning/decision.ts';
import type { Section } from '../provisioning/section.ts';
import type { Trigger } from '../provisioning/words.ts';
import type { CheckDoor } from './check-door.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { unitBehind } from './unit-behind-door.ts';

/** What a check starts with. */
export interface CheckInput {
  readonly unit: PhoneUnit;
  /** 1-based over the phone's run. */
  readonly check: number;
  readonly trigger: Trigger;
  /** `recovery`: the boot loader fetches an image, and nothing else, by the boot file. */
  readonly purpose: 'update' | 'recovery';
  /** `not-again`: a check already restarted the phone; a second restart in a row never comes of a check. */
  readonly restarts: 'allowed' | 'not-again';
  /** Who is logged in, and whose files are fetched last; null: nobody. */
  readonly user: string | null;
  /** Opened and shut by the phone. */
  readonly door: CheckDoor;
  /** How far the phone's clock is from the world's when the check begins, in ms. */
  readonly clockAheadMs: number;
}

/** How a check came out, for the phone that ran it. */
export interface CheckOutput {
  readonly result: 'done' | 'nothing-due' | 'no-provisioning-file' | 'reboot' | 'cut';
  readonly restart: 'none' | 'firmware' | 'configuration' | 'reset';
}

/** A check on its way. `turn` is the section whose turn it is. */
export interface CheckProgress extends CheckInput {
  readonly settingsBefore: Settings;
  readonly plan: 'to-come' | 'taken-up';
  readonly sections: readonly Section[];
  /** 0-based index into `sections`. */
  readonly turn: number;
  readonly decision: Decision | undefined;
  /** How far the section in turn is: `agreed` to by the user, `begun` when its files are being taken. */
  readonly stage: 'decided' | 'agreed' | 'begun';
  /** 0-based index of the file whose turn it is. */
  readonly fileTurn: number;
  /** What the user is asked about the file in turn, which waits for it. */
  readonly asked: AskedAboutFile | undefined;
  /** The first that went wrong in this section. */
  readonly sectionError: SectionError | undefined;
  /**
   * Whether something was lost that keeps the section from being complete; a sixth language is an error, but
   * not that.
   */
  readonly incomplete: boolean;
  /** A file of this section is what the phone has already. */
  readonly identical: boolean;
  /** A file of this section was taken. */
  readonly stored: boolean;
  /** An accepted image, to be written. */
  readonly load: string | undefined;
  readonly downloads: number;
  /** A section that is not quiet was due: the phone knows. */
  readonly disturbed: boolean;
  /** `host:port` of servers that did not answer. */
  readonly deadServers: readonly string[];
  /** Time spent without a question on the screen, but for what has passed since `workingSince`. */
  readonly workedMs: number;
  readonly workingSince: number;
  readonly userFiles: 'to-come' | 'done';
  readonly output: CheckOutput;
}

/** A file that arrived and the question it led to; `answer`: what the user said. */
interface AskedAboutFile {
  readonly question: Question;
  readonly file: ReceivedFile;
  readonly answer?: string;
}

export type SectionError = TransferCode | RefusalCode | 'FLASH';

export function beginCheck(input: CheckInput): CheckProgress {
  // Name by name: a phone that spreads its input here makes an object that grows as it is made.
  return {
    unit: input.unit,
    check: input.check,
    trigger: input.trigger,
    purpose: input.purpose,
    restarts: input.restarts,
    user: input.user,
    door: input.door,
    clockAheadMs: input.clockAheadMs,
    settingsBefore: input.unit.setup.flash.read().settings,
    plan: 'to-come',
    sections: [],
    turn: 0,
    decision: undefined,
    stage: 'decided',
    fileTurn: 0,
    asked: undefined,
    sectionError: undefined,
    incomplete: false,
    identical: false,
    stored: false,
    load: undefined,
    downloads: 0,
    disturbed: false,
    deadServers: [],
    workedMs: 0,
    workingSince: input.unit.world.clock.now(),
    userFiles: input.user === null ? 'done' : 'to-come',
    output: { result: 'cut', restart: 'none' },
  };
}

/** The progress as an invocation works on it, behind the check's door. */
export function behindDoor(progress: CheckProgress): CheckProgress {
  return { ...progress, unit: unitBehind(progress.door, progress.unit) };
}

/** The section whose turn it is. */
export function sectionInTurn(progress: CheckProgress): Section {
  const section = progress.sections[progress.turn];
  if (section === undefined) throw new Error(`no section ${progress.turn} of ${progress.sections.length}`);
  return section;
}

export function noSectionLeft(progress: CheckProgress): boolean {
  return progress.turn >= progress.sections.length;
}

/** How long the check has worked; a question on the screen does not count. */
export function workedUntilNow({ unit, workedMs, workingSince }: CheckProgress): number {
  return workedMs + unit.world.clock.now() - workingSince;
}

/** What belongs to one section, as it is before its turn. */
export const freshTurn = {
  decision: undefined,
  stage: 'decided',
  fileTurn: 0,
  sectionError: undefined,
  incomplete: false,
  identical: false,
  stored: false,
  load: undefined,
} as const satisfies Partial<CheckProgress>;
