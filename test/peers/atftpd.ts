import { freePlace } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, runPeer } from './run-peer.ts';

/** The "advanced TFTP server", atftpd(8): threads, and all options up to windowsize. */
export const atftpd: Peer = {
  name: 'atftpd',
  protocol: 'tftp',
  programs: ['atftpd'],
  runsAs: 'root',
  logs: 'requests',
  async start(root) {
    const place = await freePlace('udp');
    return runPeer(atftpd, {
      place,
      folder: await peerFolder(atftpd.name),
      arguments: [
        ...['--daemon', '--no-fork'],
        ...['--bind-address', place.host],
        ...['--port', String(place.port)],
        ...['--user', 'nobody'],
        // Observed: beyond 511 at a time it aborts, two descriptors each (select(2) ends at 1024).
        ...['--maxthread', '500'],
        // "-" is what it prints; below level 6 requests are not told.
        ...['--logfile', '-', '--verbose=6'],
        root,
      ],
      requestLine: / Serving /,
    });
  },
};
