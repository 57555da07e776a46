import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createClient } from 'tftp';
import type { Protocol } from '../../src/provisioning/words.ts';
import type { Place } from './address.ts';
import type { Need } from './peer.ts';
import { programFile } from './program.ts';

/** One way in which someone else's program fetches a file. */
export interface ForeignClient extends Need {
  /** The program and what is particular about its request. */
  readonly name: string;
  readonly protocol: Exclude<Protocol, 'https'>;
  /**
   * Observed: curl 7.88 that asked for tsize gives up when the answer is 0, whoever the server (tftpd-hpa,
   * atftpd and dnsmasq too).
   */
  readonly emptyFile: 'fetched' | 'given up';
  /** Fetches `path` into a new file. It may resolve although nothing arrived: tftp-hpa always ends with 0. */
  fetch(place: Place, path: string, localFile: string): Promise<void>;
}

/** In the order of protocols, from the plainest request to the richest. */
export const foreignClients: readonly ForeignClient[] = [
  tftpHpa(),
  atftp('plain'),
  atftp('tsize', 'tsize enable'),
  atftp('blksize 1024', 'blksize 1024'),
  atftp('windowsize 8', 'windowsize 8'),
  atftp('all options', 'tsize enable', 'timeout 2', 'blksize 1428', 'windowsize 4'),
  curl('tftp', 'plain', '--tftp-no-options'),
  { ...curl('tftp', 'tsize, blksize, timeout'), emptyFile: 'given up' },
  { ...curl('tftp', 'blksize 1024', '--tftp-blksize', '1024'), emptyFile: 'given up' },
  npmTftp('blksize 512, windowsize 1', { blockSize: 512, windowSize: 1 }),
  npmTftp('its own options', {}),
  curl('ftp', 'EPSV'),
  curl('ftp', 'PASV', '--disable-epsv'),
  curl('ftp', 'whole path', '--ftp-method', 'nocwd'),
  lftp('ftp'),
  wget('ftp'),
  curl('http', 'HTTP/1.1'),
  curl('http', 'HTTP/1.0', '--http1.0'),
  lftp('http'),
  wget('http'),
];

const TIMEOUT_S = 30;

/** In literal mode a colon in a name means itself. The program knows no options and asks for none. */
function tftpHpa(): ForeignClient {
  return command('tftp-hpa', 'tftp', 'tftp', ({ host, port }, path, localFile) => [
    ...['-l', '-m', 'binary', host, String(port)],
    ...['-c', 'get', path, localFile],
  ]);
}

/** Asks for no option unless told. */
function atftp(what: string, ...options: readonly string[]): ForeignClient {
  return command(`atftp, ${what}`, 'atftp', 'tftp', ({ host, port }, path, localFile) => [
    ...options.flatMap((option) => ['--option', option]),
    ...['--get', '--remote-file', path, '--local-file', localFile],
    ...[host, String(port)],
  ]);
}

function curl(protocol: ForeignClient['protocol'], what: string, ...flags: readonly string[]): ForeignClient {
  return command(`curl over ${protocol}, ${what}`, 'curl', protocol, (place, path, localFile) => [
    ...['--silent', '--show-error', '--fail', '--max-time', String(TIMEOUT_S)],
    ...flags,
    ...['--output', localFile, `${protocol}://${place.host}:${place.port}/${path}`],
  ]);
}

function wget(protocol: 'ftp' | 'http'): ForeignClient {
  return command(`wget over ${protocol}`, 'wget', protocol, ({ host, port }, path, localFile) => [
    ...['--quiet', '--tries=1', `--timeout=${TIMEOUT_S}`, '--no-config'],
    `--output-document=${localFile}`,
    `${protocol}://${host}:${port}/${path}`,
  ]);
}

function lftp(protocol: 'ftp' | 'http'): ForeignClient {
  return command(`lftp over ${protocol}`, 'lftp', protocol, ({ host, port }, path, localFile) => [
    ...['--norc', '-c'],
    [
      'set cmd:fail-exit yes',
      'set net:max-retries 1',
      `set net:timeout ${TIMEOUT_S}`,
      // Not `open` and `get`: it would ask a web server for the folder first.
      `get "${protocol}://${host}:${port}/${path}" -o "${localFile}"`,
    ].join('; '),
  ]);
}

/** The npm package `tftp`; its own command line takes "host:port" for a host name. */
function npmTftp(what: string, options: { blockSize?: number; windowSize?: number }): ForeignClient {
  return {
    name: `npm tftp, ${what}`,
    programs: [],
    runsAs: 'anyone',
    protocol: 'tftp',
    emptyFile: 'fetched',
    fetch: (place, path, localFile) =>
      new Promise((resolve, reject) => {
        createClient({ ...place, ...options }).get(path, localFile, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
  };
}

function command(
  name: string,
  program: string,
  protocol: ForeignClient['protocol'],
  argumentsFor: (place: Place, path: string, localFile: string) => string[],
): ForeignClient {
  return {
    name,
    programs: [program],
    runsAs: 'anyone',
    protocol,
    emptyFile: 'fetched',
    async fetch(place, path, localFile) {
      await promisify(execFile)(programFile(program), argumentsFor(place, path, localFile), {
        timeout: 2 * TIMEOUT_S * 1_000,
      });
    },
  };
}
