import type { LineSpan } from './line-spans.ts';
import type { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import { Tally } from './tally.ts';
import { isAscii } from './text-encoding.ts';

/**
 * What is doubtful about the bytes of the lines that are read. What concerns no value is counted and told
 * once.
 */
export class TextDoubts {
  readonly #told: ProblemList;
  readonly #loneCr: 'read' | 'ignore';
  readonly #loneCrs = new Tally();
  readonly #comments = new Tally();

  constructor(told: ProblemList, quirks: Quirks) {
    this.#told = told;
    this.#loneCr = quirks.readLoneCr;
  }

  look({ number, bytes, said, endsInLoneCr }: LineSpan): void {
    if (endsInLoneCr || bytes.includes('\r')) this.#loneCrs.add(number);
    if (isAscii(bytes)) return;
    if (isAscii(said)) this.#comments.add(number);
    else
      this.#told.tell('NOT_ASCII', { line: number, message: 'the line holds other characters than ASCII' });
  }

  /** To be called after the last line. */
  tellCounted(): void {
    const { first: loneCr } = this.#loneCrs;
    if (loneCr !== undefined) {
      const consequence =
        this.#loneCr === 'read'
          ? 'unproven: a real phone may not read this as a line end'
          : 'this phone does not take it for a line end';
      const message = `the line has a CR without LF${this.#loneCrs.others()}; ${consequence}`;
      this.#told.tell('LONE_CR', { line: loneCr, message });
    }
    const { first: comment } = this.#comments;
    if (comment !== undefined) {
      const message = `the comment holds other characters than ASCII${this.#comments.others()}`;
      this.#told.tell('NOT_ASCII_COMMENT', { line: comment, message });
    }
  }
}
