import { problem } from '../provisioning/problem-codes.ts';
import type { Section } from '../provisioning/section.ts';
import type { SectionName } from '../provisioning/words.ts';
import { type Circumstances, defaultCircumstances } from './circumstances.ts';
import { looksLikeHtml, type ReceivedFile } from './received-file.ts';
import { type Asking, accepted, refuse, type Verdict } from './verdict.ts';
import { verifyBanner } from './verify-banner.ts';
import { verifyConfiguration } from './verify-configuration.ts';
import { verifyCustomerRoot, verifySecurityPolicy } from './verify-customer-file.ts';
import { verifyDeviceCertificate } from './verify-device-certificate.ts';
import { verifyDialingPlan } from './verify-dialing-plan.ts';
import { verifyLanguage } from './verify-language.ts';
import { verifyLicence } from './verify-licence.ts';
import { verifyPicture } from './verify-picture.ts';
import { verifyRevocationList } from './verify-revocation-list.ts';
import { verifyTone } from './verify-tone.ts';
import { verifyTrustList } from './verify-trust-list.ts';

/**
 * Whether a file other than firmware is what its section is for. `asks`: the user is asked first, and the
 * same file verified again with the answer among the circumstances. Without circumstances nobody is there to
 * be asked, and a file that would need it is taken with a note.
 */
export function verify(section: Section, file: ReceivedFile): Verdict;
export function verify(section: Section, file: ReceivedFile, circumstances: Circumstances): Verdict | Asking;
export function verify(
  section: Section,
  file: ReceivedFile,
  circumstances?: Circumstances,
): Verdict | Asking {
  // Assumed: an error page sent with status 200 is no file of any kind; what flash holds is worth more.
  if (looksLikeHtml(file.head)) {
    return refuse('WEB_PAGE', `${file.name} begins like a web page; expected the file of [${section.name}]`);
  }
  const verdict = checks[section.name]?.(file, circumstances ?? defaultCircumstances) ?? accepted;
  return verdict.verdict === 'asks' && circumstances === undefined ? unasked(section.name, file) : verdict;
}

type Check = (file: ReceivedFile, circumstances: Circumstances) => Verdict | Asking;

const checks: Partial<Record<SectionName, Check>> = {
  DEVICE_CONFIG: (file, circumstances) => verifyConfiguration('DEVICE_CONFIG', file, circumstances),
  USER_CONFIG: (file, circumstances) => verifyConfiguration('USER_CONFIG', file, circumstances),
  DIALING_PLAN: verifyDialingPlan,
  LANGUAGE: verifyLanguage,
  IMAGES: verifyPicture,
  TONES: verifyTone,
  LICENSING: verifyLicence,
  SEC_POLICY: verifySecurityPolicy,
  DEV_CERT: verifyDeviceCertificate,
  CTL: verifyTrustList,
  CRL: verifyRevocationList,
  USER_KEYS: verifyCustomerRoot,
  LOGIN_BANNER: verifyBanner,
};

function unasked(section: SectionName, file: ReceivedFile): Verdict {
  const message = `${file.name} is stored without the question a real phone would ask its user`;
  return { verdict: 'accepted', problems: [problem('NOT_VERIFIED', { file: file.name, section, message })] };
}
