import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePlace, type Place } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';

/** proftpd(8), anonymous. It closes the data connection before it says 550. */
export const proftpd: Peer = {
  name: 'proftpd',
  protocol: 'ftp',
  programs: ['proftpd'],
  runsAs: 'root',
  logs: 'requests',
  async start(root) {
    const place = await freePlace('tcp');
    const folder = await peerFolder(proftpd.name);
    const configuration = join(folder, 'proftpd.conf');
    await writeFile(configuration, proftpdConf(folder, root, place));
    return runPeer(proftpd, {
      place,
      folder,
      arguments: ['--nodaemon', '--config', configuration],
      requestLine: /"RETR /,
    });
  },
};

/** Every file it would keep below /run and /var goes to `folder`. */
function proftpdConf(folder: string, root: string, { host, port }: Place): string {
  return `
ServerName peer
ServerType standalone
Port ${port}
DefaultAddress ${host}
SocketBindTight on
UseIPv6 off
UseReverseDNS off
DelayEngine off
User nobody
Group nogroup
MaxInstances none
PidFile ${join(folder, 'pid')}
ScoreboardFile ${join(folder, 'scoreboard')}
SystemLog none
TransferLog none
WtmpLog off
ExtendedLog ${requestLog(folder)} READ
AuthOrder mod_auth_unix.c
<Anonymous ${root}>
  User nobody
  Group nogroup
  UserAlias anonymous nobody
  RequireValidShell off
  MaxClients none
</Anonymous>
`.trimStart();
}
