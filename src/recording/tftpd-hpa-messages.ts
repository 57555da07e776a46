import { codeOfError } from '../transport/tftp-failure.ts';
import { type LineReading, other } from './log-format.ts';
import { decoded, plainAddress } from './log-text.ts';
import type { Sighting } from './sighting.ts';
import type { MessageReader } from './syslog-message.ts';

/**
 * tftpd-hpa, in.tftpd(8). It tells requests from `--verbose` on, refusals from `-vvv` on, each request by a
 * process of its own, and never that a file has arrived.
 */
export const tftpdHpaMessages: MessageReader = {
  programs: ['in.tftpd', 'tftpd'],
  open: () => {
    const asked = new Map<string, Sighting>();
    return ({ atMs, process, text }, source): LineReading => {
      const [, address, file] = /^RRQ from (\S+) filename (.+?)(?: remapped to .+)?$/.exec(text) ?? [];
      if (address !== undefined && file !== undefined) {
        const sighting: Sighting = {
          ...{ atMs, address: plainAddress(address), protocol: 'tftp', file: decoded(file) },
          ...{ result: 'unknown', source },
        };
        asked.set(process, sighting);
        return { kind: 'request', sighting };
      }
      const [, code] = /^sending NAK \((\d+), .*\) to \S+$/.exec(text) ?? [];
      const of = asked.get(process);
      if (code === undefined || of === undefined) return other;
      asked.delete(process);
      return { kind: 'ending', of, sighting: { ...of, result: codeOfError(Number(code), 0) } };
    };
  },
};
