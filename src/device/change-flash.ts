import type { FlashChange } from '../events/phone-event.ts';
import type { FlashContents, StoredFile } from './flash-contents.ts';

/** Flash after some changes, in order. */
export function changeFlash(flash: FlashContents, changes: readonly FlashChange[]): FlashContents {
  return changes.reduce(applyChange, flash);
}

function applyChange(flash: FlashContents, change: FlashChange): FlashContents {
  switch (change.change) {
    case 'version':
      return { ...flash, versions: { ...flash.versions, [change.section]: change.version } };
    case 'version-erased':
      return { ...flash, versions: without(flash.versions, [change.section]) };
    case 'file': {
      const others = (flash.files[change.section] ?? []).filter((file) => file.name !== change.file.name);
      return { ...flash, files: { ...flash.files, [change.section]: [...others, storedFile(change.file)] } };
    }
    case 'files-erased': {
      const kept = (flash.files[change.section] ?? []).filter((file) => !change.names.includes(file.name));
      return {
        ...flash,
        files: {
          ...without(flash.files, [change.section]),
          ...(kept.length > 0 && { [change.section]: kept }),
        },
      };
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
    case 'profile': {
      const others = without(flash.profiles, [change.user]);
      return { ...flash, profiles: { ...others, ...(change.profile && { [change.user]: change.profile }) } };
    }
    case 'lease':
      return { ...flash, lease: change.lease };
  }
}

type ToldFile = Extract<FlashChange, { change: 'file' }>['file'];

function storedFile({ name, sizeBytes, sha256, receivedAt }: ToldFile): StoredFile {
  if (sizeBytes === undefined || sha256 === undefined || receivedAt === undefined) return { name };
  return { name, content: { sizeBytes, sha256, receivedAt } };
}

/** A stored file as a fact tells it. */
export function toldFile(file: StoredFile): ToldFile {
  return { name: file.name, ...file.content };
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
