import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePlace, type Place } from './address.ts';
import type { Peer } from './peer.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';

/** Apache's apache2(8). It answers 400 to a control byte in the User-Agent. */
export const apache: Peer = {
  name: 'apache',
  protocol: 'http',
  programs: ['apache2'],
  runsAs: 'anyone',
  logs: 'requests',
  async start(root) {
    const place = await freePlace('tcp');
    const folder = await peerFolder(apache.name);
    const configuration = join(folder, 'apache2.conf');
    await writeFile(configuration, apacheConf(folder, root, place));
    return runPeer(apache, {
      place,
      folder,
      arguments: ['-D', 'FOREGROUND', '-f', configuration],
      requestLine: /^\S+ - /,
    });
  },
};

/** Where Debian keeps the modules. */
const MODULES = '/usr/lib/apache2/modules';

function apacheConf(folder: string, root: string, { host, port }: Place): string {
  return `
ServerRoot ${folder}
ServerName ${host}
Listen ${host}:${port}
PidFile ${join(folder, 'pid')}
DefaultRuntimeDir ${folder}
${process.getuid?.() === 0 ? 'User nobody\nGroup nogroup' : ''}
LoadModule mpm_event_module ${MODULES}/mod_mpm_event.so
LoadModule authz_core_module ${MODULES}/mod_authz_core.so
ErrorLog ${join(folder, 'error.log')}
CustomLog ${requestLog(folder)} "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\""
DocumentRoot ${root}
`.trimStart();
}
