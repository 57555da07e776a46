/** Why a phone does not take a file that arrived whole. Each comes with what to look at first. */
export const refusalCodes = {
  BAD_NAME: "The name climbs out of the server's tree (.., absolute, drive letter, NUL): mend FILENAME.",
  WRONG_FORMAT:
    'The file is not what its section is for: look inside it, an HTML error page is a common find.',
  WRONG_HARDWARE: 'The image is for another family of phones: this one takes SIP12x0 loads only.',
  AUTHENTICATION_FAILED: "The file's signature is missing, altered or not by a trusted signer.",
  STORE_FULL: 'Five languages or five tones are stored already: DELETE_FILES YES makes room.',
  NO_CAPACITY: "Custom data would exceed what the phone's flash holds: remove languages, tones or images.",
  BAD_SIZE: 'The file is smaller or larger than its kind may be.',
} as const;

export type RefusalCode = keyof typeof refusalCodes;
