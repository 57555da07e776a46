import type { RefusalCode } from '../events/refusal-code.ts';
import type { ProblemCodeName } from '../provisioning/problem-codes.ts';
import type { RuleText } from './rule.ts';

/** What files hold that a phone skips or takes with a doubt. */
export const rulesOfContent = {
  UNKNOWN_PARAMETER: {
    what: 'A parameter no phone knows',
    why: 'The phone skips the line in silence.',
    source: 'the table of parameters; that others are skipped: Wazo',
    mend: 'Correct the spelling, or take the line out.',
  },
  BAD_VALUE: {
    what: 'A value that cannot stand there',
    why: 'The phone keeps the value in force, the default if there is none.',
    source: 'M44 p64; in general assumed',
    mend: 'Write what was expected.',
  },
  REPEATED_PARAMETER: {
    what: 'A parameter that stands twice in one file',
    why: 'The last one counts; the other misleads its reader.',
    source: 'assumed',
    mend: 'Take one of them out.',
  },
  TOO_MANY_PARAMETERS: {
    what: 'More values than this emulator takes from one file',
    why: "Its own limit, not a phone's: the rest of the file is not looked at.",
    source: 'our own limit',
    mend: 'No phone has so many parameters; is it the right file?',
  },
  NOT_AUTHENTICATED: {
    what: 'A file nobody proved the maker of',
    why: "A real phone also checks Avaya's signature, and refuses what is not signed.",
    source: 'S41 p30, M32 p35',
    mend: 'Use the file as Avaya ships it.',
  },
  NOT_VERIFIED: {
    what: 'A file that was not checked as a real phone would',
    why: 'These checks need a user or a phone: a real one may refuse the file.',
    source: 'our own limit',
    mend: 'Try it: deskphone boot.',
  },
  SIGNER_DOUBTFUL: {
    what: 'A signing certificate that lacks something',
    why: 'A real phone may refuse the file.',
    source: 'S43 p281',
    mend: 'Sign it with a certificate as the message says.',
  },
  POLICY_LINE: {
    what: 'A line of the security policy without effect',
    why: 'The phone goes by the default of that rule.',
    source: 'S43 p270',
    mend: 'Write NAME value, with a name the manual has.',
  },
  TRUST_LIST_LONG: {
    what: 'A trust list with more certificates than a phone can trust',
    why: 'Servers under the certificates beyond the tenth are not trusted.',
    source: 'M43 p245',
    mend: 'Keep ten at most.',
  },
  LICENCE_OTHER_PHONE: {
    what: 'A licence file for other phones',
    why: 'Node-locked licences go by the MAC: this phone shows a licence pop-up once a day.',
    source: 'S43 p285',
    mend: 'Order a licence for the MAC, or name another file.',
  },
  DIAL_RULE: {
    what: 'A line of the dialing plan that cannot be read',
    why: 'The rule does not fire: numbers wait for the end of input, or are not dialed.',
    source: 'M44 p99, p100',
    mend: 'Mend the rule; deskphone dial NUMBER --plan FILE shows which one fires.',
  },
  DIAL_VARIABLE: {
    what: 'A dialing plan without a domain, or with a variable it does not define',
    why: 'The address that is called is not complete.',
    source: 'M40 p75',
    mend: 'Define it above the %%: $n="deskphone.example".',
  },
  NEARLY_FULL: {
    what: 'Languages, tones, images and the like that nearly fill flash',
    why: 'Beyond it a real phone may not save configuration, profiles or call lists.',
    source: 'IPO: at most 500 kB; 512,000 bytes assumed',
    mend: 'Offer fewer or smaller files.',
  },
  NO_AUTOLOGIN_ID: {
    what: 'USE_AUTOLOGIN_ID without ID or password',
    why: 'The phone stays at its login screen.',
    source: 'M44 p69',
    mend: 'Set AUTOLOGIN_ID_KEY01 and AUTOLOGIN_PASSWD_KEY01 in SIP<MAC>.cfg.',
  },
  UNKNOWN_DOMAIN: {
    what: 'A login whose domain is none of SIP_DOMAIN1 to SIP_DOMAIN5',
    why: 'The phone says "unknown domain" and stays at its login screen.',
    source: 'M44 p69; that letter case counts is assumed',
    mend: 'Set SIP_DOMAINx to the part of the ID behind the @.',
  },
  NO_SERVER_IP: {
    what: "A login whose domain has no server the phone's load takes",
    why: 'The phone stays at its login screen.',
    source: 'M43 p184; SERVER_IPx_2 of 0.0.0.0 on 4.1: Wazo',
    mend: 'Set SERVER_IPx_1, and SERVER_IPx_2 alike.',
  },
  SERVICE_PACKAGES: {
    what: 'ENABLE_SERVICE_PACKAGE YES',
    why: 'Service packages are not emulated, and their files not looked for.',
    source: 'S43 p68',
    mend: 'Set it to NO unless there is a server for them.',
  },
  CLOCK_ASSUMED: {
    what: 'A daily poll without a time server',
    why: 'With SNTP_ENABLE NO time comes from the SIP proxy, if that sends any: without time there is no poll.',
    source: 'vendor model (X)',
    mend: 'Set SNTP_ENABLE YES and SNTP_SERVER.',
  },
} as const satisfies Partial<Record<ProblemCodeName, RuleText>>;

