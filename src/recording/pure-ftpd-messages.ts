import { type LineReading, other } from './log-format.ts';
import { decoded, plainAddress } from './log-text.ts';
import type { Sighting } from './sighting.ts';
import type { MessageReader } from './syslog-message.ts';

/** pure-ftpd(8), which writes the root, a slash more and the name: `/srv/ftp//1230SIP.cfg`. */
export const pureFtpdMessages: MessageReader = {
  programs: ['pure-ftpd'],
  open:
    () =>
    ({ atMs, text }, source): LineReading => {
      const [, user, address, what = ''] = /^\(([^@]*)@([^)]*)\) \[\w+\] (.*)$/.exec(text) ?? [];
      if (user === undefined || address === undefined) return other;
      const asked = fileIn(what);
      if (asked === undefined) return other;
      const sighting: Sighting = {
        ...{ atMs, address: plainAddress(address), protocol: 'ftp', ...asked },
        ...{ user: decoded(user), source },
      };
      return { kind: 'request', sighting };
    },
};

function fileIn(text: string): Pick<Sighting, 'file' | 'result' | 'bytes'> | undefined {
  const [, sent, bytes] = /^(.+) downloaded {1,2}\((\d+) bytes, .*\)$/.exec(text) ?? [];
  if (sent !== undefined) return { file: nameOf(sent), result: 'ok', bytes: Number(bytes) };
  const [, missing] = /^Can't open (.+): No such file or directory$/.exec(text) ?? [];
  if (missing !== undefined) return { file: nameOf(missing), result: 'NOT_FOUND' };
  const [, refused] = /^Can't open (.+): Permission denied$/.exec(text) ?? [];
  return refused === undefined ? undefined : { file: nameOf(refused), result: 'ACCESS_DENIED' };
}

function nameOf(path: string): string {
  return decoded(path).replace('//', '/');
}
