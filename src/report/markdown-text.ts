import { printable } from '../display/wrap.ts';

/** CommonMark, section 2.4: any ASCII punctuation may be escaped. One line, and nothing of it is markup. */
export function markdownText(words: string): string {
  return printable(words.replace(/\s*\n\s*/g, ' ')).replace(/[\\`*_{}[\]()<>#+!|~&$@:-]/g, (mark) =>
    // These two read better bare, and mean something at the start of a line only, where no text stands here.
    mark === '-' || mark === ':' ? mark : `\\${mark}`,
  );
}
