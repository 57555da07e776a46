import { isoInstant } from '../clock/instant.ts';
import { apply } from '../device/apply.ts';
import { checkRoom } from '../device/capacity.ts';
import type { ReceivedFile } from '../device/received-file.ts';
import type { Refusal } from '../device/verdict.ts';
import { verify } from '../device/verify.ts';
import { verifyFirmware } from '../device/verify-firmware.ts';
import type { FlashChange } from '../events/phone-event.ts';
import type { RefusalCode } from '../events/refusal-code.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { Section } from '../provisioning/section.ts';
import { commit } from './commit.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { toldProblem } from './told.ts';

/** A file to verify and take, and where it stands. */
export interface KeepOrder {
  readonly unit: PhoneUnit;
  readonly check: number;
  readonly index: number;
  readonly section: Section;
  readonly file: ReceivedFile;
  /** Written together with the file when it is the last of a section of which everything was accepted. */
  readonly completion: readonly FlashChange[];
  /** `always`: also the image that runs (the boot loader's recovery, `quirks.fwIdentical: write-again`). */
  /** `not-again`: a check already restarted the phone, and another image would restart it again. */
  readonly restarts: 'allowed' | 'not-again';
  readonly writeImage: 'if-different' | 'always';
}

/**
 * What became of a file. An image is only accepted here; writing it takes its time and is the machine's
 * business.
 */
export type Kept =
  | { readonly kept: 'stored' }
  | { readonly kept: 'identical' }
  | { readonly kept: 'image'; readonly load: string }
  /** Another image right after a restart that a check caused. */
  | { readonly kept: 'waits' }
  | { readonly kept: 'refused'; readonly code: RefusalCode | 'FLASH'; readonly message: string };

/** The reason was told when it happened. */
export const flashRefused: Kept = { kept: 'refused', code: 'FLASH', message: '' };

/** Verifies a file, takes it into flash and tells what became of it. */
export function keep(order: KeepOrder): Kept {
  return order.section.name === 'FW' ? keepFirmware(order) : keepFile(order);
}

function keepFirmware(order: KeepOrder): Kept {
  const { unit, section, file, check, completion } = order;
  const verdict = verifyFirmware(section, file);
  if (verdict.verdict === 'refused') return refuse(order, verdict);
  const code = 'NOT_AUTHENTICATED';
  const message = "a real phone would also check Avaya's signature";
  unit.record(toldProblem(problem(code, { file: file.name, section: 'FW', message }), check));
  if (verdict.load !== unit.setup.flash.read().software || order.writeImage === 'always') {
    return order.restarts === 'not-again' ? { kept: 'waits' } : { kept: 'image', load: verdict.load };
  }
  unit.record({ type: 'firmware.identical', software: verdict.load });
  return commit(unit, completion) ? { kept: 'identical' } : flashRefused;
}

function keepFile(order: KeepOrder): Kept {
  const { unit, section, file, check, completion } = order;
  const { quirks, clock } = unit.world;
  const flash = unit.setup.flash.read();
  const verdicts = [verify(section, file), checkRoom(flash, section, file, quirks.customDataMax)];
  for (const verdict of verdicts) {
    if (verdict.verdict === 'refused') return refuse(order, verdict);
    for (const told of verdict.problems) unit.record(toldProblem(told, check));
  }
  const receivedAt = isoInstant(clock.now());
  const { changes, bodies, problems } = apply(flash, section, file, { quirks, receivedAt });
  for (const told of problems) unit.record(toldProblem(told, check));
  return commit(unit, [...changes, ...completion], bodies) ? { kept: 'stored' } : flashRefused;
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
