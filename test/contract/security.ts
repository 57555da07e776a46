import { mutation, proof, type RuleGroup } from './rule.ts';

const firmware = proof('test/device/verify-firmware.test.ts');
const signature = proof('test/device/detached-signature.test.ts');
const securityFiles = proof('test/device/verify-security.test.ts');
const certificate = proof('test/device/verify-device-certificate.test.ts');
const chain = proof('test/device/certificate-chain.test.ts');

const inProof = mutation('src/device/proof.ts');
const inCustomer = mutation('src/device/verify-customer-file.ts');

/** Whose files are taken. */
export const security: RuleGroup = {
  title: 'Signatures and security files',
  rules: [
    {
      id: 'signature-altered',
      says: 'A file that was altered after it was signed is refused, whoever signed it.',
      provenBy: [
        signature('an altered file is found out > by a byte before the text'),
        firmware('[LANGUAGE] > accept refuses an altered one', '[FW] > accept refuses an altered one'),
      ],
      inverted: mutation('src/device/detached-signature.ts')(
        "if (why !== undefined) return { signature: 'altered', why };",
        '',
      ),
    },
    {
      id: 'signature-form',
      says: 'A signature is a detached PKCS#7 in PEM directly behind the bytes it covers, RSA with SHA-1 or SHA-256, the certificate of the signer inside.',
      provenBy: [
        signature('a whole signature is read > as the manual has it made'),
        signature('a whole signature is read > over SHA-1 with RSA of 1024 bits, as the official files'),
        signature('a whole signature is read > with what follows the END line of the official file'),
      ],
      inverted: mutation('src/device/signature-block.ts')('TRAILER_MAX_BYTES = 64', 'TRAILER_MAX_BYTES = 16'),
    },
    {
      id: 'authenticity-accept',
      says: 'By default firmware and languages are taken unsigned or by anybody, with a note that a real phone would also check.',
      provenBy: [
        firmware('[FW] > accept takes an unsigned one and says so'),
        firmware('[LANGUAGE] > accept takes one that is signed by anybody and says so'),
      ],
      inverted: inProof("if (authenticity !== 'accept') {", "if (authenticity === 'accept') {"),
    },
    {
      id: 'authenticity-reject',
      says: 'With authenticity reject none is taken.',
      provenBy: [
        firmware('[FW] > reject refuses an unsigned one', '[LANGUAGE] > reject refuses a signed one'),
      ],
      inverted: inProof(
        "if (authenticity !== 'accept') {",
        "if (authenticity !== 'accept' && authenticity !== 'reject') {",
      ),
    },
    {
      id: 'authenticity-signed-by',
      says: 'With authenticity signed-by what is signed under that root is taken, and nothing else.',
      provenBy: [
        firmware(
          '[FW] > signed-by takes one signed under the root',
          '[FW] > signed-by refuses an unsigned one',
        ),
        firmware('[FW] > signed-by refuses one signed under another root'),
      ],
      inverted: inProof("typeof authenticity === 'string' ? [] : [authenticity.signedBy]", '[]'),
    },
    {
      id: 'signer-issued-by-root',
      says: 'A signer is issued by a root or by one intermediate that came along, and is not the root itself; a revoked one does not count.',
      provenBy: [
        chain('a signer > issued by a root is trusted', 'a signer > that is the root is not'),
        chain('a signer > two intermediates away is not', 'a signer > that is revoked is not'),
      ],
      inverted: mutation('src/device/certificate-chain.ts')(
        'if (isIssuedBy(signer, signer)) {',
        'if (!isIssuedBy(signer, signer)) {',
      ),
    },
    {
      id: 'signer-dates',
      says: "The dates of the signer's certificate are not held against a file.",
      quirk: 'signerDates',
      provenBy: [chain('a signer > that has expired is trusted')],
      inverted: mutation('src/device/certificate-chain.ts')(
        "signerDates === 'ignore'",
        "signerDates === 'enforce'",
      ),
    },
    {
      id: 'customer-root-first',
      says: 'The first customer root is taken when the user accepts its SHA-1 fingerprint, or under VAL_MANUAL_B types it in.',
      provenBy: [
        securityFiles(
          '[USER_KEYS] > it is taken when the user accepts',
          '[USER_KEYS] > it is refused when the user does not',
        ),
        securityFiles(
          '[USER_KEYS] > it is taken when the user enters it',
          'it is refused when the user enters another',
        ),
      ],
      inverted: inCustomer(
        'if (roots.length === 0) return askForFingerprint',
        'if (roots.length > 0) return askForFingerprint',
      ),
    },
    {
      id: 'customer-root-further',
      says: 'With a root in the phone a further one must be signed under it, and nobody is asked.',
      provenBy: [
        securityFiles('a second one that is signed under the first is taken'),
        securityFiles(
          'a second one without signature is refused',
          'a second one signed under another root is refused',
        ),
      ],
      inverted: inCustomer("section === 'USER_KEYS' && how === NO_CHECK", "section === 'USER_KEYS'"),
    },
    {
      id: 'security-policy',
      says: 'A security policy is NAME value lines; without a root it is accepted by its fingerprint, with one it must be signed.',
      provenBy: [
        securityFiles('[SEC_POLICY] > without a root it is shown with its fingerprint'),
        securityFiles(
          '[SEC_POLICY] > with a root it is refused unsigned',
          'with a root it is taken signed, and nobody is asked',
        ),
        securityFiles('[SEC_POLICY] > text without a rule is refused'),
      ],
      inverted: inCustomer('if (rules.size === 0) {', 'if (rules.size > 0) {'),
    },
    {
      id: 'param-change',
      says: 'With SECURITY_POLICY_PARAM_CHANGE YES and a root in the phone, provisioning and configuration files must be signed under it; else they are read as they are.',
      provenBy: [
        proof('test/phone/trust.test.ts')(
          'a refused provisioning file is a failure of the run, told once, and flash stays as it was',
        ),
        securityFiles('SECURITY_POLICY_PARAM_CHANGE > YES: an unsigned file is refused'),
        securityFiles('SECURITY_POLICY_PARAM_CHANGE > YES: a signed file is read without its signature'),
        securityFiles('SECURITY_POLICY_PARAM_CHANGE > YES without a stored root has no effect'),
        securityFiles('SECURITY_POLICY_PARAM_CHANGE > NO: an unsigned file is read'),
      ],
      inverted: mutation('src/device/verify-configuration.ts')(
        "!== 'YES' || roots.length === 0",
        "!== 'YES'",
      ),
    },
    {
      id: 'device-certificate',
      says: 'A device certificate is PKCS#12: its password is asked for and may be empty; key size, algorithm, revocation and expiry count.',
      provenBy: [
        certificate(
          '[DEV_CERT] > its password is asked for',
          'the right password opens it',
          'a wrong password is refused',
        ),
        certificate('an expired one is refused', 'a revoked one is refused', 'an elliptic key is refused'),
        certificate('a key of 1024 bits is refused under KEY_SIZE 2048'),
      ],
      inverted: mutation('src/device/verify-device-certificate.ts')(
        'if (bits < wanted) return',
        'if (bits > wanted) return',
      ),
    },
    {
      id: 'device-certificate-profile',
      says: 'A profile that is not set for PKCS#12 refuses the file.',
      quirk: 'deviceCertProfile',
      provenBy: [certificate('a profile that is set for SCEP refuses it without a question')],
      inverted: mutation('src/device/verify-device-certificate.ts')(
        "deviceCertProfile === 'scep'",
        "deviceCertProfile === 'pkcs12'",
      ),
    },
    {
      id: 'trust-list',
      says: 'A trust list has at most 20 KB, is not expired and is signed by a trusted entity; unsigned ones are refused.',
      provenBy: [
        securityFiles(
          '[CTL] > is taken at 20 KB',
          '[CTL] > is refused a byte above',
          '[CTL] > is refused unsigned',
        ),
        securityFiles('[CTL] > is refused expired', '[CTL] > is taken signed under a stored root'),
      ],
      inverted: mutation('src/device/verify-trust-list.ts')(
        'if (expiresAtMs < circumstances.nowMs) {',
        'if (expiresAtMs > circumstances.nowMs) {',
      ),
    },
    {
      id: 'revocation-list',
      says: 'A revocation list has at most 100 entries, and is signed by a stored root where there is one.',
      provenBy: [
        securityFiles(
          '[CRL] > is taken with 100 entries',
          '[CRL] > is refused with 101',
          '[CRL] > is refused by another issuer',
        ),
      ],
      inverted: mutation('src/device/verify-revocation-list.ts')('ENTRIES_MAX = 100', 'ENTRIES_MAX = 99'),
    },
    {
      id: 'security-question-unanswered',
      says: 'A question about a security file that nobody answers is as good as No.',
      provenBy: [
        proof('test/phone/questions.test.ts')(
          'a fingerprint to accept > no key within a minute is as good as No',
        ),
        securityFiles('a question that nobody answers is as good as No'),
      ],
      inverted: mutation('src/device/verdict.ts')(
        "return refuse('NOT_CONFIRMED', `${",
        "return refuse('WRONG_FORMAT', `${",
      ),
    },
  ],
};
