/**
 * The text without what could steer a terminal or hide on a panel: each control or format character becomes a
 * `?`.
 */
export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
}

/**
 * The text in lines of at most `columns` characters, broken at blanks and at its own line ends; a longer word
 * is cut. Nothing is lost but blanks at a break and at the end. Always at least one line. Counts code points,
 * which for wide letters is too few.
 */
export function wrap(text: string, columns: number): string[] {
  if (columns < 1) throw new Error(`Text cannot be wrapped to ${columns} columns`);
  return text.split(/\r\n|\r|\n/).flatMap((line) => wrapLine(printable(line), columns));
}

/** The text cut or padded with blanks to exactly `columns` characters. */
export function toWidth(text: string, columns: number): string {
  const letters = [...text];
  return letters.slice(0, columns).join('') + ' '.repeat(Math.max(0, columns - letters.length));
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current: string[] = [];
  for (const [, blanks = '', word = ''] of line.matchAll(/( *)([^ ]+)/g)) {
    const letters = [...word];
    if (current.length + blanks.length + letters.length <= columns) {
      current.push(...blanks, ...letters);
      continue;
    }
    if (current.length > 0) lines.push(current.join(''));
    const cuts = Math.ceil(letters.length / columns) - 1;
    for (let cut = 0; cut < cuts; cut++)
      lines.push(letters.slice(cut * columns, (cut + 1) * columns).join(''));
    current = letters.slice(cuts * columns);
  }
  return current.length > 0 || lines.length === 0 ? [...lines, current.join('')] : lines;
}