/** Why a phone does not take a file that is there. */
export const rulesOfRefusal = {
  BAD_NAME: {
    what: "A FILENAME that climbs out of the server's tree",
    why: 'The phone does not even ask for it.',
    source: 'the emulator; what a real phone does nobody should rely on',
    mend: 'Name a file below the root, with / between folders.',
  },
  WRONG_FORMAT: {
    what: 'A file that is not what its section is for',
    why: 'The phone refuses it, keeps what it had, and asks again at every check.',
    source: 'M32 p35, S43 p37; the form of images and languages is assumed',
    mend: 'Look into the file, and put the right one there.',
  },
  WEB_PAGE: {
    what: 'A web page in place of a file',
    why: 'The phone refuses it: most likely an error page was saved, or is sent with status 200.',
    source: 'assumed',
    mend: 'Put the right file there; let the server answer 404 for what it does not have.',
  },
  WRONG_HARDWARE: {
    what: 'An image for another family of phones',
    why: 'A 1210, 1220 or 1230 takes SIP12x0 loads only.',
    source: 'S43 p39',
    mend: 'Name a SIP12x0 image.',
  },
  AUTHENTICATION_FAILED: {
    what: 'A signature that is missing, altered or not trusted',
    why: 'The phone refuses the file and keeps what it had.',
    source: 'S41 p30, S43 p270',
    mend: 'Fetch the file anew, in binary mode; sign what has to be signed.',
  },
  CONVERSION_REFUSED: {
    what: 'UNIStim software too old for the conversion to SIP',
    why: 'The phone refuses the image.',
    source: 'M43: 062AC5L or later',
    mend: 'Upgrade it as a UNIStim phone first.',
  },
  STORE_FULL: {
    what: 'More than five languages or five tones',
    why: 'The phone takes no sixth.',
    source: 'S41 p34',
    mend: 'Offer five at most; DELETE_FILES YES makes room for new ones.',
  },
  NO_CAPACITY: {
    what: 'More custom data than flash holds',
    why: 'The file is refused; a real phone may lose profiles and settings instead.',
    source: 'IPO: at most 500 kB; 512,000 bytes and the refusal are assumed',
    mend: 'Offer fewer or smaller languages, tones and images.',
  },
  BAD_SIZE: {
    what: 'A file smaller or larger than its kind may be',
    why: 'The phone refuses it.',
    source: 'banner: M32 p151; trust list: S43 p259',
    mend: 'Make it fit.',
  },
  BAD_CERTIFICATE: {
    what: 'A certificate that is expired, revoked, too short or not for this use',
    why: 'The phone refuses the file.',
    source: 'M43 p243, M32 p232',
    mend: 'Issue another certificate.',
  },
  WRONG_PASSWORD: {
    what: 'A PKCS#12 file whose password is not known',
    why: 'The phone asks its user and refuses the file.',
    source: 'M32 p232',
    mend: 'Export it again.',
  },
  NOT_CONFIRMED: {
    what: 'A file about which the user is asked',
    why: 'Without an answer the phone refuses it and asks again at the next check.',
    source: 'S43 p253',
    mend: 'Tell the users.',
  },
} as const satisfies Record<RefusalCode, RuleText>;
