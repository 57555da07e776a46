import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Protocol } from '../../src/provisioning/words.ts';
import { readLog } from '../../src/recording/read-log.ts';
import type { Reading } from '../../src/recording/reading.ts';
import { NOW_MS } from './log-lines.ts';

/** What a log of fixtures/recorded/ does not tell of the story that stands in all of them. */
type Lack = 'missing files' | 'endings' | 'arrivals' | 'blanks';

export interface RecordedLog {
  readonly name: string;
  readonly format: string;
  readonly protocol: Protocol;
  readonly lacks: readonly Lack[];
}

const log = (name: string, format: string, protocol: Protocol, ...lacks: Lack[]): RecordedLog => ({
  name,
  format,
  protocol,
  lacks,
});

/** Logs of real servers in which the same three phones boot. */
export const recordedLogs: readonly RecordedLog[] = [
  log('nginx-access.log', 'access', 'http'),
  log('nginx-timed.log', 'access', 'http'),
  log('apache-access.log', 'access', 'http'),
  log('vsftpd.log', 'vsftpd', 'ftp'),
  log('vsftpd-xferlog.log', 'xferlog', 'ftp', 'blanks'),
  log('proftpd-extended.log', 'access', 'ftp'),
  log('proftpd-xferlog.log', 'xferlog', 'ftp', 'missing files'),
  log('pure-ftpd-clf.log', 'access', 'ftp', 'missing files'),
  log('pure-ftpd-syslog.log', 'syslog', 'ftp'),
  log('dnsmasq.log', 'syslog', 'tftp'),
  log('dnsmasq-syslog.log', 'syslog', 'tftp'),
  log('tftpd-hpa-v.log', 'syslog', 'tftp', 'endings'),
  log('tftpd-hpa-vvv.log', 'syslog', 'tftp', 'arrivals'),
  log('atftpd.log', 'syslog', 'tftp'),
  log('atftpd-syslog.log', 'syslog', 'tftp', 'endings'),
];

/** A log of fixtures/recorded/. */
export function readRecorded(name: string): Reading {
  const bytes = readFileSync(join(import.meta.dirname, '../../fixtures/recorded', name));
  return readLog({ name, bytes }, { year: 'latest', nowMs: NOW_MS });
}
