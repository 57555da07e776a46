import { certificatesIn } from '../scenario/certificates.ts';
import { UsageError } from './exit-codes.ts';

/**
 * The PEM certificates of a file. `option`: as it stands before the file, for messages. Throws `UsageError`
 * unless all of them can be read.
 */
export function readCertificates(option: string, file: string): string {
  const read = certificatesIn(file);
  if ('message' in read) throw new UsageError(`${option}${file}: ${read.message}`);
  return read.pem;
}
