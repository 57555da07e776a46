import type { TransferCode } from '../events/transfer-code.ts';
import type { ProblemCodeName } from '../provisioning/problem-codes.ts';
import type { RuleText } from './rule.ts';

const kept = 'The phone keeps what it had and asks again at every check.';
const noRule = 'M44 p64: only a 503 is tried again';

/** A file that does not arrive: not there, or, from a URL, anything that can happen on the way. */
export const rulesOfTransfer = {
  NOT_FOUND: {
    what: 'A file that is not there',
    why: kept,
    source: noRule,
    mend: 'Put it there, or take its section out.',
  },
  ACCESS_DENIED: {
    what: 'A file that may not be read',
    why: kept,
    source: noRule,
    mend: 'Give the server the right to read it; check SRV_USER_NAME and SRV_USER_PASS.',
  },
  TIMEOUT: {
    what: 'A server that did not answer in time',
    why: kept,
    source: 'limits are assumed; firmware by TFTP 600 s: M43 p45',
    mend: 'Is it running, and does a firewall drop the packets?',
  },
  UNREACHABLE: {
    what: 'A server that cannot be reached',
    why: kept,
    source: 'assumed',
    mend: 'Check address, port and name.',
  },
  TRUNCATED: { what: 'A file that ended early', why: kept, source: 'assumed', mend: "See the server's log." },
  TOO_LARGE: {
    what: 'A file larger than this emulator takes for its kind',
    why: kept,
    source: 'our own limit',
    mend: 'Is it the right file?',
  },
  PROTOCOL: {
    what: 'An answer the protocol, or a phone, does not allow',
    why: kept,
    source: noRule,
    mend: 'See the message; redirects are not followed.',
  },
  ABORTED: {
    what: 'A transfer that was broken off here',
    why: 'The report is not complete.',
    source: 'the emulator',
    mend: 'Run it again.',
  },
  TLS: {
    what: 'A secure connection that could not be made',
    why: kept,
    source: 'S43 p40, p253',
    mend: 'Give the certificate with --ca FILE; on the phone it comes by [USER_KEYS].',
  },
  BUSY: {
    what: 'A server that turns phones away',
    why: kept,
    source: 'M44 p64',
    mend: 'Too many at once, or not ready: see its limits.',
  },
  LOCAL_LIMIT: {
    what: 'A limit of this machine',
    why: 'The report is not complete.',
    source: 'the emulator',
    mend: 'See deskphone doctor.',
  },
} as const satisfies Record<TransferCode, RuleText>;

/** Doubts about where files come from and what the server says on the way. */
export const rulesOfServer = {
  DEFAULT_PROTOCOL: {
    what: 'A section without PROTOCOL in a tree that comes another way than by TFTP',
    why: 'Its files are asked for by TFTP, where nobody may listen.',
    source: 'M43 p45',
    mend: 'Name the PROTOCOL in every section.',
  },
  CREDENTIALS_SEMICOLON: {
    what: 'A server address with a semicolon between user and password',
    why: "The manual's grammar has a semicolon, its example a colon.",
    source: 'M44 p106',
    mend: 'Write user:password@host.',
  },
  PASSWORD_TOO_LONG: {
    what: 'A server password of more than 49 characters',
    why: 'It cannot be typed into Device Settings.',
    source: 'seen on the screen',
    mend: 'Choose a shorter one.',
  },
  ADDRESS_NAMES_FILE: {
    what: 'A server address that ends in a file name',
    why: 'The phone takes it for a folder and puts its own file name behind it.',
    source: 'M44 p105',
    mend: 'End the address at the folder.',
  },
  NO_DEVICE_CERTIFICATE: {
    what: 'PROTOCOL HTTPS before a device certificate can be in the phone',
    why: 'HTTPS is said to need one: a real phone may not fetch these files.',
    source: 'S43 p40; that it goes on without is assumed',
    mend: 'Bring [DEV_CERT] first by another protocol, or try it on one phone.',
  },
  RETRY_AFTER_IGNORED: {
    what: 'A 503 with Retry-After',
    why: 'The phone tries again after its own second.',
    source: 'assumed',
    mend: 'Answer when ready; see HTTP_RETRY_NUMBER.',
  },
  CONTENT_ENCODING: {
    what: 'A file that is sent compressed',
    why: 'The phone did not ask for it and does not undo it.',
    source: 'assumed',
    mend: 'Switch compression off for the phones.',
  },
  FTP_FOREIGN_ADDRESS: {
    what: 'A PASV answer with another address',
    why: 'It is ignored; a server behind NAT may not be reached.',
    source: 'assumed',
    mend: 'Set the passive address of the server.',
  },
} as const satisfies Partial<Record<ProblemCodeName, RuleText>>;
