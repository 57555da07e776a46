import type { Section } from '../provisioning/section.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { Circumstances } from './circumstances.ts';
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
 * same file verified again with the answer among the circumstances.
 */
export function verify(section: Section, file: ReceivedFile, circumstances: Circumstances): Verdict | Asking {
  // Assumed: an error page sent with status 200 is no file of any kind; what flash holds is worth more.
  if (looksLikeHtml(file.head)) {
    return refuse('WEB_PAGE', `${file.name} begins like a web page; expected the file of [${section.name}]`);
  }
  return checks[section.name]?.(file, circumstances) ?? accepted;
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
