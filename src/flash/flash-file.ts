import {
  DEFAULT_SOFTWARE,
  type FlashContents,
  type StoredFile,
  type StoredSetting,
} from '../device/flash-contents.ts';
import { isOwnFamily, isRunnable, parseLoad } from '../provisioning/load.ts';
import { spanOf } from '../provisioning/polled-days.ts';
import { sectionNames } from '../provisioning/words.ts';
import { type FileEntryContext, filesExample, readFiles } from './file-entries.ts';
import { type JsonProblem, type JsonValue, readJson } from './json-value.ts';
import { readLease } from './lease-entry.ts';
import { readProfiles } from './profile-entries.ts';
import { readSettings } from './setting-entries.ts';

/** What the text of flash.json cannot say. */
export interface FlashFileContext extends FileEntryContext {
  /** 12 upper-case hex digits; absent: any phone's flash will do. */
  readonly mac?: string;
  /** The running load where the text names none. */
  readonly software?: string;
}

export type FlashFileReading =
  | { readonly contents: FlashContents }
  /** Each with file, line and key; the first 20. */
  | { readonly problems: readonly string[] };

const keys = [
  'mac',
  'software',
  'image',
  'versions',
  'files',
  'settings',
  'userDnd',
  'lastPollDate',
  'polledDates',
  'user',
  'profiles',
  'lease',
];

const examples = {
  mac: '12 hex digits in quotes, such as "001B4F123001"',
  versions: 'an object such as {"LANGUAGE":"000002"}',
  files: filesExample,
};

/** Reads flash.json, whoever wrote it. Never throws, and never reads only half: contents or problems. */
export function readFlashFile(bytes: Uint8Array, context: FlashFileContext): FlashFileReading {
  const text = decode(bytes);
  if (text === undefined) return { problems: ['flash.json is not UTF-8 text'] };
  const { root, problems } = readJson(text);
  const contents = root && readContents(root, context);
  if (contents === undefined || problems.length > 0) return { problems: printed(problems) };
  return { contents };
}

/** The text of flash.json: what a person would write, as far as that says it all. */
export function printFlashFile(contents: FlashContents): string {
  const { mac, software, image, versions, userDnd, lastPollDate, polledDates, user, profiles, lease } =
    contents;
  const files = Object.entries(contents.files).map(([section, stored]) => [
    section,
    stored.map(printableFile),
  ]);
  const settings = Object.entries(contents.settings).map(([name, setting]) => [
    name,
    printableSetting(setting),
  ]);
  const printable = {
    mac,
    software,
    image,
    versions,
    files: Object.fromEntries(files),
    settings: Object.fromEntries(settings),
    userDnd,
    lastPollDate,
    ...(polledDates.length > 0 && { polledDates }),
    ...(user !== null && { user }),
    ...(Object.keys(profiles).length > 0 && { profiles }),
    ...(lease !== null && { lease }),
  };
  return `${JSON.stringify(printable, null, 2)}\n`;
}

function printableFile({ name, content }: StoredFile) {
  if (content === undefined) return name;
  return { name, size: content.sizeBytes, sha256: content.sha256, receivedAt: content.receivedAt };
}

function printableSetting({ value, from }: StoredSetting) {
  return from === 'file' ? value : { value, from };
}

/** Whatever is wrong has been told when this returns; the contents are of no use then. */
function readContents(root: JsonValue, context: FlashFileContext): FlashContents | undefined {
  const members = root.members(`an object such as {"mac":"001B4F123001","versions":{},"files":{}}`);
  if (members === undefined) return undefined;
  for (const [name, value] of members) if (!keys.includes(name)) value.unknown(name, 'key', keys);
  for (const [name, expected] of Object.entries(examples)) {
    if (!members.has(name)) root.tell(`has no ${name}; expected ${expected}`);
  }
  const versions = readVersions(members.get('versions'));
  return {
    mac: readMac(members.get('mac'), context.mac),
    software: readSoftware(members.get('software')) ?? softwareBy(versions, context),
    image: members.get('image')?.oneOf(['ok', 'writing']) ?? 'ok',
    versions,
    files: readFiles(members.get('files'), context),
    settings: readSettings(members.get('settings')),
    userDnd: members.get('userDnd')?.yesOrNo() ?? false,
    lastPollDate: readDate(members.get('lastPollDate')),
    polledDates: readSpans(members.get('polledDates')),
    user: readUser(members.get('user')),
    profiles: readProfiles(members.get('profiles')),
    lease: readLease(members.get('lease')),
  };
}

function readMac(value: JsonValue | undefined, asked: string | undefined): string {
  const text = value?.textLike(/^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i, examples.mac) ?? '';
  const mac = text.replaceAll(/[:-]/g, '').toUpperCase();
  if (mac !== '' && asked !== undefined && mac !== asked) value?.wrong(`${asked}, the MAC asked for`);
  return mac;
}

function readSoftware(value: JsonValue | undefined): string | undefined {
  const expected = 'a load in quotes, such as "SIP12x004.01.13.00" or "062AC7J"';
  const text = value?.text(expected);
  return text === undefined || isRunnable(text) ? text : value?.wrong(expected);
}

/** The image whose version is stored is the one that runs, unless something says otherwise. */
function softwareBy(versions: FlashContents['versions'], context: FlashFileContext): string {
  const { FW = '' } = versions;
  const load = parseLoad(FW);
  if (load !== undefined && isOwnFamily(load)) return load.name;
  return context.software ?? DEFAULT_SOFTWARE;
}

/** Documented: M43 p243, the version of [DEV_CERT] is kept per certificate profile. */
const CERTIFICATE_PROFILE = /^DEV_CERT#[1-9]\d?$/;

function readVersions(value: JsonValue | undefined): FlashContents['versions'] {
  const known: readonly string[] = sectionNames.map((name) => (name === 'DEV_CERT' ? 'DEV_CERT#1' : name));
  const versions: [string, string][] = [];
  for (const [key, version] of value?.members(examples.versions) ?? []) {
    const example = key === 'FW' ? '"SIP12x004.01.13.00"' : '"000002"';
    const expected = `${key === 'FW' ? 'a load' : 'digits'} in quotes, such as ${example}`;
    if (known.includes(key) || CERTIFICATE_PROFILE.test(key))
      versions.push([key, version.text(expected) ?? '']);
    else version.unknown(key, 'section', known);
  }
  return Object.fromEntries(versions);
}

function readDate(value: JsonValue | undefined): string | null {
  if (value === undefined || value.isNull()) return null;
  const expected = 'a date such as "2026-03-04", or null';
  return value.textLike(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, expected) ?? null;
}

function readSpans(value: JsonValue | undefined): readonly string[] {
  const list = value?.list('a list of spans of dates') ?? [];
  return list.flatMap((span) => {
    const expected = 'a span of dates such as "2026-03-02/2026-03-20"';
    const text = span.text(expected);
    if (text === undefined || spanOf(text) === undefined) return span.wrong(expected) ?? [];
    return [text];
  });
}

function readUser(value: JsonValue | undefined): string | null {
  if (value === undefined || value.isNull()) return null;
  return value.textLike(/^\S{1,255}$/, 'a user such as "1001@example.org", or null') ?? null;
}

/** More would only bury what has to be mended first. */
const PROBLEMS_MAX = 20;

function printed(problems: readonly JsonProblem[]): readonly string[] {
  const lines = problems
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, message }) => `flash.json:${line}: ${message}`);
  const rest = lines.length - PROBLEMS_MAX;
  return rest > 0 ? [...lines.slice(0, PROBLEMS_MAX), `flash.json: and ${rest} more`] : lines;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
