import { hostForm } from './host.ts';
import { quote } from './quote.ts';
import type { SectionDraft } from './section-draft.ts';
import { upperCase } from './section-header.ts';
import { downloadModes, type SectionName } from './words.ts';

/** Documented: every keyword of a section (M44 p52, M43 p45). */
export const keywords = [
  'VERSION',
  'DOWNLOAD_MODE',
  'FILENAME',
  'PROMPT',
  'PROTOCOL',
  'SERVER_IP',
  'SRV_USER_NAME',
  'SRV_USER_PASS',
  'DELETE_FILES',
] as const;
export type Keyword = (typeof keywords)[number];

/** A keyword line of a section; the value may be empty. */
export interface KeywordLine {
  readonly keyword: Keyword;
  readonly value: string;
  readonly line: number;
}

/**
 * Takes a keyword line into its section. A bad value is told and leaves what was in force; of repeated ones
 * the last counts.
 */
export function takeKeyword(draft: SectionDraft, given: KeywordLine): void {
  const { keyword, line } = given;
  const earlier = draft.lines.get(keyword);
  if (earlier !== undefined && keyword !== 'FILENAME') {
    draft.tell('REPEATED_KEYWORD', line, `${keyword} stands in line ${earlier} too; the last counts`);
  }
  draft.lines.set(keyword, line);
  takers[keyword](draft, given);
}

const takers: Readonly<Record<Keyword, (draft: SectionDraft, given: KeywordLine) => void>> = {
  VERSION: (draft, { value, line }) => {
    draft.version = value;
    draft.versionLine = line;
  },
  DOWNLOAD_MODE: (draft, given) => {
    draft.downloadMode = readWord(draft, given, downloadModes) ?? draft.downloadMode;
  },
  FILENAME: takeFileName,
  PROMPT: (draft, given) => {
    draft.prompt = readYesNo(draft, given) ?? draft.prompt;
  },
  PROTOCOL: (draft, given) => {
    const word = readWord(draft, given, ['TFTP', 'FTP', 'HTTP', 'HTTPS']);
    if (word !== undefined) draft.protocol = protocolOf[word];
  },
  SERVER_IP: takeServer,
  SRV_USER_NAME: (draft, { value }) => {
    if (value === '') delete draft.userName;
    else draft.userName = value;
  },
  SRV_USER_PASS: (draft, { value }) => {
    if (value === '') delete draft.password;
    else draft.password = value;
  },
  DELETE_FILES: takeDeleteFiles,
};

/** Documented: M43 p45 and S41 p34; HTTPS in the examples of M44 p278. */
const protocolOf = { TFTP: 'tftp', FTP: 'ftp', HTTP: 'http', HTTPS: 'https' } as const;

/** Documented: M43 p45 for LANGUAGE and TONES. Assumed: IMAGES too. */
const takesSeveralFiles: ReadonlySet<SectionName> = new Set(['LANGUAGE', 'TONES', 'IMAGES']);

/**
 * File names taken from one section. The emulator's own limit; a phone stores five languages and five tones.
 */
const FILES_MAX = 100;

function takeFileName(draft: SectionDraft, { value, line }: KeywordLine): void {
  const [first] = draft.files;
  if (draft.name === 'USER_CONFIG') {
    draft.tell('KEYWORD_NOT_USED', line, 'FILENAME has no effect in [USER_CONFIG]; its file is SIP<MAC>.cfg');
  } else if (value === '') {
    draft.tell('BAD_VALUE', line, 'FILENAME is empty; expected the name of a file');
  } else if (first !== undefined && !takesSeveralFiles.has(draft.name)) {
    draft.tell(
      'REPEATED_FILENAME',
      line,
      `[${draft.name}] takes one FILENAME; that of line ${first.line} counts`,
    );
  } else if (draft.files.length === FILES_MAX) {
    draft.tell(
      'TOO_MANY_FILES',
      line,
      `this emulator takes ${FILES_MAX} file names a section; the rest is skipped`,
    );
  } else {
    draft.files.push({ name: value, line });
  }
}

/** Documented: M43 p45, an address or a host name; no port, no URL. */
function takeServer(draft: SectionDraft, { value, line }: KeywordLine): void {
  const host = value.replace(/^\[(.*)\]$/, '$1');
  if (hostForm(host) === undefined) {
    draft.tell('BAD_VALUE', line, `SERVER_IP is ${quote(value)}; expected an IP address or a host name`);
  } else {
    draft.serverIp = host;
  }
}

/** Documented: M43 p45, it is about stored language and tone files. */
function takeDeleteFiles(draft: SectionDraft, given: KeywordLine): void {
  const wanted = readYesNo(draft, given);
  if (wanted === undefined) return;
  if (draft.name === 'LANGUAGE' || draft.name === 'TONES') draft.deleteFiles = wanted;
  else draft.tell('KEYWORD_NOT_USED', given.line, `DELETE_FILES has no effect in [${draft.name}]`);
}

function readYesNo(draft: SectionDraft, given: KeywordLine): boolean | undefined {
  const word = readWord(draft, given, ['YES', 'NO']);
  return word === undefined ? undefined : word === 'YES';
}

/** One of a few words. Assumed: case does not matter in values. */
function readWord<const W extends string>(
  draft: SectionDraft,
  { keyword, value, line }: KeywordLine,
  words: readonly W[],
): W | undefined {
  const word = words.find((candidate) => candidate === upperCase(value));
  const expected = `expected ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  if (word === undefined) draft.tell('BAD_VALUE', line, `${keyword} is ${quote(value)}; ${expected}`);
  else if (word !== value)
    draft.tell('VALUE_CASE', line, `${keyword} is ${quote(value)}; ${expected}. It is taken`);
  return word;
}
