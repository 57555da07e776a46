import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import {
  type ProfileSection,
  readProfileSections,
  tellUnknownSections,
  valueIn,
} from './profile-sections.ts';
import { quote } from './quote.ts';

/** Someone in an address book. */
export interface Contact {
  /** May be empty. */
  readonly nickname: string;
  readonly address: string;
  /** Empty: in no group. */
  readonly group: string;
  /** Whether the contact's presence is watched. */
  readonly buddy: boolean;
}

export interface AddressBook {
  readonly contacts: readonly Contact[];
  readonly groups: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads an address book: `[version]` with `id`, then `[contact]` (nickname, address, group, buddy) and
 * `[group]` (name), as often as wanted (S43 p167). Never throws.
 * Assumed: the address is what a contact needs; of more than `contactsMax` the first count.
 */
export function parseAddressBook(
  bytes: Uint8Array,
  { file, contactsMax }: { readonly file: string; readonly contactsMax: number },
): AddressBook {
  const { sections, problems } = readProfileSections(bytes, file);
  const told = new ProblemList({ file });
  tellUnknownSections(sections, ['version', 'contact', 'group'], told);
  const contacts = sections
    .filter(({ name }) => name === 'contact')
    .flatMap((found) => contactOf(found, told));
  const groups = sections.filter(({ name }) => name === 'group').flatMap((found) => groupOf(found, told));
  if (contacts.length > contactsMax) {
    const message = `${file} has ${contacts.length} contacts; MAX_ADDR_BOOK_ENTRIES is ${contactsMax}: the rest is left out`;
    told.tell('ADDRESS_BOOK_FULL', { message });
  }
  return { contacts: contacts.slice(0, contactsMax), groups, problems: [...problems, ...told.all()] };
}

function contactOf(section: ProfileSection, told: ProblemList): Contact[] {
  const address = valueIn(section, 'address') ?? '';
  if (address === '') {
    told.tell('PROFILE_ENTRY', { line: section.line, message: 'a [contact] without address: it is skipped' });
    return [];
  }
  const buddy = valueIn(section, 'buddy') ?? '0';
  if (buddy !== '0' && buddy !== '1') {
    const message = `buddy is ${quote(buddy)}; expected 0 or 1: it counts as 0`;
    told.tell('PROFILE_ENTRY', { line: section.line, message });
  }
  const nickname = valueIn(section, 'nickname') ?? '';
  return [{ nickname, address, group: valueIn(section, 'group') ?? '', buddy: buddy === '1' }];
}

function groupOf(section: ProfileSection, told: ProblemList): string[] {
  const name = valueIn(section, 'name') ?? '';
  if (name !== '') return [name];
  told.tell('PROFILE_ENTRY', { line: section.line, message: 'a [group] without name: it is skipped' });
  return [];
}
