import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { UsageError } from './exit-codes.ts';

/**
 * The PEM certificates of a file. `option`: as it stands before the file, for messages. Throws `UsageError`
 * unless all of them can be read.
 */
export function readCertificates(option: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'latin1');
  } catch (error) {
    throw new UsageError(`${option}${file}: ${sayFileFailure(error)}`);
  }
  const begun = text.split('-----BEGIN CERTIFICATE-----').length - 1;
  if (begun === 0) {
    throw new UsageError(`${option}${file}: no PEM certificate in it; expected -----BEGIN CERTIFICATE-----`);
  }
  const whole = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  const sound = whole.filter(isCertificate).length;
  if (sound < begun) {
    throw new UsageError(
      `${option}${file}: ${begun - sound} of ${begun} PEM certificates in it cannot be read`,
    );
  }
  return text;
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
