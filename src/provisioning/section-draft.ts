import { parseFirmwareVersion } from './load.ts';
import type { ProblemCodeName } from './problem-codes.ts';
import type { ProblemList } from './problem-list.ts';
import { quote } from './quote.ts';
import type { NamedFile, Section } from './section.ts';
import type { Keyword } from './section-keywords.ts';
import { isVersionNumber, VERSION_DIGITS_MAX, VERSION_DIGITS_MIN } from './version.ts';
import type { SectionName } from './words.ts';

/** A section while its lines are read. */
export interface SectionDraft extends Writable<Omit<Section, 'files'>> {
  readonly files: NamedFile[];
  /** Where each keyword stood last. */
  readonly lines: Map<Keyword, number>;
  /** Tells a problem of this section. */
  readonly tell: (code: ProblemCodeName, line: number, message: string) => void;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A section with nothing but its header: everything at its default (M44 p52, M43 p45). */
export function newDraft(name: SectionName, line: number, told: ProblemList): SectionDraft {
  return {
    name,
    line,
    version: '',
    downloadMode: 'AUTO',
    files: [],
    prompt: false,
    deleteFiles: false,
    lines: new Map(),
    tell: (code, at, message) => told.tell(code, { line: at, section: name, message }),
  };
}

/** The section as it stands after its last line; what it lacks is told. */
export function finishDraft(draft: SectionDraft): Section {
  if (draft.name === 'FW') judgeFirmwareVersion(draft);
  else judgeVersion(draft);
  if (draft.files.length === 0 && draft.name !== 'USER_CONFIG') {
    draft.tell('NO_FILENAME', draft.line, `[${draft.name}] has no FILENAME; it is skipped`);
  }
  const { lines: _lines, tell: _tell, ...section } = draft;
  return section;
}

/** Documented: M44 p52, 6 to 10 digits. Assumed: other counts are told and compare all the same. */
function judgeVersion(draft: SectionDraft): void {
  const { name, version, versionLine = draft.line } = draft;
  if (version === '') {
    draft.tell('NO_VERSION', versionLine, `[${name}] has no VERSION; it counts as the lowest`);
    return;
  }
  const digits = `${VERSION_DIGITS_MIN} to ${VERSION_DIGITS_MAX} digits`;
  if (!isVersionNumber(version)) {
    draft.tell(
      'BAD_VERSION',
      versionLine,
      `VERSION is ${quote(version)}; expected ${digits}. It counts as the lowest`,
    );
  } else if (version.length < VERSION_DIGITS_MIN || version.length > VERSION_DIGITS_MAX) {
    draft.tell(
      'BAD_VERSION',
      versionLine,
      `VERSION is ${quote(version)}, ${version.length} digits; expected ${digits}`,
    );
  }
}

/** Documented: M44 p52, the name of the load, as SIP12x004.04.09.00. */
function judgeFirmwareVersion(draft: SectionDraft): void {
  const { version, versionLine = draft.line } = draft;
  if (version === '') {
    draft.tell('NO_VERSION', versionLine, '[FW] has no VERSION; under AUTO it is never higher');
    return;
  }
  if (parseFirmwareVersion(version) === undefined) {
    const message = `VERSION is ${quote(version)}; expected a load name such as SIP12x004.01.13.00. Under AUTO it is never higher`;
    draft.tell('FW_VERSION_FORM', versionLine, message);
    return;
  }
  const bare = version.replace(/\.bin$/i, '');
  if (bare === version) return;
  draft.version = bare;
  draft.tell(
    'FW_VERSION_BIN',
    versionLine,
    `VERSION is ${quote(version)}; expected ${bare}. The .bin is ignored`,
  );
}
