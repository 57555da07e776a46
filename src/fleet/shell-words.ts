/** Words as a POSIX shell reads them back: quoted where it would make something of them. */
export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** POSIX, Shell Command Language, 2.2.2: nothing is special between single quotes but their end. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
