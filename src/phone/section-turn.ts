import { storedNameOf } from '../device/received-file.ts';
import { versionKeyOf } from '../device/version-key.ts';
import type { FlashChange } from '../events/phone-event.ts';
import { byDate, type Decision, decide, decideFirmware, offeredLoad } from '../provisioning/decision.ts';
import { checkFileName, deviceCertificateName, userConfigName } from '../provisioning/file-name.ts';
import type { Section } from '../provisioning/section.ts';
import { type SectionSource, sourceOf } from '../provisioning/section-source.ts';
import { compareVersions } from '../provisioning/version.ts';
import { type CheckProgress, sectionInTurn } from './check-progress.ts';
import type { IsWanted } from './download.ts';
import type { PhoneUnit } from './phone-unit.ts';

// What the section in turn asks for: pure answers about a check's progress.

/** Whether the section in turn is fetched, given what flash holds now. */
export function decideTurn(progress: CheckProgress): Decision {
  const section = sectionInTurn(progress);
  const { software, versions } = progress.unit.setup.flash.read();
  const stored = versions[versionKeyOf(section.name)];
  if (section.name !== 'FW') {
    const decision = decide(section, stored);
    return datesDecide(progress) ? byDate(decision) : decision;
  }
  if (progress.purpose === 'recovery')
    return decideFirmware(
      { ...section, downloadMode: 'FORCED' },
      { running: software, stored },
      progress.unit.world.quirks,
    );
  const decision = decideFirmware(section, { running: software, stored }, progress.unit.world.quirks);
  return decision.action === 'download' && wouldRestartAgain(progress, section)
    ? { action: 'skip', why: 'later' }
    : decision;
}

/** Documented: M43 p44, for language files. Assumed: VERSION decides all the same (quirks.languageByDate). */
function datesDecide(progress: CheckProgress): boolean {
  const { name } = sectionInTurn(progress);
  if (name !== 'LANGUAGE' || progress.unit.world.quirks.languageByDate === 'no') return false;
  const { protocol } = sourceOfTurn(progress).source;
  return protocol === 'http' || protocol === 'https';
}

/**
 * Where dates decide, whether the file in turn is wanted, given what the server says of its age: later than
 * the stored one, of which only its arrival is known. Without a date VERSION decides.
 */
export function wantedByDate(progress: CheckProgress): IsWanted | undefined {
  if (progress.decision?.why !== 'by-date') return undefined;
  const { name, version } = sectionInTurn(progress);
  const { files, versions } = progress.unit.setup.flash.read();
  const file = storedNameOf(fileInTurn(progress) ?? '');
  const stored = files[name]?.find((other) => other.name === file);
  if (stored?.content === undefined) return undefined;
  const { receivedAt } = stored.content;
  const isNewer = compareVersions(version, versions[versionKeyOf(name)] ?? '') > 0;
  return (modifiedMs) => (modifiedMs === undefined ? isNewer : modifiedMs > Date.parse(receivedAt));
}

/** Documented: S43 p12, the user goes on undisturbed while these two are renewed. */
export function disturbs(progress: CheckProgress): boolean {
  const { name } = sectionInTurn(progress);
  return progress.trigger === 'check-sync' && name !== 'LANGUAGE' && name !== 'DIALING_PLAN';
}

/**
 * Another image in the check after a restart that a check caused waits for the check after it. One whose name
 * does not say which load it is is fetched first.
 */
function wouldRestartAgain(progress: CheckProgress, section: Section): boolean {
  if (progress.restarts === 'allowed') return false;
  const offered = offeredLoad(section)?.name;
  return offered !== undefined && offered !== progress.unit.setup.flash.read().software;
}

/**
 * Assumed (quirks.fwIdentical: before-download): an image that is announced as the running one is not even
 * fetched.
 */
export function identicalAsAnnounced(progress: CheckProgress): boolean {
  const { unit, purpose } = progress;
  if (sectionInTurn(progress).name !== 'FW' || purpose === 'recovery') return false;
  return (
    unit.world.quirks.fwIdentical === 'before-download' &&
    offeredLoad(sectionInTurn(progress))?.name === unit.setup.flash.read().software
  );
}

/**
 * The names a section's files are asked for by; SIP<MAC>.cfg for [USER_CONFIG], `*` replaced by the MAC for
 * [DEV_CERT].
 */
export function fileNamesOf(section: Section, mac: string): readonly string[] {
  if (section.name === 'USER_CONFIG') return [userConfigName(mac)];
  const names = section.files.map((file) => file.name);
  return section.name === 'DEV_CERT' ? names.map((name) => deviceCertificateName(name, mac)) : names;
}

/** Where the files of the section in turn are. */
export function sourceOfTurn(progress: CheckProgress): SectionSource {
  const { unit } = progress;
  const { server, ports } = unit.setup;
  if (server === null) throw new Error('a check runs without a provisioning server');
  return sourceOf(sectionInTurn(progress), { server, ports, quirks: unit.world.quirks });
}

export function fileInTurn(progress: CheckProgress): string | undefined {
  return fileNamesOf(sectionInTurn(progress), progress.unit.mac)[progress.fileTurn];
}

function isLastFile(progress: CheckProgress): boolean {
  return progress.fileTurn === fileNamesOf(sectionInTurn(progress), progress.unit.mac).length - 1;
}

/** A name that must not be asked for, with the reason; undefined for a good one. */
export function badNameInTurn(progress: CheckProgress): string | undefined {
  const checked = checkFileName(fileInTurn(progress) ?? '');
  return checked.ok ? undefined : checked.why;
}

/** The stored version that completes the section in turn, written with its last file. */
export function completionOf(progress: CheckProgress): readonly FlashChange[] {
  if (!isLastFile(progress) || progress.incomplete) return [];
  const section = sectionInTurn(progress);
  return [{ change: 'version', section: versionKeyOf(section.name), version: section.version }];
}

/**
 * What DELETE_FILES YES erases before the files of the section in turn are fetched: nothing in other
 * sections.
 * Documented: M43 p45. Assumed: the section's own kind only (quirks.deleteFiles).
 */
export function erasuresOf(section: Section, unit: PhoneUnit): readonly FlashChange[] {
  if (!section.deleteFiles || (section.name !== 'LANGUAGE' && section.name !== 'TONES')) return [];
  const kinds = unit.world.quirks.deleteFiles === 'both' ? (['LANGUAGE', 'TONES'] as const) : [section.name];
  const { files, versions } = unit.setup.flash.read();
  return kinds.flatMap((kind): readonly FlashChange[] => {
    const names = (files[kind] ?? []).map((file) => file.name);
    return [
      ...(names.length > 0 ? [{ change: 'files-erased' as const, section: kind, names }] : []),
      ...(versions[kind] !== undefined ? [{ change: 'version-erased' as const, section: kind }] : []),
    ];
  });
}
