import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePlace, type Place } from './address.ts';
import type { Peer, RunningPeer } from './peer.ts';
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
      requestLine: /^\S+ - /,
    });
  },
};

/** nginx(8) that sends files only to those who name themselves by Basic. */
export function nginxForUser(user: string, password: string): Peer {
  return {
    ...nginx,
    async start(root) {
      const place = await freePlace('tcp');
      const folder = await peerFolder(nginx.name);
      const users = join(folder, 'users');
      await writeFile(users, `${user}:{PLAIN}${password}\n`);
      const configuration = join(folder, 'nginx.conf');
      const closed = `auth_basic files;\n    auth_basic_user_file ${users};`;
      await writeFile(configuration, nginxConf(folder, root, place, { here: closed }));
      return runPeer(nginx, {
        place,
        folder,
        arguments: ['-e', 'stderr', '-c', configuration],
        requestLine: /^\S+ - /,
      });
    },
  };
}

/** What nginx needs to speak TLS: PEM texts, and the root of the clients it lets in. */
export interface TlsOfNginx {
  readonly certificate: string;
  readonly key: string;
  readonly clientRoot: string;
}

/** nginx(8) at a place over HTTP, and on another port over TLS, where only known clients are let in. */
export async function nginxForKnownClients(
  root: string,
  place: Place,
  tls: TlsOfNginx,
): Promise<RunningPeer & { readonly tlsPort: number }> {
  const folder = await peerFolder(nginx.name);
  const { port: tlsPort } = await freePlace('tcp');
  const files = { certificate: 'server.pem', key: 'server.key', clientRoot: 'clients.pem' } as const;
  for (const name of ['certificate', 'key', 'clientRoot'] as const) {
    await writeFile(join(folder, files[name]), tls[name]);
  }
  const overTls = `
  server {
    listen ${place.host}:${tlsPort} ssl;
    ssl_certificate ${join(folder, files.certificate)};
    ssl_certificate_key ${join(folder, files.key)};
    ssl_client_certificate ${join(folder, files.clientRoot)};
    ssl_verify_client on;
    root ${root};
  }`;
  const configuration = join(folder, 'nginx.conf');
  await writeFile(configuration, nginxConf(folder, root, place, { beside: overTls }));
  const running = await runPeer(nginx, {
    place,
    folder,
    arguments: ['-e', 'stderr', '-c', configuration],
    requestLine: /^\S+ - /,
  });
  return { ...running, tlsPort };
}

/** `here`: more of the one server; `beside`: another. */
function nginxConf(
  folder: string,
  root: string,
  { host, port }: Place,
  { here = '', beside = '' }: { here?: string; beside?: string } = {},
): string {
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
  log_format request '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent" $ssl_client_s_dn';
  access_log ${requestLog(folder)} request;
  types {}
  default_type application/octet-stream;
  server {
    listen ${host}:${port};
    root ${root};
    ${here}
  }${beside}
}
`.trimStart();
}
