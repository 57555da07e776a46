import { problem } from '../provisioning/problem-codes.ts';
import type { Circumstances } from './circumstances.ts';
import { licensedMacs } from './licence.ts';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { acceptedWith, type Verdict } from './verdict.ts';

/**
 * Takes a licence file and says what is not known of it. Documented: S43 p285, a node-locked one is tied to a
 * phone by its MAC, the system ID. Assumed: the file names it in plain text; its form was found nowhere.
 */
export function verifyLicence(file: ReceivedFile, { mac }: Circumstances): Verdict {
  const unverified = problem('NOT_VERIFIED', {
    file: file.name,
    section: 'LICENSING',
    message: `${file.name} is stored; the form of licence files is not known, so its tokens are not counted`,
  });
  const named = licensedMacs(wholeOf(file));
  if (named.length === 0 || named.includes(mac)) return acceptedWith(unverified);
  const other = problem('LICENCE_OTHER_PHONE', {
    file: file.name,
    section: 'LICENSING',
    message: `${file.name} names ${named[0]}${named.length > 1 ? ` and ${named.length - 1} more` : ''}; this phone is ${mac}`,
  });
  return acceptedWith(unverified, other);
}
