import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePlace, type Place } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';

/** nginx(8). It takes a control byte in the User-Agent. */
export const nginx: Peer = {
  name: 'nginx',
  protocol: 'http',
  programs: ['nginx'],
  runsAs: 'anyone',
  logs: 'requests',
  async start(root) {
    const place = await freePlace('tcp');
    const folder = await peerFolder(nginx.name);
    const configuration = join(folder, 'nginx.conf');
    await writeFile(configuration, nginxConf(folder, root, place));
    return runPeer(nginx, {
      place,
      folder,
      arguments: ['-e', 'stderr', '-c', configuration],
      requestLine: /^\S+ "/,
    });
  },
};

function nginxConf(folder: string, root: string, { host, port }: Place): string {
  const temporaryFolders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`)
    .join('\n');
  return `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user nobody nogroup;' : ''}
pid ${join(folder, 'pid')};
events { worker_connections 1000; }
http {
${temporaryFolders}
  log_format request '$remote_addr "$request" $status $body_bytes_sent';
  access_log ${requestLog(folder)} request;
  types {}
  default_type application/octet-stream;
  server {
    listen ${host}:${port};
    root ${root};
  }
}
`.trimStart();
}
