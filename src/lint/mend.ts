import { LINE_LENGTH_MAX_BYTES } from '../provisioning/line-spans.ts';
import { parseFirmwareVersion } from '../provisioning/load.ts';
import { parameterNamed, parameterSpeltAs } from '../provisioning/parameters.ts';
import { keywords } from '../provisioning/section-keywords.ts';
import { sectionNames } from '../provisioning/words.ts';

/** Lines of a file that give way to others. One character a byte; without line ends. */
export interface MendedLines {
  /** 1-based, in the file as it was. */
  readonly line: number;
  readonly before: string;
  /** One or more. */
  readonly after: readonly string[];
}

/** A file after it was mended, and what was done to it. */
export interface Mended {
  readonly bytes: Uint8Array;
  readonly changes: readonly MendedLines[];
}

/** What a file is read as. */
export type MendedKind = 'provisioning' | 'configuration';

/**
 * Mends what can be mended without changing what a file means: the case of names and words, misprinted
 * section names, comments that make a line too long, a byte-order mark, lone CRs, `.bin` behind a VERSION.
 * Line ends stay as they are. Undefined: there is nothing to mend.
 */
export function mend(bytes: Uint8Array, kind: MendedKind): Mended | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const usual = text.includes('\r\n') ? '\r\n' : '\n';
  const changes: MendedLines[] = [];
  const place: Place = { section: undefined };
  const mended = linesOf(text).map(({ said, end }, index) => {
    const bare = index === 0 && said.startsWith(BYTE_ORDER_MARK) ? said.slice(BYTE_ORDER_MARK.length) : said;
    const after = mendLine(bare, kind, place);
    if (end === '\r' || after.length > 1 || after[0] !== said)
      changes.push({ line: index + 1, before: said, after });
    const lineEnd = end === '\r' ? usual : end;
    return `${after.join(end === '' || end === '\r' ? usual : end)}${lineEnd}`;
  });
  return changes.length === 0 ? undefined : { bytes: Buffer.from(mended.join(''), 'latin1'), changes };
}

const BYTE_ORDER_MARK = '\xef\xbb\xbf';

interface Place {
  /** The section that lines belong to, spelt right. */
  section: string | undefined;
}

function linesOf(text: string): readonly { readonly said: string; readonly end: string }[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)]
    .map(([, said = '', end = '']) => ({ said, end }))
    .filter(({ said, end }) => said !== '' || end !== '');
}

function mendLine(line: string, kind: MendedKind, place: Place): readonly string[] {
  const hash = line.indexOf('#');
  const [said, comment] = hash === -1 ? [line, ''] : [line.slice(0, hash), line.slice(hash)];
  const words = kind === 'provisioning' ? mendProvisioning(said, place) : mendParameter(said);
  return fitted(words, comment);
}

/** A line no longer than a phone reads, as far as a comment or blanks at its end make it so. */
function fitted(said: string, comment: string): readonly string[] {
  if (said.length + comment.length <= LINE_LENGTH_MAX_BYTES) return [said + comment];
  const kept = said.replace(/[ \t]+$/, '');
  if (kept.length > LINE_LENGTH_MAX_BYTES) return [said + comment];
  if (comment === '') return [kept];
  const above = wrapComment(comment);
  return kept === '' ? above : [...above, kept];
}

/** A comment in lines that each begin with the mark; a word that is too long by itself is cut. */
function wrapComment(comment: string): readonly string[] {
  const [mark = '#', rest = ''] = [/^#+[ \t]*/.exec(comment)?.[0], comment.replace(/^#+[ \t]*/, '')];
  const width = LINE_LENGTH_MAX_BYTES - mark.length;
  const lines: string[] = [];
  let line = '';
  for (const word of rest
    .split(/[ \t]+/)
    .flatMap((long) => long.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(mark + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, mark + line];
}

const misprinted: Readonly<Record<string, string>> = {
  IMAGE: 'IMAGES',
  POLICY: 'SEC_POLICY',
  USER_KERYS: 'USER_KEYS',
};

function mendProvisioning(said: string, place: Place): string {
  const header = /^([ \t]*\[)([A-Za-z_]+)(\][ \t]*)$/.exec(said);
  if (header === null) return mendKeyword(said, place);
  const [, before = '', name = '', after = ''] = header;
  const upper = name.toUpperCase();
  const right = misprinted[upper] ?? upper;
  place.section = sectionNames.find((known) => known === right);
  return place.section === undefined ? said : `${before}${place.section}${after}`;
}

/** Words whose case does not matter, by keyword; the others are names, and theirs does. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  DOWNLOAD_MODE: ['AUTO', 'FORCED'],
  PROMPT: ['YES', 'NO'],
  PROTOCOL: ['TFTP', 'FTP', 'HTTP', 'HTTPS'],
  DELETE_FILES: ['YES', 'NO'],
};

function mendKeyword(said: string, { section }: Place): string {
  const [, before = '', name = '', blanks = '', value = '', after = ''] =
    /^([ \t]*)(\S+)([ \t]*)(.*?)([ \t]*)$/.exec(said) ?? [];
  const keyword = keywords.find((known) => known === name.toUpperCase());
  if (section === undefined || keyword === undefined) return said;
  const word = wordsOf[keyword]?.find((known) => known === value.toUpperCase()) ?? value;
  const isLoad = keyword === 'VERSION' && section === 'FW' && parseFirmwareVersion(value) !== undefined;
  return `${before}${keyword}${blanks}${isLoad ? word.replace(/\.bin$/i, '') : word}${after}`;
}

function mendParameter(said: string): string {
  const [, before = '', name = '', after = ''] = /^([ \t]*)(\S+)(.*)$/.exec(said) ?? [];
  if (parameterNamed(name) !== undefined) return said;
  const right = parameterSpeltAs(name)?.name;
  return right === undefined ? said : `${before}${right}${after}`;
}
