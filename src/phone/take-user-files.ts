import {
  isTooLarge,
  newProfile,
  withAddressBook,
  withCustomKeys,
  withSpeedDials,
} from '../device/user-profile.ts';
import type { UserProfile } from '../events/phone-event.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { parseAddressBook } from '../provisioning/address-book.ts';
import { parseCustomKeys, parseSpeedDials } from '../provisioning/custom-keys.ts';
import { checkFileName } from '../provisioning/file-name.ts';
import { settingOf } from '../provisioning/parameters.ts';
import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { sourceOfProvisioningFile } from '../provisioning/section-source.ts';
import {
  ofUser,
  parseUserFile,
  type UserFile,
  type UserFileKind,
  userFileName,
} from '../provisioning/user-file.ts';
import type { Severity } from '../provisioning/words.ts';
import { TransportError } from '../transport/transport.ts';
import type { CheckDoor } from './check-door.ts';
import { commit } from './commit.ts';
import { download } from './download.ts';
import { requestOf } from './file-order.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { tellProblems } from './told.ts';

/** Whose roaming files are fetched, and by which door. */
export interface UserFilesOrder {
  readonly unit: PhoneUnit;
  readonly door: CheckDoor;
  /** 1-based; at login that of the last check, 0 when there was none. */
  readonly check: number;
  /** `user@domain`, as it was typed or received. */
  readonly user: string;
}

type NamedKind = Exclude<UserFileKind, 'user-file'>;

/** Documented: M43 p184. */
const defaultNames: Readonly<Record<NamedKind, string>> = {
  'address-book': 'DEFAULT_ADDRESSBOOK_FILE',
  'custom-keys': 'DEFAULT_CUSTOMKEYS_FILE',
  'speed-dials': 'DEFAULT_SPEEDDIALLIST_FILE',
};
const namedKinds = ['address-book', 'custom-keys', 'speed-dials'] as const;

/** Whether there is anything to fetch for a user who is logged in. */
export function userFilesWanted({ setup }: PhoneUnit): boolean {
  const { settings } = setup.flash.read();
  const named = namedKinds.some((kind) => settingOf(settings, defaultNames[kind]) !== '');
  return setup.server !== null && (named || settingOf(settings, 'USER_FILE_ENABLE') === 'YES');
}

/**
 * Fetches the files of the user who is logged in and takes them into the user's profile, one after the other:
 * `<user@domain>.cfg` (M44 p199), then what it names, else what DEFAULT_..._FILE names (M43 p184). What does
 * not arrive is told and changes nothing. Never throws but for our own mistakes; ends when the door is shut.
 * Assumed: they are on the server of the provisioning file; the defaults count without USER_FILE_ENABLE too.
 */
export async function takeUserFiles(order: UserFilesOrder): Promise<void> {
  const { settings } = order.unit.setup.flash.read();
  const asked = settingOf(settings, 'USER_FILE_ENABLE') === 'YES';
  const own = asked ? await takeUserFile(order) : undefined;
  if (own === 'enough') return;
  for (const kind of namedKinds) {
    const named = own?.names[kind];
    const wanted = named?.name ? named : { name: settingOf(settings, defaultNames[kind]) };
    if (wanted.name === '') continue;
    const bytes = await fetchUserFile(order, { kind, lossSeverity: 'error', ...wanted });
    if (bytes === 'enough') return;
    if (bytes !== undefined) takeNamedFile(order, { kind, file: wanted.name, bytes });
  }
}

async function takeUserFile(order: UserFilesOrder): Promise<UserFile | 'enough' | undefined> {
  const { unit, user } = order;
  const file = userFileName(user);
  // Many users have none: without it the profile is as it was.
  const bytes = await fetchUserFile(order, { kind: 'user-file', name: file, lossSeverity: 'warning' });
  if (bytes === undefined || bytes === 'enough') return bytes;
  const read = parseUserFile(bytes, { file, quirks: unit.world.quirks });
  tell(order, read.problems);
  unit.record({
    type: 'user-file.taken',
    user,
    kind: 'user-file',
    file,
    entries: Object.keys(read.names).length,
  });
  return read;
}

interface WantedFile {
  readonly kind: UserFileKind;
  readonly name: string;
  /** Where the user's own file names it. */
  readonly line?: number;
  readonly lossSeverity: Severity;
}

