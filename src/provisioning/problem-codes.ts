import { networkProblemCodes } from './network-problem-codes.ts';
import type { Problem } from './problem.ts';
import { type ProblemCode, readingProblems } from './problem-codes-reading.ts';

/**
 * Every code a problem can carry beside the transfer and refusal codes of `events/`, with its severity. Codes
 * never change.
 */
export const problemCodes = {
  ...readingProblems,

  // Where a file comes from.
  DEFAULT_PROTOCOL: {
    severity: 'warning',
    says: 'A section without PROTOCOL means TFTP (M43 p45) though the provisioning file came another way. Name the PROTOCOL.',
  },
  CREDENTIALS_SEMICOLON: {
    severity: 'note',
    says: "User and password are parted by a semicolon, as the manual's grammar prints it; its example has a colon (M44 p106).",
  },
  PASSWORD_TOO_LONG: {
    severity: 'warning',
    says: 'Device Settings takes a password of 1 to 49 characters: a real phone could not be given this one by hand.',
  },
  ADDRESS_NAMES_FILE: {
    severity: 'warning',
    says: 'The server address ends in a file name; the phone takes all of it as a folder and puts its own file name behind it.',
  },
  NO_DEVICE_CERTIFICATE: {
    severity: 'note',
    says: 'HTTPS without a device certificate in the phone: goes on without a client certificate (S43 p40 asks for one).',
  },
  RETRY_AFTER_IGNORED: {
    severity: 'note',
    says: 'The server sent Retry-After with a 503; the phone tries again after its own second.',
  },
  CONTENT_ENCODING: {
    severity: 'warning',
    says: 'The server sent the file compressed, which the phone did not ask for and does not undo: switch it off for the phones.',
  },
  FTP_FOREIGN_ADDRESS: {
    severity: 'warning',
    says: "The server's PASV answer names another address: ignored, data goes to the host of the control connection. NAT?",
  },
  USER_AGENT_WITHOUT_BYTE: {
    severity: 'note',
    says: 'Real phones put one junk byte after SIP12x0 in the User-Agent; --user-agent-byte sends it, this run does not.',
  },

  // What files hold.
  UNKNOWN_PARAMETER: {
    severity: 'warning',
    says: 'A parameter name the phone does not know: the line is skipped. Check the spelling.',
  },
  BAD_VALUE: {
    severity: 'warning',
    says: 'A value that cannot stand there: the value in force is kept, the default if there is none.',
  },
  REPEATED_PARAMETER: {
    severity: 'note',
    says: 'A parameter stands twice in one file: the last counts.',
  },
  TOO_MANY_PARAMETERS: {
    severity: 'error',
    says: "More lines with values than this emulator takes from one configuration file: its own limit, not a phone's.",
  },
  NOT_AUTHENTICATED: {
    severity: 'note',
    says: "Taken although nobody proved who made it: a real phone would also check Avaya's signature.",
  },
  NOT_VERIFIED: {
    severity: 'note',
    says: 'Stored without the checks a real phone makes of this kind of file: they are not emulated.',
  },
  SIGNER_DOUBTFUL: {
    severity: 'warning',
    says: 'The signing certificate lacks something the manual asks for (S43 p281): a real phone may refuse the file.',
  },
  POLICY_LINE: {
    severity: 'warning',
    says: 'A line of the security policy that is no NAME value, or a name that is not documented: it has no effect.',
  },
  TRUST_LIST_LONG: {
    severity: 'warning',
    says: 'The certificate trust list has more certificates than the ten a phone can trust (M43 p245).',
  },
  LICENCE_OTHER_PHONE: {
    severity: 'warning',
    says: "The licence file names MACs and this phone's is not among them: node-locked licences go by the MAC (S43 p285).",
  },
  DIAL_RULE: {
    severity: 'warning',
    says: 'A line of the dialing plan that cannot be read, or a part of it: it is skipped. Compare with M44 p99 and p100.',
  },
  DIAL_VARIABLE: {
    severity: 'warning',
    says: 'The dialing plan defines no domain, or uses a variable that it does not define (M40 p75).',
  },
  FW_IDENTICAL: {
    severity: 'note',
    says: 'The image is the one that runs: neither written nor followed by a reboot. FORCED fetches it at every check.',
  },
  NO_BOOT_FILE: {
    severity: 'error',
    says: 'The boot loader found no usable <model>Boot.cfg with a [FW] section on the provisioning host by TFTP.',
  },
  SERVICE_PACKAGES: {
    severity: 'note',
    says: 'ENABLE_SERVICE_PACKAGE is YES: service packages are not emulated.',
  },

  // A user's roaming files.
  PROFILE_LINE: {
    severity: 'warning',
    says: "A line or section of a user's file that the phone does not know: it is skipped. Expected [section] and name=value.",
  },
  PROFILE_ENTRY: {
    severity: 'warning',
    says: 'A contact, group, key or speed dial that lacks what it needs, or has a value that cannot stand there.',
  },
  UNKNOWN_KEY_TYPE: {
    severity: 'warning',
    says: 'A [key] of a type the phone does not know: it is ignored, and written to the ECR log (M43 p182).',
  },
  FEATURE_KEY: {
    severity: 'note',
    says: 'A key of type feature: it has no effect outside IP Office mode (M44 p203).',
  },
  PROFILE_FULL: {
    severity: 'error',
    says: "A user's file with more in it than this emulator keeps of one user: its own limit, not a phone's. Not taken.",
  },
  ADDRESS_BOOK_FULL: {
    severity: 'warning',
    says: 'An address book with more contacts than MAX_ADDR_BOOK_ENTRIES allows: the first of them are taken.',
  },
  ...networkProblemCodes,

  // Flash, login, restart, time.
  NEARLY_FULL: {
    severity: 'warning',
    says: 'Custom data fills flash to 90 % or more; beyond it files are refused. DELETE_FILES YES or smaller files help.',
  },
  FLASH: {
    severity: 'error',
    says: 'Flash could not be written; what it held is still there. Look at the disk and its rights.',
  },
  MANUAL_VALUE_STAYS: {
    severity: 'warning',
    says: 'A setting made by hand wins over the file (A44 p140): AllAut or a factory reset gives it back to the file.',
  },
  RESTART_ONCE: {
    severity: 'warning',
    says: 'Another image in the check right after a restart that a check caused: it waits, so that phones do not loop.',
  },
  CHECK_REFUSED: {
    severity: 'error',
    says: 'A check for updates could not begin: no user logged in, the phone not up, or no provisioning server known.',
  },
  CHECK_IN_CALL: {
    severity: 'warning',
    says: 'A check began during a call: allowed, but the phone may restart and drop the call (M44 p45).',
  },
  CHECK_IGNORED: {
    severity: 'warning',
    says: 'A check for updates is under way: a second trigger is ignored.',
  },
  RESTART_PENDING: {
    severity: 'note',
    says: 'A setting was stored that takes effect only after the next restart or logout.',
  },
  NO_AUTOLOGIN_ID: {
    severity: 'warning',
    says: 'AUTOLOGIN_ENABLE is USE_AUTOLOGIN_ID, but AUTOLOGIN_ID_KEY01 or AUTOLOGIN_PASSWD_KEY01 is missing (M44 p69).',
  },
  NO_LICENCE: {
    severity: 'warning',
    says: 'A received value switches on a licensed feature, and the phone has no licence: in the field nobody got into such a phone.',
  },
  LICENCE_REQUIRED: {
    severity: 'error',
    says: 'A licensed feature is on without a licence, and keeps the user out (quirk licensing): switch it off, or bring [LICENSING].',
  },
  LOGIN_REFUSED: {
    severity: 'error',
    says: 'The proxy refused the login: the story of this run says so, since there is no proxy to ask.',
  },
  SECOND_USER: {
    severity: 'note',
    says: 'Somebody logs in while another user is: a phone may hold several (MAX_LOGINS), this emulator holds one.',
  },
  UNKNOWN_DOMAIN: {
    severity: 'error',
    says: 'The domain of the user to log in is none of SIP_DOMAIN1 to SIP_DOMAIN5.',
  },
  NO_SERVER_IP: {
    severity: 'error',
    says: "The proxy of the user's domain is not set, or not as this load needs it: set SERVER_IPx_1, and SERVER_IPx_2 alike.",
  },
  CLOCK_ASSUMED: {
    severity: 'note',
    says: "SNTP_ENABLE is NO: the phone's clock is assumed to be right, as one set by a SIP proxy would be.",
  },
  NOTIFY_REFUSED: {
    severity: 'warning',
    says: 'A SIP NOTIFY started no check: its sender, its Event, REMOTE_CHECK_FOR_UPDATE or a missing login is in the way. --notify-from lets others send.',
  },
  NO_TIME: {
    severity: 'warning',
    says: 'SNTP_ENABLE is YES and no time server gives the time: without it the phone does not poll. See SNTP_SERVER.',
  },
} as const satisfies Record<string, ProblemCode>;

export type ProblemCodeName = keyof typeof problemCodes;

/** A problem with the severity its code has in the table. */
export function problem(code: ProblemCodeName, at: Omit<Problem, 'severity' | 'code'>): Problem {
  return { severity: problemCodes[code].severity, code, ...at };
}
