import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePlace } from './address.ts';
import type { Peer } from './peer.ts';
import { programFile } from './program.ts';
import { peerFolder, requestLog, runPeer } from './run-peer.ts';

/** pure-ftpd(8). Its log tells what was sent, not what was missing. */
export const pureFtpd: Peer = {
  name: 'pure-ftpd',
  protocol: 'ftp',
  programs: ['pure-ftpd', 'pure-pw'],
  runsAs: 'root',
  logs: 'requests',
  async start(root) {
    const place = await freePlace('tcp');
    const folder = await peerFolder(pureFtpd.name);
    return runPeer(pureFtpd, {
      place,
      folder,
      arguments: [
        ...['--bind', `${place.host},${place.port}`],
        ...['--login', `puredb:${await accountsFile(folder, root)}`, '--noanonymous', '--minuid', '1'],
        ...['--maxclientsnumber', '1000', '--maxclientsperip', '1000'],
        ...['--altlog', `clf:${requestLog(folder)}`, '--dontresolve'],
        ...['--pidfile', join(folder, 'pid')],
      ],
      requestLine: /"GET /,
    });
  },
};

/** The password is empty. crypt(3), SHA-256. */
const EMPTY_PASSWORD = '$5$phone$hBCFP3cRTbJ/HgYxktMXBF0OrxGfK7YF5mY5vkT7Og0';

/** The uid and gid that Debian gives to nobody and nogroup. */
const NOBODY = 65534;

/**
 * Its own anonymous login needs a system account `ftp` whose home is the tree. A virtual account by the
 * name of "anonymous" looks the same to a phone, which sends an empty password, and changes nothing on this
 * machine.
 */
async function accountsFile(folder: string, root: string): Promise<string> {
  const text = join(folder, 'accounts');
  const database = join(folder, 'accounts.pdb');
  await writeFile(text, `anonymous:${EMPTY_PASSWORD}:${NOBODY}:${NOBODY}::${root}/./${':'.repeat(12)}\n`);
  await promisify(execFile)(programFile('pure-pw'), ['mkdb', database, '-f', text]);
  return database;
}
