/** Why a phone does not take a file that arrived whole. Each comes with what to look at first. */
export const refusalCodes = {
  BAD_NAME: "The name climbs out of the server's tree (.., absolute, drive letter, NUL): mend FILENAME.",
  WRONG_FORMAT:
    'The file is not what its section is for: look inside it, an HTML error page is a common find.',
  WEB_PAGE:
    'A web page arrived in place of the file, most likely an error or login page sent with status 200: see the server.',
  WRONG_HARDWARE: 'The image is for another family of phones: this one takes SIP12x0 loads only.',
  AUTHENTICATION_FAILED: "The file's signature is missing, altered or not by a trusted signer.",
  CONVERSION_REFUSED:
    'The UNIStim software is too old to be converted to SIP: upgrade it as UNIStim first (062AC5L or later).',
  STORE_FULL: 'Five languages or five tones are stored already: DELETE_FILES YES makes room.',
  NO_CAPACITY: "Custom data would exceed what the phone's flash holds: remove languages, tones or images.",
  BAD_SIZE: 'The file is smaller or larger than its kind may be.',
  BAD_CERTIFICATE:
    'A certificate has expired, is revoked, has too short a key, or is not for this use: issue another.',
  WRONG_PASSWORD: 'The password does not open the PKCS#12 file: ask whoever made it, or export it again.',
  NOT_CONFIRMED:
    'The question about this file was answered with No, wrongly, or not at all: it is asked again at the next check.',
} as const;

export type RefusalCode = keyof typeof refusalCodes;
