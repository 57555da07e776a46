import { mutation, proof } from './rule.ts';
import type { SwitchTable } from './switch-table.ts';

const lines = proof('test/provisioning/text-lines.test.ts');
const provisioningFile = proof('test/provisioning/provisioning-file.test.ts');
const configuration = proof('test/provisioning/configuration.test.ts');
const trust = proof('test/phone/trust.test.ts');
const questions = proof('test/phone/questions.test.ts');

const inLines = mutation('src/provisioning/text-lines.ts');
const inHeader = mutation('src/provisioning/section-header.ts');

/** The same for the three spellings. */
const ignoredSpelling = inHeader("(other && quirks[other.quirk] === 'ignore')", 'false');

/** How text is read, and whose files count. */
export const switchesOfFiles = {
  readBom: {
    read: {
      says: 'a byte-order mark is skipped.',
      provenBy: [lines('a byte-order mark is skipped and told as an error')],
    },
    ignore: {
      says: 'the file is not read.',
      provenBy: [lines('with quirks.readBom ignore the file is not read')],
      inverted: inLines("quirks.readBom === 'read'", "quirks.readBom !== 'read'"),
    },
  },
  readLoneCr: {
    read: { says: 'a CR without LF ends a line.', provenBy: [lines('lone CRs are told once, as an error')] },
    ignore: {
      says: 'it is part of its line.',
      provenBy: [lines('with quirks.readLoneCr ignore a lone CR is part of its line, and told')],
      inverted: mutation('src/provisioning/line-spans.ts')("quirks.readLoneCr === 'read'", 'true'),
    },
  },
  readLowerCase: {
    read: {
      says: 'section names, keywords and parameters in lower case are read.',
      provenBy: [provisioningFile('headers > lower case is read and told')],
    },
    ignore: {
      says: 'they are unknown.',
      provenBy: [
        provisioningFile('quirks.readLowerCase ignore skips lower case'),
        configuration('with quirk readLowerCase at ignore, a name in lower case is unknown'),
      ],
      inverted: inHeader("quirks.readLowerCase === 'ignore'", "quirks.readLowerCase === 'read'"),
    },
  },
  readImage: {
    read: { says: '[IMAGE] is read as [IMAGES].', provenBy: [provisioningFile('[IMAGE] is read and told')] },
    ignore: {
      says: 'it is unknown.',
      provenBy: [provisioningFile('quirks.readImage ignore skips [IMAGE]')],
      inverted: ignoredSpelling,
    },
  },
  readPolicy: {
    read: {
      says: '[POLICY] is read as [SEC_POLICY].',
      provenBy: [provisioningFile('[POLICY] is read and told')],
    },
    ignore: {
      says: 'it is unknown.',
      provenBy: [provisioningFile('quirks.readPolicy ignore skips [POLICY]')],
      inverted: ignoredSpelling,
    },
  },
  readUserKerys: {
    read: {
      says: '[USER_KERYS] is read as [USER_KEYS].',
      provenBy: [provisioningFile('[USER_KERYS] is read and told')],
    },
    ignore: {
      says: 'it is unknown.',
      provenBy: [provisioningFile('quirks.readUserKerys ignore skips [USER_KERYS]')],
      inverted: ignoredSpelling,
    },
  },
  signerDates: {
    ignore: {
      says: 'a signature counts after its certificate has expired.',
      provenBy: [trust('with quirk signerDates=ignore a signer that has expired')],
      inverted: mutation('src/device/certificate-chain.ts')(
        "signerDates === 'ignore'",
        "signerDates === 'enforce'",
      ),
    },
    enforce: {
      says: 'it does not.',
      provenBy: [trust('with quirk signerDates=enforce a signer that has expired')],
      inverted: mutation('src/device/certificate-chain.ts')('return outdated &&', 'return undefined &&'),
    },
  },
  deviceCertProfile: {
    pkcs12: {
      says: 'certificate profile 1 takes its certificate from a PKCS#12 file.',
      provenBy: [questions('opens it, and what is kept is key and certificate in PEM')],
    },
    scep: {
      says: 'it is set for SCEP, and [DEV_CERT] is refused.',
      provenBy: [questions('with quirk deviceCertProfile=scep nothing is asked, and the file is refused')],
      inverted: mutation('src/device/verify-device-certificate.ts')(
        "circumstances.quirks.deviceCertProfile === 'scep'",
        'false',
      ),
    },
  },
} as const satisfies Partial<SwitchTable>;
