import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePlace, type Place } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';

/** vsftpd(8), anonymous. Its listen backlog is 32, so a storm loses banners. */
export const vsftpd: Peer = {
  name: 'vsftpd',
  protocol: 'ftp',
  programs: ['vsftpd'],
  runsAs: 'root',
  logs: 'requests',
  async start(root) {
    const place = await freePlace('tcp');
    const folder = await peerFolder(vsftpd.name);
    const configuration = join(folder, 'vsftpd.conf');
    await mkdir(join(folder, 'empty'));
    await writeFile(configuration, vsftpdConf(folder, root, place));
    return runPeer(vsftpd, { place, folder, arguments: [configuration], requestLine: / DOWNLOAD: / });
  },
};

/**
 * vsftpd.conf(5). `ftp_username`: the account `ftp` exists only where an FTP server was installed properly,
 * and vsftpd wants one whose home it can enter; `daemon` is part of every Debian (base-passwd). Blanks
 * around "=" are errors.
 */
function vsftpdConf(folder: string, root: string, { host, port }: Place): string {
  return `
listen=YES
listen_address=${host}
listen_port=${port}
background=NO
anonymous_enable=YES
local_enable=NO
anon_root=${root}
ftp_username=daemon
secure_chroot_dir=${join(folder, 'empty')}
seccomp_sandbox=NO
max_clients=0
max_per_ip=0
xferlog_enable=YES
xferlog_std_format=NO
vsftpd_log_file=${requestLog(folder)}
`.trimStart();
}
