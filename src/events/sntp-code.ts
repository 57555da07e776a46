/** How a question for the time can end other than well. Each comes with what to look at first. */
export const sntpCodes = {
  TIMEOUT: 'The time server did not answer in time: is it running, and does a firewall drop UDP port 123?',
  UNREACHABLE: 'No way to the time server: nothing listens there, there is no route, or its name is unknown.',
  KISS_OF_DEATH:
    'The time server sends phones away (RFC 4330 section 8): RATE too often, DENY or RSTR never.',
  UNSYNCHRONISED: 'The time server runs but has no time itself: look at its own sources.',
  PROTOCOL: 'The answer is not one of a time server (RFC 4330 section 5): see the detail.',
  ABORTED: 'The phone itself ended it: power was lost or the run was stopped.',
  LOCAL_LIMIT: 'This machine, not the server: out of ports, or it does not have the local address.',
} as const;

export type SntpCode = keyof typeof sntpCodes;
