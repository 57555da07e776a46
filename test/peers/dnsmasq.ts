import { ownAddress } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';

/** dnsmasq(8) with nothing but its TFTP server, which has no option for the port: always 69. */
export const dnsmasq: Peer = {
  name: 'dnsmasq',
  protocol: 'tftp',
  programs: ['dnsmasq'],
  runsAs: 'root',
  logs: 'requests',
  async start(root) {
    const place = { host: ownAddress(), port: 69 };
    const folder = await peerFolder(dnsmasq.name);
    return runPeer(dnsmasq, {
      place,
      folder,
      arguments: [
        '--keep-in-foreground',
        ...['--conf-file=/dev/null', '--pid-file=', '--user=root', `--log-facility=${requestLog(folder)}`],
        // No DNS.
        '--port=0',
        ...[`--listen-address=${place.host}`, '--bind-interfaces'],
        // Its own limit is 50 transfers at a time.
        ...['--enable-tftp', `--tftp-root=${root}`, '--tftp-max=2000'],
      ],
      requestLine: /dnsmasq-tftp\[\d+\]: (sent|file|failed)/,
    });
  },
};
