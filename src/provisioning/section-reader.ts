import { nameAndValue } from './name-and-value.ts';
import { nearestName } from './nearest-name.ts';
import type { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import { quote } from './quote.ts';
import type { Section } from './section.ts';
import { finishDraft, newDraft, type SectionDraft } from './section-draft.ts';
import { isHeader, readHeader, upperCase } from './section-header.ts';
import { type Keyword, keywords, takeKeyword } from './section-keywords.ts';
import { Tally } from './tally.ts';
import type { TextLine } from './text-lines.ts';
import type { SectionName } from './words.ts';

/** Sections taken from one file. The emulator's own limit, many times what a phone knows. */
const SECTIONS_MAX = 100;

/** Puts the lines of a provisioning file into sections, one after the other. */
export class SectionReader {
  readonly #quirks: Quirks;
  readonly #told: ProblemList;
  readonly #drafts: SectionDraft[] = [];
  readonly #outside = new Tally();
  readonly #beyond = new Tally();
  #place: SectionDraft | 'before-any' | 'skipped' = 'before-any';

  constructor(quirks: Quirks, told: ProblemList) {
    this.#quirks = quirks;
    this.#told = told;
  }

  read(line: TextLine): void {
    if (isHeader(line)) this.#place = this.#open(line);
    else if (this.#place === 'before-any') this.#outside.add(line.number);
    else if (this.#place !== 'skipped') this.#readKeyword(line, this.#place);
  }

  /** The section that would take the next keyword; undefined before any, and in one that is skipped. */
  get openSection(): SectionName | undefined {
    return typeof this.#place === 'string' ? undefined : this.#place.name;
  }

  /** To be called once, after the last line. */
  finish(): readonly Section[] {
    const { first: outside } = this.#outside;
    if (outside !== undefined) {
      const message = `the line stands before any section${this.#outside.others()}; it is skipped`;
      this.#told.tell('KEYWORD_OUTSIDE', { line: outside, message });
    }
    const { first: beyond } = this.#beyond;
    if (beyond !== undefined) {
      const message = `this emulator takes ${SECTIONS_MAX} sections; the rest is skipped${this.#beyond.others()}`;
      this.#told.tell('TOO_MANY_SECTIONS', { line: beyond, message });
    }
    return this.#drafts.map(finishDraft);
  }

  #open(header: TextLine): SectionDraft | 'skipped' {
    const name = readHeader(header, this.#quirks, this.#told);
    if (name === undefined) return 'skipped';
    if (this.#drafts.length === SECTIONS_MAX) {
      this.#beyond.add(header.number);
      return 'skipped';
    }
    const earlier = this.#drafts.find((draft) => draft.name === name);
    const draft = newDraft(name, header.number, this.#told);
    if (earlier !== undefined) {
      const message = `[${name}] stands in line ${earlier.line} too; each is taken in its turn`;
      draft.tell('REPEATED_SECTION', header.number, message);
    }
    this.#drafts.push(draft);
    return draft;
  }

  #readKeyword({ number: line, text, cutAtHash }: TextLine, draft: SectionDraft): void {
    const { name, value } = nameAndValue(text);
    const keyword = this.#keyword(name, line, draft);
    if (keyword === undefined) return;
    if (cutAtHash) {
      // Names no value: it may be a password.
      draft.tell('HASH_IN_VALUE', line, `the value of ${keyword} ends at the #; what follows is a comment`);
    }
    takeKeyword(draft, { keyword, value, line });
  }

  #keyword(written: string, line: number, draft: SectionDraft): Keyword | undefined {
    const keyword = keywords.find((known) => known === upperCase(written));
    if (keyword === written) return keyword;
    if (keyword === undefined || this.#quirks.readLowerCase === 'ignore') {
      const meant = keyword ?? nearestName(written.split(/[=:]/, 1)[0] ?? '', keywords);
      const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
      draft.tell('UNKNOWN_KEYWORD', line, `${quote(written)} is no keyword; it is skipped${suggestion}`);
      return undefined;
    }
    draft.tell(
      'LOWER_CASE',
      line,
      `${written} is read as ${keyword}; unproven: a real phone may not read this`,
    );
    return keyword;
  }
}
