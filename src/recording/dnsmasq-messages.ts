import { type LineReading, other, unreadable } from './log-format.ts';
import { decoded, plainAddress } from './log-text.ts';
import type { Sighting } from './sighting.ts';
import type { MessageReader } from './syslog-message.ts';

/**
 * The TFTP server of dnsmasq. Observed: 2.90 writes a file down by its path on the disk, once its last block
 * is acknowledged, so that a file which is missing may stand before the one that was asked for before it.
 */
export const dnsmasqMessages: MessageReader = {
  programs: ['dnsmasq-tftp'],
  asSent: true,
  open: () => (message, source) => {
    const { text, atMs } = message;
    for (const [form, result] of endings) {
      const [, file, address] = form.exec(text) ?? [];
      if (file === undefined || address === undefined) continue;
      const sighting: Sighting = {
        atMs,
        address: plainAddress(address),
        protocol: 'tftp',
        file: decoded(file),
        result,
        source,
      };
      return { kind: 'request', sighting } satisfies LineReading;
    }
    return /^file .+ not found$/.test(text)
      ? unreadable('it does not say which phone asked; dnsmasq 2.81 and later do')
      : other;
  },
};

const endings: readonly (readonly [RegExp, Sighting['result']])[] = [
  [/^sent (.+) to (\S+)$/, 'ok'],
  [/^file (.+) not found for (\S+)$/, 'NOT_FOUND'],
  [/^failed sending (.+) to (\S+)$/, 'TRUNCATED'],
];
