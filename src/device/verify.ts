import { problem } from '../provisioning/problem-codes.ts';
import type { Section } from '../provisioning/section.ts';
import type { SectionName } from '../provisioning/words.ts';
import { looksLikeHtml, type ReceivedFile } from './received-file.ts';
import { accepted, acceptedWith, refuse, type Verdict } from './verdict.ts';

/** Documented: M32 p151, the login banner has 1 to 2048 bytes. */
export const BANNER_SIZE_MAX_BYTES = 2048;

/** Whether a file other than firmware is what its section is for. */
export function verify(section: Section, file: ReceivedFile): Verdict {
  const verdict = checks[section.name]?.(file) ?? accepted;
  if (verdict.verdict === 'refused' || !looksLikeHtml(file.head)) return verdict;
  const html = problem('HTML_INSTEAD', {
    file: file.name,
    section: section.name,
    message: `${file.name} begins like a web page; expected the file of [${section.name}]`,
  });
  return acceptedWith(html, ...verdict.problems);
}

const checks: Partial<Record<SectionName, (file: ReceivedFile) => Verdict>> = {
  LANGUAGE: verifyLanguage,
  LOGIN_BANNER: verifyBanner,
  SEC_POLICY: unverified,
  DEV_CERT: unverified,
  CTL: unverified,
  CRL: unverified,
  USER_KEYS: unverified,
  LICENSING: unverified,
};

/**
 * Observed: the official language file of 4.4.9 begins with header lines ##1, ##2, ##3 ... Assumed: one
 * without them is none.
 */
function verifyLanguage(file: ReceivedFile): Verdict {
  const lines = Buffer.from(file.head).toString('latin1').split(/\r?\n/);
  const missing = ['##1', '##2', '##3'].find((mark, index) => !lines[index]?.startsWith(mark));
  if (missing !== undefined) {
    return refuse('WRONG_FORMAT', `${file.name} has no header line ${missing}; expected a language file`);
  }
  return acceptedWith(
    problem('NOT_AUTHENTICATED', {
      file: file.name,
      section: 'LANGUAGE',
      message: `${file.name}: a real phone would also check Avaya's signature`,
    }),
  );
}

function verifyBanner(file: ReceivedFile): Verdict {
  if (file.sizeBytes >= 1 && file.sizeBytes <= BANNER_SIZE_MAX_BYTES) return accepted;
  return refuse(
    'BAD_SIZE',
    `${file.name} has ${file.sizeBytes} bytes; expected 1 to ${BANNER_SIZE_MAX_BYTES}`,
  );
}

/** Taken as it is, and said so: what a real phone checks in this kind of file is not emulated yet. */
function unverified(file: ReceivedFile): Verdict {
  return acceptedWith(
    problem('NOT_VERIFIED', {
      file: file.name,
      message: `${file.name} is stored without the checks a real phone makes of this kind of file`,
    }),
  );
}
