import { freePlace, type Place } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';
import { ownSyslog, readSyslog, withDev } from './syslog.ts';

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
      arguments: argumentsFor(root, place),
      requestLine: /^(?!)/,
    });
  },
};

/** The same, told to log each request to a system log that is its own. */
export const tftpdHpaWithLog: Peer = {
  ...ownSyslog,
  name: 'tftpd-hpa',
  protocol: 'tftp',
  programs: [...ownSyslog.programs, 'in.tftpd'],
  logs: 'requests',
  async start(root) {
    const place = await freePlace('udp');
    const folder = await peerFolder(tftpdHpa.name);
    const reader = await readSyslog(folder, requestLog(folder));
    const running = await runPeer(tftpdHpaWithLog, {
      place,
      folder,
      arguments: withDev(folder, ['in.tftpd', '--verbose', ...argumentsFor(root, place)]),
      requestLine: /RRQ from/,
    });
    return {
      ...running,
      stop: async () => {
        await running.stop();
        await reader.stop();
      },
    };
  },
};

function argumentsFor(root: string, { host, port }: Place): string[] {
  return ['--foreground', '--address', `${host}:${port}`, '--user', 'nobody', '--secure', root];
}
