import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sayFileFailure } from './file-failure.ts';

/** The PEM certificates of a file; a sentence about the file unless all of them can be read. */
export function certificatesIn(file: string): { readonly pem: string } | { readonly message: string } {
  let pem: string;
  try {
    pem = readFileSync(file, 'latin1');
  } catch (error) {
    return { message: sayFileFailure(error) };
  }
  const begun = pem.split('-----BEGIN CERTIFICATE-----').length - 1;
  if (begun === 0) {
    return { message: 'no PEM certificate in it; expected -----BEGIN CERTIFICATE-----' };
  }
  const whole = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  const sound = whole.filter(isCertificate).length;
  return sound < begun
    ? { message: `${begun - sound} of ${begun} PEM certificates in it cannot be read` }
    : { pem };
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
