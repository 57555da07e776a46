import { freePlace } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, runPeer } from './run-peer.ts';

/** H. Peter Anvin's server, in.tftpd(8). It logs to syslog alone. */
export const tftpdHpa: Peer = {
  name: 'tftpd-hpa',
  protocol: 'tftp',
  programs: ['in.tftpd'],
  runsAs: 'root',
  logs: 'nothing',
  async start(root) {
    const place = await freePlace('udp');
    return runPeer(tftpdHpa, {
      place,
      folder: await peerFolder(tftpdHpa.name),
      arguments: [
        '--foreground',
        ...['--address', `${place.host}:${place.port}`],
        ...['--user', 'nobody'],
        '--secure',
        root,
      ],
      requestLine: /^(?!)/,
    });
  },
};
