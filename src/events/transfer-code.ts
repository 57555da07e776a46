/**
 * How a transfer can end other than well, the same for every protocol. Each comes with what to look at first.
 */
export const transferCodes = {
  NOT_FOUND:
    'The server has no such file (TFTP ERROR 1, FTP 550, HTTP 404 or 410): compare name, case and folder with the server.',
  ACCESS_DENIED:
    'The server refuses it (TFTP ERROR 2, FTP 530, HTTP 401 or 403): check user, password and file rights.',
  TIMEOUT: 'The server did not answer, or not in time: is it running, and does a firewall drop the packets?',
  UNREACHABLE:
    'No connection: nothing listens there (on another port than the usual one: --ports), the network has no way, or the host name is unknown.',
  TRUNCATED:
    'The transfer ended before the file did: look for a server that stopped, or a file that changed meanwhile.',
  TOO_LARGE: 'The file is larger than a phone takes for its kind.',
  PROTOCOL: 'The server answered something the protocol, or this phone, does not allow: see the detail.',
  ABORTED: 'The phone itself ended it: power was lost or the run was stopped.',
  TLS: 'The secure connection could not be made: certificate (--ca FILE trusts one), host name or protocol version.',
  BUSY: 'The server turns phones away (HTTP 503, FTP 421 or no banner): too many at once, or not ready.',
  LOCAL_LIMIT:
    'This machine, not the server: out of file descriptors, ports or buffers, or --local-address is none of its own, or of another IP version than the server.',
} as const;

export type TransferCode = keyof typeof transferCodes;

/**
 * How a connection went, where it says more than the code: servers under load differ in it. `no-name`: the
 * host name is unknown; `not-made`: it did not stand in time; `no-banner`: it stood, and the server said
 * nothing; `out-of-time`: it stood all the while, and the limit of the whole transfer came first.
 */
export const connectionEnds = [
  'no-name',
  'not-made',
  'no-banner',
  'refused',
  'reset',
  'out-of-time',
] as const;
export type ConnectionEnd = (typeof connectionEnds)[number];

/** What a secure connection took: a whole handshake, or the rest of an earlier session. */
export const tlsHandshakes = ['none', 'full', 'resumed'] as const;
export type TlsHandshake = (typeof tlsHandshakes)[number];
