import { checkFileName } from './file-name.ts';
import { compareLoads, isOwnFamily, type Load, parseFirmwareVersion, parseLoad, softwareOf } from './load.ts';
import type { Quirks } from './quirks.ts';
import type { Section } from './section.ts';
import { compareVersions } from './version.ts';

export const reasonsToDownload = ['forced', 'not-stored', 'newer', 'by-date'] as const;
export const reasonsToSkip = ['not-newer', 'later', 'refused-name', 'wrong-hardware', 'no-filename'] as const;

/**
 * Whether a section's files are fetched, and why. `later` is the user's answer to PROMPT; it is never decided
 * here. `by-date`: each file is asked for, and taken if the server's is later than the stored one.
 */
export type Decision =
  | { readonly action: 'download'; readonly why: (typeof reasonsToDownload)[number] }
  | { readonly action: 'skip'; readonly why: (typeof reasonsToSkip)[number] };

/**
 * Whether a section other than [FW] is due, given the version of its last completed download; `undefined`:
 * there was none.
 * Documented: M44 p52, AUTO takes what is higher, FORCED always.
 */
export function decide(section: Section, stored: string | undefined): Decision {
  if (section.name !== 'USER_CONFIG' && section.files.length === 0) return skip('no-filename');
  return unlessRefused(section, whetherDue(section, stored));
}

/** A section of which dates decide instead of versions, if it is one of which versions would. */
export function byDate(decision: Decision): Decision {
  return decision.why === 'newer' || decision.why === 'not-newer'
    ? { action: 'download', why: 'by-date' }
    : decision;
}

function whetherDue(section: Section, stored: string | undefined): Decision {
  if (section.downloadMode === 'FORCED') return download('forced');
  if (stored === undefined) return download('not-stored');
  return compareVersions(section.version, stored) > 0 ? download('newer') : skip('not-newer');
}

/** What a phone knows of its software when it meets [FW]. */
export interface SoftwareInFlash {
  /** The running load: `SIP12x004.01.13.00`, or a UNIStim one such as `062AC7J`. */
  readonly running: string;
  /** The version of the last completed [FW] download. */
  readonly stored: string | undefined;
}

/**
 * Whether the image of a [FW] section is due. An image for another family of phones is refused before it is
 * asked for.
 */
export function decideFirmware(section: Section, flash: SoftwareInFlash, quirks: Quirks): Decision {
  if (section.files.length === 0) return skip('no-filename');
  const offered = offeredLoad(section);
  if (offered !== undefined && !isOwnFamily(offered)) return skip('wrong-hardware');
  return unlessRefused(section, whetherFirmwareDue(section, flash, quirks));
}

/**
 * The load a [FW] section offers as far as can be told before it is fetched: that of FILENAME, else of
 * VERSION.
 */
export function offeredLoad(section: Section): Load | undefined {
  return parseLoad(section.files[0]?.name ?? '') ?? parseLoad(section.version);
}

function whetherFirmwareDue(section: Section, flash: SoftwareInFlash, quirks: Quirks): Decision {
  if (section.downloadMode === 'FORCED') return download('forced');
  // Documented: R4.3 manual, a UNIStim phone is converted by a SIP image; there is no version to compare it
  // with.
  if (softwareOf(flash.running) === 'UNIStim') return download('newer');
  const baseline = quirks.fwBaseline === 'running' ? flash.running : flash.stored;
  if (baseline === undefined) return download('not-stored');
  return isNewerLoad(section.version, baseline) ? download('newer') : skip('not-newer');
}

// Assumed: a VERSION in any other form is not higher. Wazo's 04011300 under AUTO is refused by phones, its
// authors report.
function isNewerLoad(version: string, baseline: string): boolean {
  const offered = parseFirmwareVersion(version);
  if (offered === undefined || !isOwnFamily(offered)) return false;
  const current = parseLoad(baseline);
  return current === undefined || compareLoads(offered, current) > 0;
}

/** Of several names one that may be asked for is enough; the others are refused when their turn comes. */
function unlessRefused(section: Section, decision: Decision): Decision {
  if (decision.action === 'skip' || section.files.length === 0) return decision;
  return section.files.some((file) => checkFileName(file.name).ok) ? decision : skip('refused-name');
}

function download(why: 'forced' | 'not-stored' | 'newer'): Decision {
  return { action: 'download', why };
}

function skip(why: 'not-newer' | 'refused-name' | 'wrong-hardware' | 'no-filename'): Decision {
  return { action: 'skip', why };
}
