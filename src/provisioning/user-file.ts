import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import { profileSectionsOf, tellUnknownSections } from './profile-sections.ts';
import type { Quirks } from './quirks.ts';
import { readTextLines, tellCutOff } from './text-lines.ts';

/** What a user's own file can name, and the file itself, in the order in which a phone asks for them. */
export const userFileKinds = ['user-file', 'address-book', 'custom-keys', 'speed-dials'] as const;
export type UserFileKind = (typeof userFileKinds)[number];
type NamedKind = Exclude<UserFileKind, 'user-file'>;

/** Which files a user's own file names; a name that is absent or empty names none. */
export interface UserFile {
  readonly names: Readonly<Partial<Record<NamedKind, { readonly name: string; readonly line: number }>>>;
  readonly problems: readonly Problem[];
}

/** Documented: M44 p199. */
const keywords: Readonly<Record<string, NamedKind>> = {
  addressbook: 'address-book',
  customkeys: 'custom-keys',
  speeddiallist: 'speed-dials',
};

/** Documented: M44 p199, the file of the primary user, such as `lpg@macadamian.com.cfg`. */
export function userFileName(user: string): string {
  return `${user}.cfg`;
}

/**
 * Reads `<user@domain>.cfg`: a section `[files]` with `addressbook=`, `customkeys=` and `speeddiallist=`
 * (M44 p199). It is configuration, so a line of more than 80 bytes ends its reading. Never throws.
 */
export function parseUserFile(
  bytes: Uint8Array,
  { file, quirks }: { readonly file: string; readonly quirks: Quirks },
): UserFile {
  const told = new ProblemList({ file });
  const { lines, cut } = readTextLines(bytes, quirks, told);
  if (cut !== undefined) {
    tellCutOff(
      cut,
      cut.lost.map(({ text }) => text.split('=')[0] ?? ''),
      told,
    );
  }
  const sections = profileSectionsOf(lines, told);
  tellUnknownSections(sections, ['files'], told);
  const files = sections.filter(({ name }) => name === 'files');
  if (files.length === 0) {
    told.tell('PROFILE_LINE', { line: 1, message: 'the file has no section [files]: it names nothing' });
  }
  const names: Partial<Record<NamedKind, { name: string; line: number }>> = {};
  for (const { name, value, line } of files.flatMap(({ values }) => values)) {
    const kind = keywords[name];
    if (kind !== undefined) names[kind] = { name: value, line };
    else {
      const expected = Object.keys(keywords).join(', ');
      told.tell('PROFILE_LINE', { line, message: `${name} names no file; expected one of ${expected}` });
    }
  }
  return { names, problems: told.all() };
}

/** What is kept of a user, in a table by user; undefined: nothing, or nobody. */
export function ofUser<T>(byUser: Readonly<Record<string, T>>, user: string | null): T | undefined {
  return user !== null && Object.hasOwn(byUser, user) ? byUser[user] : undefined;
}
