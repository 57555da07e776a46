import { type LineReading, other } from './log-format.ts';
import { decoded, plainAddress } from './log-text.ts';
import type { Sighting } from './sighting.ts';
import type { MessageReader } from './syslog-message.ts';

/**
 * atftpd(8). It tells requests from `--verbose=6` on, how they ended from 7 on. In a log file of its own each
 * thread has a name; in syslog all share one, so that an end is believed only while one request is open.
 */
export const atftpdMessages: MessageReader = {
  programs: ['atftpd'],
  open: () => {
    const open = new Map<string, Sighting[]>();
    return ({ atMs, process, text }, source): LineReading => {
      const [, file, address] = /^Serving (.+) to (\S+):\d+$/.exec(text) ?? [];
      if (file !== undefined && address !== undefined) {
        const sighting: Sighting = {
          ...{ atMs, address: plainAddress(address), protocol: 'tftp', file: decoded(file) },
          ...{ result: 'unknown', source },
        };
        open.set(process, [...(open.get(process) ?? []), sighting].slice(-OPEN_MAX));
        return { kind: 'request', sighting };
      }
      const result = endOf(text);
      const [of, ...others] = open.get(process) ?? [];
      if (result === undefined || of === undefined) return other;
      if (others.length > 0) return other;
      open.delete(process);
      return { kind: 'ending', of, sighting: { ...of, result } };
    };
  },
};

/** Two are enough to know that an end is not told of one. */
const OPEN_MAX = 2;

function endOf(text: string): Sighting['result'] | undefined {
  if (text === 'End of transfer') return 'ok';
  return /^File .+ not found$/.test(text) ? 'NOT_FOUND' : undefined;
}
