import type { FlashChange } from '../events/phone-event.ts';
import { readConfiguration } from '../provisioning/configuration.ts';
import { parseConfigurationFile } from '../provisioning/configuration-file.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Section } from '../provisioning/section.ts';
import { holdsOneFile } from './capacity.ts';
import { toldFile } from './change-flash.ts';
import type { FlashContents, StoredFile } from './flash-contents.ts';
import { Readings } from './readings.ts';
import { type ReceivedFile, storedNameOf } from './received-file.ts';
import { receiveSettings, type Settings, settingsOfFile } from './settings.ts';

/** What taking a file does to flash, and what there is to say about it. */
export interface Application {
  readonly changes: readonly FlashChange[];
  /** Bytes that go into flash beside its contents. */
  readonly bodies: readonly { readonly sha256: string; readonly bytes: Uint8Array }[];
  readonly problems: readonly Problem[];
}

interface Circumstances {
  readonly quirks: Quirks;
  /** ISO instant. */
  readonly receivedAt: string;
}

/** Takes an accepted file other than firmware: configuration becomes settings, anything else is stored. */
export function apply(
  flash: FlashContents,
  section: Section,
  file: ReceivedFile,
  circumstances: Circumstances,
): Application {
  return isConfiguration(section)
    ? applyConfiguration(flash, section, file, circumstances)
    : store(flash, section, file, circumstances);
}

/** Whether a section carries settings. */
function isConfiguration(section: Section): boolean {
  return section.name === 'DEVICE_CONFIG' || section.name === 'USER_CONFIG';
}

function applyConfiguration(
  flash: FlashContents,
  section: Section,
  file: ReceivedFile,
  { quirks }: Circumstances,
): Application {
  const where = { file: file.name, section: section.name, quirks };
  const read = configurations.of({ file, quirks, section: section.name }, () => {
    const parsed = parseConfigurationFile(file.bytes ?? file.head, where);
    const { settings, problems } = readConfiguration(parsed, where);
    return { received: settingsOfFile(settings), problems: [...parsed.problems, ...problems] };
  });
  const received = receiveSettings(flash.settings, read.received, where);
  return { changes: received.changes, bodies: [], problems: [...read.problems, ...received.problems] };
}

const configurations = new Readings<{
  readonly received: Settings;
  readonly problems: readonly Problem[];
}>();

function store(
  flash: FlashContents,
  section: Section,
  file: ReceivedFile,
  { receivedAt }: Circumstances,
): Application {
  const name = storedNameOf(file.name);
  const { sizeBytes, sha256 } = file;
  const stored: StoredFile = { name, content: { sizeBytes, sha256, receivedAt } };
  const replaced = holdsOneFile(section.name)
    ? (flash.files[section.name] ?? []).map((other) => other.name).filter((other) => other !== name)
    : [];
  return {
    changes: [
      ...eraseFiles(section, replaced),
      { change: 'file', section: section.name, file: toldFile(stored) },
    ],
    bodies: file.bytes === undefined ? [] : [{ sha256, bytes: file.bytes }],
    problems: [],
  };
}

function eraseFiles(section: Section, names: readonly string[]): readonly FlashChange[] {
  return names.length === 0 ? [] : [{ change: 'files-erased', section: section.name, names: [...names] }];
}
