import type { PhoneEvent } from '../../events/phone-event.ts';
import type { FigureSums } from './figure-sums.ts';
import { NEVER_US, type PhoneLine } from './phone-line.ts';

/** Why a phone does not have a release that it asked for. */
const CHECK_UNDER_WAY = 'check-under-way';
const NOT_OFFERED = 'not-offered';

/** Follows a phone on its way to the release that is watched; does nothing when none is. */
export function followRelease(sums: FigureSums, line: PhoneLine, atUs: number, event: PhoneEvent): void {
  const { release } = sums;
  if (release === undefined) return;
  const has = hasRelease(release.release, event);
  if (has !== undefined && has !== (line.onTargetSinceUs !== NEVER_US)) {
    line.onTargetSinceUs = has ? atUs : NEVER_US;
    if (has) release.arrived(atUs);
    else release.lost(atUs);
  }
  if (atUs >= release.release.publishedUs) {
    line.because = becauseAfter(line.because, release.release.section, event);
  }
}

/** Whether the phone has it, as far as a fact says so. Of firmware it counts what runs. */
function hasRelease(
  { section, version }: { readonly section: string; readonly version: string },
  event: PhoneEvent,
): boolean | undefined {
  switch (event.type) {
    case 'flash.read':
      return (section === 'FW' ? event.software : event.versions[section]) === version;
    case 'software.started':
      return section === 'FW' ? event.software === version : undefined;
    case 'flash.written': {
      if (section === 'FW') return undefined;
      const changes = event.changes.flatMap((change) =>
        change.change === 'version' && change.section === section ? [change.version === version] : [],
      );
      return changes.at(-1);
    }
    default:
      return undefined;
  }
}

function becauseAfter(because: string, section: string, event: PhoneEvent): string {
  switch (event.type) {
    case 'update.started':
      return CHECK_UNDER_WAY;
    case 'file.failed':
      return event.code;
    case 'section.decided':
      return event.section === section && event.decision.action === 'skip' ? event.decision.why : because;
    case 'section.finished':
      return event.section === section ? (event.error ?? because) : because;
    case 'update.finished':
      return because === CHECK_UNDER_WAY ? NOT_OFFERED : because;
    default:
      return because;
  }
}
