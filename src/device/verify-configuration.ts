import type { SectionName } from '../provisioning/words.ts';
import type { Circumstances } from './circumstances.ts';
import { withoutSignature } from './detached-signature.ts';
import { proofOf } from './proof.ts';
import { Readings } from './readings.ts';
import { heldFile, type ReceivedFile, wholeOf } from './received-file.ts';
import { type Acceptance, type Refusal, refuse } from './verdict.ts';

/**
 * The provisioning file and configuration files. Documented: S43 p270, SECURITY_POLICY_PARAM_CHANGE: YES and
 * a customer root in the phone: they must be signed under it; else they are taken with no authentication.
 * What is read is `keeps`: the file without a signature, which is no line of it.
 */
export function verifyConfiguration(
  section: SectionName | 'provisioning-file',
  file: ReceivedFile,
  circumstances: Circumstances,
): Acceptance | Refusal {
  const { policy, roots } = circumstances;
  const keeps = unsigned(file);
  if (policy.get('SECURITY_POLICY_PARAM_CHANGE') !== 'YES' || roots.length === 0) {
    return { verdict: 'accepted', problems: [], keeps };
  }
  const proof = proofOf(section === 'provisioning-file' ? undefined : section, file, roots, circumstances);
  if (proof.proof === 'broken') return proof.refusal;
  if (proof.proof === 'trusted') return { verdict: 'accepted', problems: proof.problems, keeps };
  return refuse(
    'AUTHENTICATION_FAILED',
    `${file.name}: SECURITY_POLICY_PARAM_CHANGE is YES, so the file must be signed: ${proof.why}`,
  );
}

function unsigned(file: ReceivedFile): ReceivedFile {
  const bytesMax = unsignedBytes.of({ file }, () => withoutSignature(wholeOf(file)).length);
  if (bytesMax === file.sizeBytes) return file;
  return heldFile(file.name, wholeOf(file).subarray(0, bytesMax));
}

const unsignedBytes = new Readings<number>();
