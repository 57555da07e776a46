import { atftpd } from '../atftpd.ts';
import { dnsmasq } from '../dnsmasq.ts';
import { nginx } from '../nginx.ts';
import type { Peer } from '../peer.ts';
import { proftpd } from '../proftpd.ts';
import { tftpdHpaWithLog } from '../tftpd-hpa.ts';
import { vsftpd } from '../vsftpd.ts';

/** What one line of a server's log stands for. */
export interface LogMeaning {
  readonly peer: Peer;
  /**
   * `request`: one that the server read; a repeat of TFTP that it read too is one more, and none says whether
   * the answer arrived. `transfer`: one that came to its end.
   */
  readonly aLineIs: 'request' | 'transfer';
  /** Lines of files that were sent. */
  readonly served: RegExp;
  /** All others it may write of a request: refused, or broken off. */
  readonly other: RegExp;
}

/** What a line means, as each server was seen to write it (Debian 12). */
export const logMeanings: readonly LogMeaning[] = [
  {
    peer: tftpdHpaWithLog,
    aLineIs: 'request',
    served: /RRQ from \S+ filename /,
    other: /^(?!)/,
  },
  {
    peer: atftpd,
    aLineIs: 'request',
    served: / Serving \S+ to \S+/,
    other: /^(?!)/,
  },
  {
    peer: dnsmasq,
    aLineIs: 'transfer',
    served: /\]: sent \S+ to \S+/,
    other: /\]: (?:failed sending \S+|file \S+ not found)/,
  },
  {
    peer: vsftpd,
    aLineIs: 'transfer',
    served: / OK DOWNLOAD: /,
    other: / FAIL DOWNLOAD: /,
  },
  {
    peer: proftpd,
    aLineIs: 'transfer',
    served: /"RETR [^"]*" 226 \d+/,
    other: /"RETR [^"]*" (?!226 )/,
  },
  {
    peer: nginx,
    aLineIs: 'transfer',
    served: /" 200 \d+ "/,
    other: /" (?!200 )\d{3} \d+ "/,
  },
];
