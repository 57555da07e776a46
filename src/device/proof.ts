import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { SectionName } from '../provisioning/words.ts';
import { distrust } from './certificate-chain.ts';
import { subjectOf } from './certificates.ts';
import type { Circumstances } from './circumstances.ts';
import { type DetachedSignature, readDetachedSignature } from './detached-signature.ts';
import { Readings } from './readings.ts';
import type { ReceivedFile } from './received-file.ts';
import { lacksAsSigner } from './signer-requirements.ts';
import { type Refusal, refuse, type Verdict } from './verdict.ts';

/** How far a file's origin is proven. */
export type Proof =
  | { readonly proof: 'trusted'; readonly problems: readonly Problem[] }
  /** No signature, or a whole one by somebody the phone does not know. */
  | { readonly proof: 'unproven'; readonly why: string; readonly isSigned: boolean }
  /** Altered, or cannot be read: refused whoever signed it. */
  | { readonly proof: 'broken'; readonly refusal: Refusal };

/** Holds a file's signature against the roots that count for it. No section: the provisioning file itself. */
export function proofOf(
  section: SectionName | undefined,
  file: ReceivedFile,
  roots: readonly string[],
  circumstances: Circumstances,
): Proof {
  const read = signatures.of({ file }, () => readDetachedSignature(file));
  switch (read.signature) {
    case 'none':
      return { proof: 'unproven', why: 'it is not signed', isSigned: false };
    case 'altered':
      return broken(`${file.name} was altered after it was signed: ${read.why}`);
    case 'unreadable':
      return broken(`${file.name}: the signature cannot be read: ${read.why}`);
    case 'valid': {
      const why = distrust(read.signer, read.others, { ...circumstances, roots });
      if (why !== undefined) return { proof: 'unproven', why, isSigned: true };
      const lacks = lacksAsSigner(read.signer);
      const message = `${file.name}: signer ${subjectOf(read.signer)} lacks ${lacks.join(', ')}`;
      const told = problem('SIGNER_DOUBTFUL', { file: file.name, ...(section && { section }), message });
      return { proof: 'trusted', problems: lacks.length === 0 ? [] : [told] };
    }
  }
}

const signatures = new Readings<DetachedSignature>();

/** The maker's own files, firmware and languages, as `authenticity` has it. */
export function verifyMaker(section: SectionName, file: ReceivedFile, circumstances: Circumstances): Verdict {
  const { authenticity } = circumstances;
  const proof = proofOf(section, file, makerRoots(circumstances), circumstances);
  if (proof.proof === 'broken') return proof.refusal;
  if (proof.proof === 'trusted') return { verdict: 'accepted', problems: proof.problems };
  if (authenticity !== 'accept') {
    const why = authenticity === 'reject' ? "this phone takes nothing for the maker's" : proof.why;
    return refuse('AUTHENTICATION_FAILED', `${file.name} does not authenticate: ${why}`);
  }
  return { verdict: 'accepted', problems: [notAuthenticated(section, file, proof.isSigned)] };
}

/** The maker's root, if the phone was given one. */
export function makerRoots({ authenticity }: Circumstances): readonly string[] {
  return typeof authenticity === 'string' ? [] : [authenticity.signedBy];
}

/** What is told of a file that is taken although nobody has proven who made it. */
export function notAuthenticated(section: SectionName, file: ReceivedFile, isSigned: boolean): Problem {
  const message = isSigned
    ? `${file.name} is as its signer left it; a real phone would also check that the signer is Avaya's`
    : `${file.name}: a real phone would also check Avaya's signature`;
  return problem('NOT_AUTHENTICATED', { file: file.name, section, message });
}

function broken(message: string): Proof {
  return { proof: 'broken', refusal: refuse('AUTHENTICATION_FAILED', message) };
}
