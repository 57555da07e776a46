import type { Rule } from './rule.ts';

/** Why no scenario can see some rules. */
export interface Unseen {
  /** A word or two. */
  readonly reason: string;
  readonly says: string;
  readonly rules: readonly string[];
}

/** `npm run mutate:scenarios` complains of a rule that stands here and shows in a scenario all the same. */
export const unseen: readonly Unseen[] = [
  {
    reason: 'wire',
    says: 'It is in packets and connections only, which no fact of a phone tells: what came of them is the same.',
    rules: [
      ...['user-agent', 'user-agent-byte', 'user-agent-byte-seen'],
      ...['dhcp-says', 'dhcp-unistim-class', 'dhcp-source-address'],
      ...['tls-customer-roots', 'tls-client-certificate'],
      ...['tftp-new-port', 'tftp-last-ack', 'tftp-block-numbers-wrap'],
      ...['ftp-commands', 'ftp-session-a-file', 'ftp-anonymous'],
      ...['http-head', 'http-connection-a-check', 'field-14'],
      ...['ftp-mode-is-epsv', 'ftp-mode-is-pasv', 'ftp-mode-is-port'],
      ...['ftp-session-is-file', 'ftp-session-is-check'],
      ...['http-connection-is-check', 'http-connection-is-file'],
    ],
  },
  {
    reason: 'server',
    says: 'It answers what a server of scenarios never does: strangers at a port, blocks twice, packed files, another address for data, Retry-After, a certificate that is to be verified.',
    rules: [
      ...['tls-verified', 'tftp-server-port', 'tftp-duplicates', 'tftp-options', 'ftp-data-host'],
      ...['http-retry-after', 'http-no-decompression', 'retry-after-is-ignore', 'retry-after-is-honour'],
    ],
  },
  {
    reason: 'network',
    says: 'What DHCP offers never changes in a scenario, flash begins without a lease, and a NOTIFY comes once.',
    rules: [
      ...['dhcp-last-address', 'dhcp-sticky-server', 'dhcp-info-block-leaves', 'dhcp-renewal'],
      ...['dhcp-factory-reset', 'notify-repeated'],
    ],
  },
  {
    reason: 'flash',
    says: 'It is in what flash holds of users, or in how files of this machine keep it: no word of a scenario shows either.',
    rules: [...['flash-survives', 'flash-atomic', 'flash-names', 'user-files-merged', 'profiles-kept']],
  },
  {
    reason: 'command',
    says: 'It is about what a command is given or prints: options of `boot`, `deskphone dial`, `lint`, a log, a story that cannot go on.',
    rules: [
      ...['address-typed-password', 'tls-insecure', 'dialing-first-rule', 'dialing-address'],
      ...['logs-of-the-phone', 'poll-waited-for-in-vain', 'failure-17'],
    ],
  },
];

/** Why no scenario can see a rule; undefined where one must. */
export function reasonOf({ id }: Rule): string | undefined {
  return unseen.find(({ rules }) => rules.includes(id))?.reason;
}
