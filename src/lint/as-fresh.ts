import type { Circumstances } from '../device/circumstances.ts';
import type { ReceivedFile } from '../device/received-file.ts';
import { defaultPolicy } from '../device/security-policy.ts';
import type { Acceptance, Refusal } from '../device/verdict.ts';
import { verify } from '../device/verify.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Section } from '../provisioning/section.ts';

/**
 * How a phone from the factory looks at a file: without roots to trust, without a clock to hold dates
 * against, and taking what the maker did not sign.
 */
export function freshCircumstances(quirks: Quirks): Circumstances {
  return { quirks, authenticity: 'accept', roots: [], crls: [], policy: defaultPolicy, nowMs: 0, mac: '' };
}

/** A phone's verdict where nobody is there to be asked: whoever is asked says yes, and it is told. */
export function verifyAsFresh(section: Section, file: ReceivedFile, quirks: Quirks): Acceptance | Refusal {
  const circumstances = freshCircumstances(quirks);
  const first = verify(section, file, circumstances);
  if (first.verdict !== 'asks') return first;
  const { kind, text } = first.question;
  const message = `a phone asks its user first: ${text}`;
  const asked = problem('NOT_VERIFIED', { file: file.name, section: section.name, message });
  const second =
    kind === 'accept-fingerprint' ? verify(section, file, { ...circumstances, answer: 'yes' }) : first;
  if (second.verdict === 'refused') return second;
  const problems = second.verdict === 'accepted' ? second.problems : [];
  return { verdict: 'accepted', problems: [...problems, asked] };
}
