import { isoInstant } from '../clock/instant.ts';
import { apply } from '../device/apply.ts';
import { checkRoom } from '../device/capacity.ts';
import type { ReceivedFile } from '../device/received-file.ts';
import { type Acceptance, type Question, type Refusal, refuseUnanswered } from '../device/verdict.ts';
import { verify } from '../device/verify.ts';
import { verifyFirmware } from '../device/verify-firmware.ts';
import type { FlashChange } from '../events/phone-event.ts';
import type { RefusalCode } from '../events/refusal-code.ts';
import type { Section } from '../provisioning/section.ts';
import { commit } from './commit.ts';
import { circumstancesOf } from './phone-circumstances.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { tellProblems } from './told.ts';

/** A file to verify and take, and where it stands. */
export interface KeepOrder {
  readonly unit: PhoneUnit;
  readonly check: number;
  readonly index: number;
  readonly section: Section;
  readonly file: ReceivedFile;
  /** How far the phone's clock is from the world's. */
  readonly clockAheadMs: number;
  /** Written together with the file when it is the last of a section of which everything was accepted. */
  readonly completion: readonly FlashChange[];
  /** `not-again`: a check already restarted the phone, and another image would restart it again. */
  readonly restarts: 'allowed' | 'not-again';
  /** `always`: also the image that runs (the boot loader's recovery, `quirks.fwIdentical: write-again`). */
  readonly writeImage: 'if-different' | 'always';
  /** The question this file led to before; without an answer nobody gave one in time. */
  readonly asked?: { readonly question: Question; readonly answer?: string };
}

/**
 * What became of a file. An image is only accepted here; writing it takes its time and is the machine's
 * business, as are questions.
 */
export type Kept =
  | { readonly kept: 'stored' }
  | { readonly kept: 'identical' }
  | { readonly kept: 'image'; readonly load: string }
  /** Another image right after a restart that a check caused. */
  | { readonly kept: 'waits' }
  /** The user is asked first; then the same file comes again. */
  | { readonly kept: 'asks'; readonly question: Question; readonly file: ReceivedFile }
  | { readonly kept: 'refused'; readonly code: RefusalCode | 'FLASH'; readonly message: string };

/** The reason was told when it happened. */
export const flashRefused: Kept = { kept: 'refused', code: 'FLASH', message: '' };

/** Verifies a file, takes it into flash and tells what became of it. */
export function keep(order: KeepOrder): Kept {
  return order.section.name === 'FW' ? keepFirmware(order) : keepFile(order);
}

/** The stored file is as good as the server's: the section goes on as if that had been taken. */
export function leave({ unit, completion }: Pick<KeepOrder, 'unit' | 'completion'>): Kept {
  return commit(unit, completion) ? { kept: 'identical' } : flashRefused;
}

function keepFirmware(order: KeepOrder): Kept {
  const { unit, section, file } = order;
  const verdict = verifyFirmware(section, file, circumstancesOf(unit, order.clockAheadMs));
  if (verdict.verdict === 'refused') return refuse(order, verdict);
  tell(order, verdict);
  if (verdict.load !== unit.setup.flash.read().software || order.writeImage === 'always') {
    return order.restarts === 'not-again' ? { kept: 'waits' } : { kept: 'image', load: verdict.load };
  }
  unit.record({ type: 'firmware.identical', software: verdict.load });
  return leave(order);
}

function keepFile(order: KeepOrder): Kept {
  const { unit, section, file, asked } = order;
  if (asked !== undefined && asked.answer === undefined) {
    return refuse(order, refuseUnanswered(asked.question));
  }
  const circumstances = circumstancesOf(unit, order.clockAheadMs);
  const answer = asked?.answer;
  const verdict = verify(section, file, answer === undefined ? circumstances : { ...circumstances, answer });
  if (verdict.verdict === 'asks') return { kept: 'asks', question: verdict.question, file };
  return verdict.verdict === 'refused' ? refuse(order, verdict) : keepAccepted(order, verdict);
}

function keepAccepted(order: KeepOrder, acceptance: Acceptance): Kept {
  const { unit, section, completion } = order;
  const { quirks, clock } = unit.world;
  const file = acceptance.keeps ?? order.file;
  const flash = unit.setup.flash.read();
  tell(order, acceptance);
  const room = checkRoom(flash, section, file, quirks.customDataMax);
  if (room.verdict === 'refused') return refuse(order, room);
  const applied = apply(flash, section, file, { quirks, receivedAt: isoInstant(clock.now()) });
  tell(order, room);
  tell(order, applied);
  return commit(unit, [...applied.changes, ...completion], applied.bodies)
    ? { kept: 'stored' }
    : flashRefused;
}

function tell({ unit, check }: KeepOrder, { problems }: Pick<Acceptance, 'problems'>): void {
  tellProblems(unit, problems, check);
}

function refuse(order: KeepOrder, verdict: Refusal): Kept {
  const { unit, check, index, section, file, completion } = order;
  unit.record({
    type: 'file.refused',
    check,
    index,
    section: section.name,
    file: file.name,
    code: verdict.code,
    message: verdict.message,
  });
  // Assumed: a sixth language does not keep the section from being complete (quirks.fullStoresVersion).
  if (verdict.code === 'STORE_FULL' && unit.world.quirks.fullStoresVersion === 'yes')
    commit(unit, completion);
  return { kept: 'refused', code: verdict.code, message: verdict.message };
}
