import { FILES_MAX, limitedInNumber } from '../device/capacity.ts';
import type { FlashContents, StoredContent, StoredFile } from '../device/flash-contents.ts';
import { type SectionName, sectionNames } from '../provisioning/words.ts';
import type { JsonValue } from './json-value.ts';

export const filesExample = 'an object such as {"LANGUAGE":["French.lng"]}';

/** What an entry of `files` cannot say itself. */
export interface FileEntryContext {
  /** When a file was received whose entry does not say; absent: 1970. */
  readonly nowIso?: string;
  /** What is wrong with the bytes behind an entry, as the second half of a sentence. */
  faultOf(content: StoredContent): string | undefined;
}

/** Reads `files`: by section a list of names or `{name,size,sha256,receivedAt}`. Tells what is wrong. */
export function readFiles(value: JsonValue | undefined, context: FileEntryContext): FlashContents['files'] {
  const files: Partial<Record<SectionName, readonly StoredFile[]>> = {};
  for (const [key, list] of value?.members(filesExample) ?? []) {
    const section = sectionNames.find((name) => name === key);
    if (section === undefined) list.unknown(key, 'section', sectionNames);
    else files[section] = readFileList(section, list, context);
  }
  return files;
}

function readFileList(
  section: SectionName,
  value: JsonValue,
  context: FileEntryContext,
): readonly StoredFile[] {
  const entries = value.list('a list such as ["French.lng"]') ?? [];
  if (limitedInNumber.includes(section) && entries.length > FILES_MAX) {
    value.tell(`holds ${entries.length} files; expected at most ${FILES_MAX}`);
  }
  const lines = new Map<string, number>();
  return entries.flatMap((entry) => {
    const file = entry.isText() ? readBareName(entry) : readStoredFile(entry, context);
    if (file === undefined) return [];
    const line = lines.get(file.name);
    if (line !== undefined) entry.tell(`names ${file.name} again, after line ${line}; expected once`);
    lines.set(file.name, entry.line);
    return [file];
  });
}

const FILE_NAME = /^[^/]+$/;
const FILE_NAME_EXPECTED = 'a file name without folder, such as "French.lng"';

function readBareName(value: JsonValue): StoredFile | undefined {
  const name = value.textLike(FILE_NAME, FILE_NAME_EXPECTED);
  return name === undefined ? undefined : { name };
}

function readStoredFile(value: JsonValue, { nowIso, faultOf }: FileEntryContext): StoredFile | undefined {
  const members = value.members(
    'a name, or an object such as {"name":"French.lng","size":1024,"sha256":"..."}',
  );
  if (members === undefined) return undefined;
  const known = ['name', 'size', 'sha256', 'receivedAt'];
  for (const [key, member] of members) if (!known.includes(key)) member.unknown(key, 'key', known);
  for (const key of members.size === 1 ? ['name'] : ['name', 'size', 'sha256']) {
    if (!members.has(key)) value.tell(`has no ${key}; expected a name alone, or name, size and sha256`);
  }
  const name = members.get('name')?.textLike(FILE_NAME, FILE_NAME_EXPECTED);
  const sizeBytes = members.get('size')?.count('a number of bytes, without quotes');
  const sha256 = members.get('sha256')?.textLike(/^[0-9a-f]{64}$/, '64 lower-case hex digits in quotes');
  const receivedAt =
    members.get('receivedAt')?.textLike(INSTANT, 'an instant such as "2026-03-04T08:00:00.000Z"') ??
    nowIso ??
    LONG_AGO;
  if (name === undefined) return undefined;
  if (sizeBytes === undefined || sha256 === undefined) return { name };
  const content = { sizeBytes, sha256, receivedAt };
  const fault = faultOf(content);
  if (fault !== undefined) value.tell(fault);
  return { name, content };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const LONG_AGO = '1970-01-01T00:00:00.000Z';
