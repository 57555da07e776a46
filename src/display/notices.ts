import type { Fact } from '../events/phone-event.ts';
import type { SectionName } from '../provisioning/words.ts';
import { message } from './messages.ts';

// What the panel says of what went wrong, in words of ours.

/** Whether a transfer ended because the phone lost power or its run ended: no failure to show. */
export function endedByPhone(event: Fact<'file.failed'> | Fact<'file.refused'>): boolean {
  return event.type === 'file.failed' && event.code === 'ABORTED';
}

/** What the panel says of a file that was not taken. */
export function failureNotice(
  event: Fact<'file.failed'> | Fact<'file.refused'>,
  transfer: Fact<'file.requested'> | undefined,
): string {
  if (event.type === 'file.refused') {
    if (event.code === 'AUTHENTICATION_FAILED') return message('caAuthFailed', event.section);
    if (event.code === 'WRONG_FORMAT') return message('caFileIsNotSupported', event.section);
    if (event.code === 'WRONG_HARDWARE') return message('caFWNotSupport');
    return sectionFailed(event.section);
  }
  if (transfer !== undefined && transfer.section !== null) return sectionFailed(transfer.section);
  if (event.code === 'NOT_FOUND' && transfer !== undefined) return message('caFailDldTFTPCfg', transfer.file);
  return message('caServerUnreachable');
}

/** What the panel says of a section that is skipped, if it says anything. */
export function skipNotice({ decision, section }: Fact<'section.decided'>): string | undefined {
  if (decision.why === 'later') return message('caSkipped', section);
  return isForOtherHardware({ decision }) ? message('caFWNotSupport') : undefined;
}

/** An image for another family of phones, refused by its name before any request. */
export function isForOtherHardware({ decision }: Pick<Fact<'section.decided'>, 'decision'>): boolean {
  return decision.why === 'wrong-hardware';
}

/** What the panel says of a provisioning file that was not read. */
export function planNotice({ file }: Fact<'provisioning-file.refused'>): string {
  return message('caAuthFailed', file);
}

function sectionFailed(section: SectionName): string {
  return section === 'FW' ? message('caFWUpdatingFailed') : message('caUpdateFailed', section);
}