/** Undefined: it did not arrive or was not even asked for, which is told. `enough`: nor is any other. */
async function fetchUserFile(
  order: UserFilesOrder,
  { kind, name, line, lossSeverity }: WantedFile,
): Promise<Uint8Array | 'enough' | undefined> {
  const { unit, door, check, user } = order;
  const { server, ports } = unit.setup;
  if (server === null || door.endsAfterFile) return 'enough';
  const where = line === undefined ? { file: name } : { file: userFileName(user), line };
  const checked = checkFileName(name);
  if (!checked.ok) {
    const message = `${name} is not asked for: ${checked.why}`;
    tell(order, [{ severity: 'error', code: 'BAD_NAME', ...where, message }]);
    return undefined;
  }
  const request = requestOf(unit, 'provisioning-file', sourceOfProvisioningFile(server, ports), checked.path);
  try {
    const file = await download({ unit, door, check, file: name, userFile: kind, request, hold: 'all' });
    // The door may have been shut in the very moment the file was whole.
    return door.isShut ? 'enough' : (file.bytes ?? file.head);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    if (door.isShut) return 'enough';
    const message = `${error.message}${error.message.endsWith('.') ? '' : '.'} ${transferCodes[error.code]}`;
    tell(order, [{ severity: lossSeverity, code: error.code, ...where, message }]);
    return endsHere(unit, error) ? 'enough' : undefined;
  }
}

/** Assumed: the next file is asked for all the same (quirks.afterFailedFetch, quirks.deadServer). */
function endsHere({ world }: PhoneUnit, { code }: TransportError): boolean {
  const dead = code === 'TIMEOUT' || code === 'UNREACHABLE';
  return world.quirks.afterFailedFetch === 'end' || (dead && world.quirks.deadServer === 'skip');
}

interface ArrivedFile {
  readonly kind: NamedKind;
  readonly file: string;
  readonly bytes: Uint8Array;
}

function takeNamedFile(order: UserFilesOrder, { kind, file, bytes }: ArrivedFile): void {
  const { unit, user } = order;
  const { profiles, settings } = unit.setup.flash.read();
  const before = ofUser(profiles, user) ?? newProfile(settings);
  const read = readNamedFile(unit, before, { kind, file, bytes });
  tell(order, read.problems);
  if (isTooLarge(read.profile)) {
    const message = `${file} makes the profile of ${user} too large: it is not taken`;
    tell(order, [problem('PROFILE_FULL', { file, message })]);
    return;
  }
  const changed = JSON.stringify(read.profile) !== JSON.stringify(before);
  if (!commit(unit, changed ? [{ change: 'profile', user, profile: read.profile }] : [])) return;
  unit.record({ type: 'user-file.taken', user, kind, file, entries: read.entries });
}

interface NamedFileRead {
  readonly profile: UserProfile;
  readonly entries: number;
  readonly problems: readonly Problem[];
}

function readNamedFile(
  unit: PhoneUnit,
  profile: UserProfile,
  { kind, file, bytes }: ArrivedFile,
): NamedFileRead {
  const { settings } = unit.setup.flash.read();
  switch (kind) {
    case 'address-book': {
      const contactsMax = Number(settingOf(settings, 'MAX_ADDR_BOOK_ENTRIES'));
      const book = parseAddressBook(bytes, { file, contactsMax });
      return {
        profile: withAddressBook(profile, book),
        entries: book.contacts.length,
        problems: book.problems,
      };
    }
    case 'custom-keys': {
      const read = parseCustomKeys(bytes, { file });
      const idle = settingOf(settings, 'IP_OFFICE_ENABLE') === 'YES' ? [] : featureKeys(read.keys, file);
      return {
        profile: withCustomKeys(profile, read),
        entries: read.keys.length,
        problems: [...read.problems, ...idle],
      };
    }
    case 'speed-dials': {
      const { speedDials, problems } = parseSpeedDials(bytes, { file });
      return { profile: withSpeedDials(profile, speedDials), entries: speedDials.length, problems };
    }
  }
}

/** Documented: M44 p203. */
function featureKeys(keys: readonly { readonly type: string }[], file: string): readonly Problem[] {
  const count = keys.filter(({ type }) => type === 'feature').length;
  if (count === 0) return [];
  const message = `${file} has ${count} keys of type feature: they have no effect outside IP Office mode`;
  return [problem('FEATURE_KEY', { file, message })];
}

function tell({ unit, check }: UserFilesOrder, problems: readonly Problem[]): void {
  tellProblems(unit, problems, check);
}
