/** The words that go with a number, which alone counts for a phone. */
export function textOfFtpReply(code: number): string {
  return ftpTexts[code] ?? 'Requested action not taken.';
}

const ftpTexts: Readonly<Record<number, string>> = {
  421: 'Service not available.',
  426: 'Connection closed; transfer aborted.',
  451: 'The file could not be read.',
  530: 'Login incorrect.',
  550: 'No such file.',
};

/** RFC 1350, appendix, and RFC 2347. */
export function textOfTftpError(code: number): string {
  return tftpTexts[code] ?? 'Not defined';
}

const tftpTexts: readonly string[] = [
  'Not defined',
  'File not found',
  'Access violation',
  'Disk full or allocation exceeded',
  'Illegal TFTP operation',
  'Unknown transfer ID',
  'File already exists',
  'No such user',
  'Option refused',
];
