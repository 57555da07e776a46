import { apache } from './apache.ts';
import { atftpd } from './atftpd.ts';
import { dnsmasq } from './dnsmasq.ts';
import { nginx } from './nginx.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { proftpd } from './proftpd.ts';
import { pureFtpd } from './pure-ftpd.ts';
import { tftpdHpa } from './tftpd-hpa.ts';
import { vsftpd } from './vsftpd.ts';

/** Every foreign server there is, by protocol. */
export const allPeers: readonly Peer[] = [
  ...[tftpdHpa, atftpd, dnsmasq],
  ...[vsftpd, proftpd, pureFtpd],
  ...[nginx, apache],
];

export interface RunningPeers {
  /** In the order of `allPeers`. */
  readonly peers: readonly RunningPeer[];
  stop(): Promise<void>;
}

/** Starts every foreign server on one tree. All or none: if one does not start, the others are stopped. */
export async function startAllPeers(root: string): Promise<RunningPeers> {
  const starts = await Promise.allSettled(allPeers.map((peer) => peer.start(root)));
  const peers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async () => {
    await Promise.all(peers.map((peer) => peer.stop()));
  };
  const failures = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []));
  if (failures.length > 0) {
    await stop();
    throw new AggregateError(failures, failures.map(String).join('\n'));
  }
  return { peers, stop };
}
