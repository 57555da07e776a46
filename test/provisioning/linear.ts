/** Patterns of files that would hurt a reader which looks at a byte more than a few times. */
export const hostileFiles: readonly [title: string, pattern: string][] = [
  ['#', '#'],
  ['# a line', '#\n'],
  ['blanks', ' '],
  ['tabs in lines of 80', `${'\t'.repeat(80)}\n`],
  ['[', '['],
  ['[ a line', '[\n'],
  ['headers', '[FW]\n'],
  ['unknown headers', '[XY]\n'],
  ['one long word', 'A'],
  ['one letter a line', 'A\n'],
  ['unknown keywords', '[FW]\nDOWNLOAD_MODS FORCED\n'],
  ['CR', '\r'],
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['NUL', '\0'],
  ['bytes that are no UTF-8', '\xff'],
  ['lines that are no UTF-8', 'A \xff\n'],
  ['comments that are no UTF-8', '#\xff\n'],
  ['keywords repeated', 'VERSION 000001\n'],
  ['bad keywords far from all', `${'VERSIOM_'.repeat(10)}\n`],
];

/** A file of a given size out of a repeated pattern, one byte a character, behind a section header. */
export function hostileFile(pattern: string, sizeBytes: number): Uint8Array {
  const bytes = Buffer.alloc(sizeBytes, Buffer.from(pattern, 'latin1'));
  bytes.write('[FW]\n', 0, 'latin1');
  return bytes;
}

/**
 * CPU time of a synchronous run in ms: the best of three, so that what else the machine does is not counted.
 */
export function cpuMs(run: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
