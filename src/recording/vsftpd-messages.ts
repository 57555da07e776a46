import { type LineReading, other } from './log-format.ts';
import { decoded, plainAddress } from './log-text.ts';
import type { Sighting } from './sighting.ts';
import type { MessageReader } from './syslog-message.ts';

/** vsftpd(8) with syslog_enable; its own log file says the same, see `vsftpd-log.ts`. */
export const vsftpdMessages: MessageReader = {
  programs: ['vsftpd'],
  open: () => (message, source) => readVsftpdMessage(message, source),
};

/** `[ftp] OK DOWNLOAD: Client "192.0.2.7", "/1230SIP.cfg", 401 bytes, 21.15Kbyte/sec` */
const DOWNLOAD =
  /^(?:\[([^\]]*)\] )?(OK|FAIL) DOWNLOAD: Client "([^"]*)", "(.*?)"(?:, (\d+) bytes)?, [\d.]+Kbyte\/sec$/;

/** A file that was sent or not; it does not say why, and a file that was cut off has its bytes. */
export function readVsftpdMessage(
  { atMs, text }: { readonly atMs: number; readonly text: string },
  source: Sighting['source'],
): LineReading {
  const [, user, verdict, address, file, bytes] = DOWNLOAD.exec(text) ?? [];
  if (address === undefined || file === undefined) return other;
  const cutOff = bytes === undefined ? 'NOT_FOUND' : 'TRUNCATED';
  const sighting: Sighting = {
    ...{ atMs, address: plainAddress(address), protocol: 'ftp', file: decoded(file) },
    result: verdict === 'OK' ? 'ok' : cutOff,
    ...(bytes !== undefined && { bytes: Number(bytes) }),
    ...(user !== undefined && { user: decoded(user) }),
    source,
  };
  return { kind: 'request', sighting };
}
