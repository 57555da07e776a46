import type { Severity } from './words.ts';

/** A code a problem can carry. */
export interface ProblemCode {
  readonly severity: Severity;
  /** What it means and what to do about it, one or two sentences. */
  readonly says: string;
}

/** Codes of what stands in text files, and in the provisioning file above all. Codes never change. */
export const readingProblems = {
  // Reading any text file.
  LINE_TOO_LONG: {
    severity: 'error',
    says: 'A line of more than 80 bytes: the phone stops reading the file there (S41 p30). Shorten it; comments count.',
  },
  BYTE_ORDER_MARK: {
    severity: 'error',
    says: 'The file begins with a byte-order mark. Unproven: a real phone may not read this. Save it as plain UTF-8.',
  },
  LONE_CR: {
    severity: 'error',
    says: 'A CR without LF. Unproven: a real phone may not read this as a line end. Save with LF or CRLF.',
  },
  NOT_ASCII: {
    severity: 'warning',
    says: 'Characters beyond ASCII: what a real phone makes of them is not known. Read as UTF-8, else as Windows-1252.',
  },
  NOT_ASCII_COMMENT: {
    severity: 'note',
    says: 'Characters beyond ASCII in a comment: harmless as far as known, but each takes more than one of the 80 bytes in UTF-8.',
  },
  HASH_IN_VALUE: {
    severity: 'warning',
    says: 'A # directly after other characters: the phone takes it and what follows as a comment (S41 p30), also in a password.',
  },

  // The provisioning file.
  NO_SECTION: {
    severity: 'error',
    says: 'The provisioning file holds no section a phone knows: is it the right file, and not an error page or an empty one?',
  },
  UNKNOWN_SECTION: {
    severity: 'warning',
    says: 'A section the phone does not know: it is skipped with all its lines. Check the spelling.',
  },
  UNKNOWN_KEYWORD: {
    severity: 'warning',
    says: 'A keyword the phone does not know: the line is skipped. Check the spelling; a blank, no equals sign, follows it.',
  },
  KEYWORD_OUTSIDE: {
    severity: 'warning',
    says: 'Lines before the first section header: skipped. Put them under a [SECTION].',
  },
  KEYWORD_NOT_USED: {
    severity: 'warning',
    says: 'A keyword that has no effect in this section: the line is skipped.',
  },
  LOWER_CASE: {
    severity: 'error',
    says: 'A section name or keyword in lower case. Unproven: a real phone may not read this. Use upper case.',
  },
  SECTION_SPELLING: {
    severity: 'error',
    says: '[IMAGE], [POLICY] or [USER_KERYS], each printed in one manual. Unproven: a real phone may not read this. Write [IMAGES], [SEC_POLICY], [USER_KEYS].',
  },
  VALUE_CASE: {
    severity: 'note',
    says: 'A value such as AUTO, YES or HTTP in lower case: taken; every example of the manuals has upper case.',
  },
  REPEATED_SECTION: {
    severity: 'warning',
    says: 'A section stands twice: each is taken in its turn, the second against the version the first has stored.',
  },
  REPEATED_KEYWORD: {
    severity: 'warning',
    says: 'A keyword stands twice in its section: the last counts.',
  },
  REPEATED_FILENAME: {
    severity: 'warning',
    says: 'A second FILENAME in a section that takes one: the first counts. LANGUAGE, TONES and IMAGES take several.',
  },
  NO_FILENAME: {
    severity: 'error',
    says: 'A section without FILENAME: skipped. Only USER_CONFIG needs none.',
  },
  NO_VERSION: {
    severity: 'warning',
    says: 'VERSION is missing or empty: lowest of all. FORCED still downloads, AUTO only what was never completed.',
  },
  BAD_VERSION: {
    severity: 'warning',
    says: 'VERSION is not 6 to 10 digits (M44 p52). Other counts compare all the same; what is no number is lowest of all.',
  },
  FW_VERSION_FORM: {
    severity: 'warning',
    says: '[FW] VERSION is no load name such as SIP12x004.01.13.00 (M44 p52): under AUTO it is never higher than the running load.',
  },
  FW_VERSION_BIN: {
    severity: 'note',
    says: '[FW] VERSION ends in .bin: that belongs to FILENAME, and is ignored.',
  },
  TOO_MANY_SECTIONS: {
    severity: 'error',
    says: "More sections than this emulator takes from one provisioning file: its own limit, not a phone's.",
  },
  TOO_MANY_FILES: {
    severity: 'error',
    says: "More FILENAME lines than this emulator takes from one section: its own limit, not a phone's.",
  },
} as const satisfies Record<string, ProblemCode>;
