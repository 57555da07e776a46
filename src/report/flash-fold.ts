import type { JournalEntry } from '../events/journal.ts';
import type { Fact, FlashChange, PhoneEvent, UserProfile } from '../events/phone-event.ts';
import { type SectionName, sectionNames } from '../provisioning/words.ts';

/**
 * What a phone's flash holds, as its facts tell it. The same must stand in the flash itself: two ways to
 * know.
 */
export type ToldFlash = Readonly<Omit<Fact<'flash.read'>, 'type'>>;

/** Flash at the end of a journal of one phone; undefined when the phone never read it. */
export function foldFlash(entries: Iterable<JournalEntry>): ToldFlash | undefined {
  const fold = new FlashFold();
  for (const { event } of entries) fold.add(event);
  return fold.contents();
}

/**
 * Follows one phone's flash while its facts go by. `flash.read` starts it anew, so compare with that fact
 * first to check the writes before it.
 */
export class FlashFold {
  #told: ToldFlashTables | undefined;

  add(event: PhoneEvent): void {
    if (event.type === 'flash.read') this.#told = tablesOf(event);
    if (event.type !== 'flash.written') return;
    if (this.#told === undefined) throw new Error('Flash was written before it was read');
    for (const change of event.changes) note(this.#told, change);
  }

  contents(): ToldFlash | undefined {
    return this.#told && contentsOf(this.#told);
  }
}

type ToldFile = Extract<FlashChange, { change: 'file' }>['file'];
type PlainName = Exclude<keyof ToldFlash, 'versions' | 'settings' | 'files' | 'profiles'>;

/**
 * What was last said of each thing that a fact can be about. On purpose not the shape in which the phone
 * keeps its flash, nor the way in which it changes it: a mistake there must not be made here again.
 */
interface ToldFlashTables {
  readonly plain: { -readonly [Name in PlainName]: ToldFlash[Name] };
  readonly versions: Map<string, string>;
  readonly settings: Map<string, ToldFlash['settings'][string]>;
  /** Of all sections, in the order in which they came; by section and name. */
  readonly files: Map<string, { readonly section: SectionName; readonly file: ToldFile }>;
  readonly profiles: Map<string, UserProfile>;
}

function tablesOf({
  type: _,
  versions,
  settings,
  files,
  profiles,
  ...plain
}: Fact<'flash.read'>): ToldFlashTables {
  const tables: ToldFlashTables = {
    plain,
    versions: new Map(Object.entries(versions)),
    settings: new Map(Object.entries(settings)),
    files: new Map(),
    profiles: new Map(Object.entries(profiles)),
  };
  for (const section of sectionNames) {
    for (const file of files[section] ?? []) tables.files.set(fileKey(section, file.name), { section, file });
  }
  return tables;
}

function note({ plain, versions, settings, files, profiles }: ToldFlashTables, change: FlashChange): void {
  switch (change.change) {
    case 'version':
      versions.set(change.section, change.version);
      return;
    case 'version-erased':
      versions.delete(change.section);
      return;
    case 'file': {
      const { section, file } = change;
      const key = fileKey(section, file.name);
      // Deleted first: a file that comes again is the last to have come.
      files.delete(key);
      files.set(key, { section, file });
      return;
    }
    case 'files-erased':
      for (const name of change.names) files.delete(fileKey(change.section, name));
      return;
    case 'settings':
      for (const [name, setting] of Object.entries(change.values)) settings.set(name, setting);
      return;
    case 'settings-erased':
      for (const name of change.names) settings.delete(name);
      return;
    case 'image':
      plain.image = change.image;
      return;
    case 'software':
      plain.software = change.software;
      return;
    case 'user-dnd':
      plain.userDnd = change.on;
      return;
    case 'polled':
      plain.lastPollDate = change.date;
      plain.polledDates = change.dates;
      return;
    case 'user':
      plain.user = change.user;
      return;
    case 'profile':
      // Deleted first: who logs in again is the last to have done so.
      profiles.delete(change.user);
      if (change.profile !== null) profiles.set(change.user, change.profile);
      return;
    case 'lease':
      plain.lease = change.lease;
  }
}

function contentsOf({ plain, versions, settings, files, profiles }: ToldFlashTables): ToldFlash {
  const bySection: Partial<Record<SectionName, ToldFile[]>> = {};
  for (const { section, file } of files.values()) {
    bySection[section] = [...(bySection[section] ?? []), file];
  }
  return {
    ...plain,
    versions: Object.fromEntries(versions),
    settings: Object.fromEntries(settings),
    files: bySection,
    profiles: Object.fromEntries(profiles),
  };
}

function fileKey(section: SectionName, name: string): string {
  return `${section} ${name}`;
}
