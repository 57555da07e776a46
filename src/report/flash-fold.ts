import type { JournalEntry } from '../events/journal.ts';
import type { Fact, FlashChange, PhoneEvent } from '../events/phone-event.ts';

/**
 * What a phone's flash holds, as its facts tell it. The same must stand in the flash itself: two ways to
 * know.
 */
export type ToldFlash = Readonly<Omit<Fact<'flash.read'>, 'type'>>;

/** Flash at the end of a journal of one phone; undefined when the phone never read it. */
export function foldFlash(entries: Iterable<JournalEntry>): ToldFlash | undefined {
  let flash: ToldFlash | undefined;
  for (const { event } of entries) flash = flashAfter(flash, event);
  return flash;
}

/**
 * Flash after one more fact. `flash.read` starts it anew, so compare with that fact first to check the writes
 * before it.
 */
export function flashAfter(flash: ToldFlash | undefined, event: PhoneEvent): ToldFlash | undefined {
  if (event.type === 'flash.read') {
    const { type: _, ...read } = event;
    return read;
  }
  if (event.type !== 'flash.written') return flash;
  if (flash === undefined) throw new Error('Flash was written before it was read');
  return event.changes.reduce(changed, flash);
}

function changed(flash: ToldFlash, change: FlashChange): ToldFlash {
  switch (change.change) {
    case 'version':
      return { ...flash, versions: { ...flash.versions, [change.section]: change.version } };
    case 'version-erased':
      return { ...flash, versions: without(flash.versions, [change.section]) };
    case 'file': {
      const others = (flash.files[change.section] ?? []).filter(({ name }) => name !== change.file.name);
      return { ...flash, files: { ...flash.files, [change.section]: [...others, change.file] } };
    }
    case 'files-erased': {
      const left = (flash.files[change.section] ?? []).filter(({ name }) => !change.names.includes(name));
      const others = without(flash.files, [change.section]);
      return { ...flash, files: left.length > 0 ? { ...others, [change.section]: left } : others };
    }
    case 'settings':
      return { ...flash, settings: { ...flash.settings, ...change.values } };
    case 'settings-erased':
      return { ...flash, settings: without(flash.settings, change.names) };
    case 'image':
      return { ...flash, image: change.image };
    case 'software':
      return { ...flash, software: change.software };
    case 'user-dnd':
      return { ...flash, userDnd: change.on };
    case 'polled':
      return { ...flash, lastPollDate: change.date, polledDates: change.dates };
    case 'user':
      return { ...flash, user: change.user };
  }
}

function without<V>(record: Readonly<Record<string, V>>, names: readonly string[]): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
