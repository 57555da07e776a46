import { createHash } from 'node:crypto';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { type Asking, type Refusal, refuse } from './verdict.ts';

/** Documented: S43 p253, the fingerprint is the SHA-1 hash of the file. `sha1sum` prints the same. */
export function fingerprintOf(file: ReceivedFile): string {
  const digits = createHash('sha1').update(wholeOf(file)).digest('hex').toUpperCase();
  return digits.replaceAll(/(..)(?=.)/g, '$1:');
}

/**
 * Documented: S43 p253, VAL_MANUAL_B: the user types it in. Assumed: any other rule means A, the user looks
 * at it.
 */
const ENTER = 'VAL_MANUAL_B';

/**
 * Has the user vouch for a file that nobody signed: by looking at its fingerprint, or by typing it in. `how`
 * is the rule of the security policy. Undefined: vouched for.
 */
export function askForFingerprint(
  file: ReceivedFile,
  how: string | undefined,
  answer: string | undefined,
): Asking | Refusal | undefined {
  const fingerprint = fingerprintOf(file);
  const isEntered = how === ENTER;
  if (answer === undefined) {
    const question = isEntered
      ? ({ kind: 'enter-fingerprint', file: file.name, text: `Fingerprint of ${file.name}?` } as const)
      : ({ kind: 'accept-fingerprint', file: file.name, text: `Accept ${file.name}?`, fingerprint } as const);
    return { verdict: 'asks', question };
  }
  const isVouchedFor = isEntered ? digitsOf(answer) === digitsOf(fingerprint) : answer === 'yes';
  if (isVouchedFor) return undefined;
  return refuse(
    'NOT_CONFIRMED',
    isEntered
      ? `${file.name}: another fingerprint was entered; the file has ${fingerprint}`
      : `${file.name}: the fingerprint ${fingerprint} was not accepted`,
  );
}

function digitsOf(fingerprint: string): string {
  return fingerprint.replaceAll(/[^0-9A-Fa-f]/g, '').toUpperCase();
}
